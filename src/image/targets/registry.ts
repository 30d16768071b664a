import { formatReference, parseReference, repositoryName } from '../../oci/reference.ts';
import { openRepository } from '../../oci/registry/index.ts';
import type { ImageTarget, PlatformsTarget } from '../types.ts';
import { chosenImage } from './image.ts';
import type { OpenOptions } from './options.ts';

/** An image of a registry: manifest and configuration are read now, layers when asked for. */
export async function openRegistryTarget(spec: string, text: string, options: OpenOptions): Promise<ImageTarget | PlatformsTarget> {
  const reference = parseReference(text);
  const repository = openRepository(reference, options.registry);
  const tags = reference.tag === undefined ? {} : { tags: [reference.tag] };
  const named = { spec, name: text, repository: repositoryName(reference), ...tags };
  const choice = {
    tops: [await repository.resolve(reference)],
    name: formatReference(reference),
    named: () => named,
    close: async () => undefined,
  };
  return chosenImage(repository, choice, options.platform);
}
