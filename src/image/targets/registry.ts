import { formatReference, parseReference, repositoryName } from '../../oci/reference.ts';
import { openRepository } from '../../oci/registry/index.ts';
import { resolveImage } from '../../oci/resolve.ts';
import type { ImageTarget } from '../types.ts';
import { imageTarget } from './image.ts';
import { type OpenOptions, platformChoice } from './options.ts';

/** An image of a registry: manifest and configuration are read now, layers when asked for. */
export async function openRegistryTarget(spec: string, text: string, options: OpenOptions): Promise<ImageTarget> {
  const reference = parseReference(text);
  const choice = platformChoice(options.platform);
  const repository = openRepository(reference, options.registry);
  const image = await resolveImage(repository, [await repository.resolve(reference)], choice, formatReference(reference));
  const tags = reference.tag === undefined ? {} : { tags: [reference.tag] };
  return imageTarget(repository, image, { spec, name: text, repository: repositoryName(reference), ...tags }, async () => undefined);
}
