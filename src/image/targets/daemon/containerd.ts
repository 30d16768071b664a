import type { Descriptor } from '../../../model/index.ts';
import { formatReference, repositoryName, tryReference } from '../../../oci/reference.ts';
import { resolveImage } from '../../../oci/resolve.ts';
import { type BlobSource, MANIFEST_LIMIT } from '../../../oci/source.ts';
import { readVerified, verified } from '../../../oci/verify.ts';
import { PlimsollError } from '../../../util/errors.ts';
import type { ImageTarget } from '../../types.ts';
import { imageTarget } from '../image.ts';
import { type OpenOptions, platformChoice } from '../options.ts';
import { findDaemon } from './address.ts';
import { type ContainerdClient, containerdClient } from './containerd-client.ts';
import type { Surroundings } from './types.ts';

const DEFAULT_NAMESPACE = 'default';
/** Where Kubernetes and Docker keep theirs. */
const KNOWN_NAMESPACES = [DEFAULT_NAMESPACE, 'k8s.io', 'moby'];

/**
 * An image of containerd's store, by its name there or a shorter one; its namespace is that of CONTAINERD_NAMESPACE, else `default`.
 * Blobs are read one by one from the content store, each checked, and only when asked for.
 */
export async function openContainerdTarget(spec: string, text: string, options: OpenOptions, around: Surroundings): Promise<ImageTarget> {
  const choice = platformChoice(options.platform);
  const address = await findDaemon('containerd', around);
  if (address.kind !== 'unix') throw new Error('containerd answers on a unix socket only');
  const namespace = around.env.CONTAINERD_NAMESPACE || DEFAULT_NAMESPACE;
  const client = containerdClient(address.path);
  try {
    const top = await findImage(client, text, namespace, address.path);
    const source = contentStore(client, namespace, address.path);
    const image = await resolveImage(source, [top], choice, spec);
    return imageTarget(source, image, { spec, name: spec, ...named(text) }, async () => client.close());
  } catch (error) {
    client.close();
    throw error;
  }
}

function named(text: string) {
  const reference = tryReference(text);
  if (reference === undefined) return {};
  return { repository: repositoryName(reference), ...(reference.tag === undefined ? {} : { tags: [reference.tag] }) };
}

/** Names in the store are whole ones; Kubernetes' also have ids and digests, which are found as they are. */
function candidates(text: string): readonly string[] {
  const reference = tryReference(text);
  return [...new Set([text, ...(reference === undefined ? [] : [formatReference(reference)])])];
}

async function findImage(client: ContainerdClient, text: string, namespace: string, address: string): Promise<Descriptor> {
  const names = candidates(text);
  const inNamespace = async (one: string) => {
    for (const name of names) {
      const found = await client.image(name, one);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const found = await inNamespace(namespace);
  if (found !== undefined) return found;
  const image = text.slice(0, 300);
  for (const other of KNOWN_NAMESPACES) {
    if (other === namespace || (await inNamespace(other)) === undefined) continue;
    throw new PlimsollError('containerd-other-namespace', { image, namespace, other });
  }
  throw new PlimsollError('containerd-image-unknown', { image, namespace, address });
}

function contentStore(client: ContainerdClient, namespace: string, address: string): BlobSource {
  const blob: BlobSource['blob'] = async (descriptor) => {
    const stream = await client.read(descriptor.digest, namespace);
    if (stream === undefined) throw new PlimsollError('containerd-blob-missing', { digest: descriptor.digest, namespace });
    return verified(stream, descriptor, `${address}: ${descriptor.digest}`);
  };
  return {
    name: `containerd (${address}, ${namespace})`,
    blob,
    manifest: (descriptor) => readVerified(() => blob(descriptor), descriptor, MANIFEST_LIMIT, `${address}: ${descriptor.digest}`),
    has: (descriptor) => client.has(descriptor.digest, namespace),
  };
}
