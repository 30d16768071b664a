import type { Descriptor, Digest } from '../model/index.ts';
import { PlimsollError } from '../util/errors.ts';
import { digestParts, isDigest } from './digest.ts';
import { type FileStore, readWhole } from './file-store.ts';
import { Malformed, parseJsonObject } from './json.ts';
import { isBeside, layoutAttachments } from './layout-attachments.ts';
import { isAttestation } from './platform.ts';
import { type Index, parseLayoutIndex } from './schema.ts';
import { type BlobSource, MANIFEST_LIMIT } from './source.ts';
import { readVerified, verified } from './verify.ts';

/** Annotations by which tools name the images of a layout: the specification's, and the full name that containerd and Docker write. */
const REF_NAME = 'org.opencontainers.image.ref.name';
const CONTAINERD_NAME = 'io.containerd.image.name';

/** An image layout, in a folder or in an archive. */
export interface Layout extends BlobSource {
  readonly index: Index;
}

/** Opens a layout; throws `layout-invalid`. Source: OCI image specification, image-layout.md. */
export async function openLayout(store: FileStore): Promise<Layout> {
  await checkMarker(store);
  const bytes = await readWhole(store, 'index.json', MANIFEST_LIMIT);
  if (bytes === undefined) throw new PlimsollError('layout-invalid', { path: store.path, reason: 'it has no index.json' });
  const index = parseLayoutIndex(bytes, `${store.path}/index.json`);
  const blobs = layoutBlobs(store);
  return { ...blobs, ...layoutAttachments(index, blobs), index };
}

/** The `blobs` of a layout as a source. */
function layoutBlobs(store: FileStore): BlobSource {
  const blob: BlobSource['blob'] = async (descriptor) => {
    const stream = await store.stream(blobName(descriptor.digest));
    if (stream === undefined) throw new PlimsollError('blob-missing', { source: store.path, digest: descriptor.digest });
    return verified(stream, descriptor, `${store.path}: ${descriptor.digest}`);
  };
  return {
    name: store.path,
    blob,
    manifest: (descriptor) => readVerified(() => blob(descriptor), descriptor, MANIFEST_LIMIT, `${store.path}: ${descriptor.digest}`),
    has: async (descriptor) => (await store.size(blobName(descriptor.digest))) !== undefined,
  };
}

/**
 * The images that `selector` (a tag, a full name or a digest) names; without one, all of them, provided that they are one
 * image, for several platforms perhaps; some tools name one image and list all that belongs to it without names. Throws `image-unmatched` or `image-ambiguous` with what there is to choose from.
 */
export function selectFromIndex(index: Index, selector: string | undefined, path: string): readonly Descriptor[] {
  const entries = index.manifests.filter((one) => !isAttestation(one));
  const plain = entries.filter((one) => !isBeside(one));
  const images = plain.length > 0 ? plain : entries;
  if (images.length === 0) throw new PlimsollError('layout-invalid', { path, reason: 'its index.json names no image' });
  if (selector === undefined) {
    const named = images.filter((one) => imageNames(one).length > 0);
    const names = new Set(named.map((one) => imageNames(one)[0]));
    if (names.size > 1 && new Set(named.map((one) => one.digest)).size > 1) {
      throw new PlimsollError('image-ambiguous', { path, choices: choices(named) });
    }
    return named.length > 0 ? named : images;
  }
  const chosen = images.filter((one) => (isDigest(selector) ? one.digest === selector : namesImage(one, selector)));
  if (chosen.length === 0) throw new PlimsollError('image-unmatched', { path, selector, choices: choices(images) });
  return chosen;
}

/** The names that the layout gives the image, the most complete one first. */
export function imageNames(descriptor: Descriptor): readonly string[] {
  const names = [descriptor.annotations?.[CONTAINERD_NAME], descriptor.annotations?.[REF_NAME]];
  return names.filter((name) => name !== undefined && name !== '') as string[];
}

/** `3.20` names the images `3.20` and `docker.io/library/alpine:3.20`. */
function namesImage(descriptor: Descriptor, selector: string): boolean {
  return imageNames(descriptor).some((name) => name === selector || name.endsWith(`:${selector}`));
}

function choices(images: readonly Descriptor[]): string {
  const names = images.map((one) => imageNames(one)[0] ?? one.digest);
  const shown = [...new Set(names)].slice(0, 10).map((name) => name.slice(0, 200));
  return shown.join(', ') + (new Set(names).size > shown.length ? ', ...' : '');
}

function blobName(digest: Digest): string {
  const { algorithm, hex } = digestParts(digest);
  return `blobs/${algorithm}/${hex}`;
}

async function checkMarker(store: FileStore): Promise<void> {
  const marker = await readWhole(store, 'oci-layout', 4096);
  if (marker === undefined) throw new PlimsollError('layout-invalid', { path: store.path, reason: 'it has no oci-layout file' });
  let version: unknown;
  try {
    version = parseJsonObject(marker).imageLayoutVersion;
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
  }
  if (typeof version !== 'string' || !version.startsWith('1.')) {
    throw new PlimsollError('layout-invalid', { path: store.path, reason: 'its oci-layout file does not say version 1' });
  }
}
