import { createHash } from 'node:crypto';
import type { Descriptor, Digest, ImageConfig } from '../../model/index.ts';
import { detectCompression } from '../../util/compression/index.ts';
import { PlimsollError } from '../../util/errors.ts';
import { isDigest, sha256 } from '../digest.ts';
import { type FileStore, readWhole } from '../file-store.ts';
import { MEDIA } from '../media-types.ts';
import { formatReference, tryReference } from '../reference.ts';
import { checkLayerCount, type ImageContents, platformOf } from '../resolve.ts';
import { parseConfig } from '../schema.ts';
import { type BlobSource, CONFIG_LIMIT, MANIFEST_LIMIT } from '../source.ts';
import { verified } from '../verify.ts';
import { parseSavedImages, type SavedImage } from './schema.ts';

export interface DockerArchive {
  readonly source: BlobSource;
  readonly image: ImageContents;
  /** As Docker shows them. */
  readonly repoTags: readonly string[];
}

/**
 * Opens one image of a `docker save` archive. These archives name no digests for their layers: an uncompressed layer's is its
 * diff id, a compressed one is hashed here. Throws `archive-invalid`, `image-ambiguous`, `image-unmatched`.
 */
export async function openDockerArchive(store: FileStore, selector: string | undefined): Promise<DockerArchive> {
  const bytes = await readWhole(store, 'manifest.json', MANIFEST_LIMIT);
  if (bytes === undefined)
    throw new PlimsollError('archive-invalid', { path: store.path, reason: 'it has neither oci-layout nor manifest.json' });
  const saved = selectSaved(parseSavedImages(bytes, store.path), selector, store.path);
  const { descriptor: configDescriptor, config } = await readSavedConfig(store, saved.config);
  checkLayerCount(saved.layers.length, config, `The image ${saved.repoTags[0] ?? saved.config} of ${store.path}`);
  const names = new Map<Digest, string>();
  const layers: Descriptor[] = [];
  for (const [index, name] of saved.layers.entries()) {
    const descriptor = await layerDescriptor(store, name, config.diffIds[index]);
    names.set(descriptor.digest, name);
    layers.push(descriptor);
  }
  return {
    source: archiveBlobs(store, names),
    image: { manifest: { config: configDescriptor, layers }, config, platform: platformOf(config) },
    repoTags: saved.repoTags,
  };
}

function selectSaved(images: readonly SavedImage[], selector: string | undefined, path: string): SavedImage {
  const chosen = selector === undefined ? images : images.filter((image) => isSelected(image, selector));
  const [image] = chosen;
  if (image !== undefined && chosen.length === 1) return image;
  const choices = images
    .slice(0, 10)
    .map((one) => (one.repoTags[0] ?? one.config).slice(0, 200))
    .join(', ');
  if (image !== undefined) throw new PlimsollError('image-ambiguous', { path, choices });
  throw new PlimsollError('image-unmatched', { path, selector: selector ?? '', choices });
}

/** By name, long or short; by tag alone; by the image's id, which is the digest of its configuration. */
function isSelected(image: SavedImage, selector: string): boolean {
  if (isDigest(selector)) return configDigest(image.config) === selector;
  const wanted = tryReference(selector);
  return image.repoTags.some((tag) => {
    if (tag === selector || tag.endsWith(`:${selector}`)) return true;
    const reference = tryReference(tag);
    return wanted !== undefined && reference !== undefined && formatReference(wanted) === formatReference(reference);
  });
}

async function readSavedConfig(store: FileStore, name: string): Promise<{ descriptor: Descriptor; config: ImageConfig }> {
  const bytes = await readWhole(store, name, CONFIG_LIMIT);
  if (bytes === undefined) throw absent(store, name);
  const digest = sha256(bytes);
  const expected = configDigest(name);
  const what = `${store.path}: ${name.slice(0, 200)}`;
  if (expected !== undefined && expected !== digest) throw new PlimsollError('digest-mismatch', { what, expected, actual: digest });
  return { descriptor: { mediaType: MEDIA.dockerConfig, digest, size: bytes.length }, config: parseConfig(bytes, what) };
}

/** Every writer puts the digest into the name, in one of these forms: `<hex>.json`, `sha256:<hex>`, `blobs/sha256/<hex>`. */
function configDigest(name: string): Digest | undefined {
  const match = /^(?:sha256:|blobs\/sha256\/)?([a-f0-9]{64})(?:\.json)?$/.exec(name);
  return match === null ? undefined : `sha256:${match[1]}`;
}

async function layerDescriptor(store: FileStore, name: string, diffId: Digest | undefined): Promise<Descriptor> {
  const size = await store.size(name);
  const stream = await store.stream(name);
  if (size === undefined || stream === undefined) throw absent(store, name);
  for await (const chunk of stream) {
    const compression = detectCompression(chunk);
    if (compression === 'none' && diffId !== undefined) return { mediaType: MEDIA.ociLayer, digest: diffId, size };
    const mediaType = compression === 'gzip' ? MEDIA.ociLayerGzip : compression === 'zstd' ? MEDIA.ociLayerZstd : MEDIA.ociLayer;
    return { mediaType, digest: await digestOf(store, name), size };
  }
  return { mediaType: MEDIA.ociLayer, digest: sha256(''), size: 0 };
}

async function digestOf(store: FileStore, name: string): Promise<Digest> {
  const hash = createHash('sha256');
  for await (const chunk of (await store.stream(name)) ?? []) hash.update(chunk);
  return `sha256:${hash.digest('hex')}`;
}

function archiveBlobs(store: FileStore, names: ReadonlyMap<Digest, string>): BlobSource {
  const missing = (descriptor: Descriptor) => new PlimsollError('blob-missing', { source: store.path, digest: descriptor.digest });
  return {
    name: store.path,
    async blob(descriptor) {
      const name = names.get(descriptor.digest);
      const stream = name === undefined ? undefined : await store.stream(name);
      if (stream === undefined) throw missing(descriptor);
      return verified(stream, descriptor, `${store.path}: ${name}`);
    },
    manifest: async (descriptor) => {
      throw missing(descriptor);
    },
    has: async (descriptor) => names.has(descriptor.digest),
    unvouched: (descriptor) => (descriptor.mediaType === MEDIA.ociLayer ? 'configuration' : 'bytes'),
  };
}

function absent(store: FileStore, name: string): PlimsollError {
  return new PlimsollError('archive-invalid', { path: store.path, reason: `it lacks ${name.slice(0, 200)}` });
}
