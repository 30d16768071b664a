import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Descriptor, Digest } from '../../src/model/index.ts';
import { type BuiltImage, json, sha256 } from './image.ts';
import { writeTar } from './tar-writer.ts';

/** One entry of a layout's index. */
export interface LayoutEntry {
  readonly image: BuiltImage | BuiltIndex;
  /** Becomes `org.opencontainers.image.ref.name`. */
  readonly tag?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A multi-architecture index with the blobs of its images. */
export interface BuiltIndex {
  readonly descriptor: Descriptor;
  readonly blobs: ReadonlyMap<Digest, Buffer>;
}

const INDEX = 'application/vnd.oci.image.index.v1+json';

/** An index over `images`; `annotations[i]` stand at the i-th child (BuildKit marks attestations so). Source: image-index.md. */
export function buildIndex(images: readonly BuiltImage[], annotations: readonly Readonly<Record<string, string>>[] = []): BuiltIndex {
  const manifests = images.map((image, i) => ({ ...image.descriptor, ...(annotations[i] ? { annotations: annotations[i] } : {}) }));
  const bytes = json({ schemaVersion: 2, mediaType: INDEX, manifests });
  const digest = sha256(bytes);
  const blobs = new Map<Digest, Buffer>(images.flatMap((image) => [...image.blobs]));
  blobs.set(digest, bytes);
  return { descriptor: { mediaType: INDEX, digest, size: bytes.length }, blobs };
}

/** The files of an OCI image layout by path, sorted. Source: OCI image specification, image-layout.md. */
export function layoutFiles(entries: readonly LayoutEntry[]): Map<string, Buffer> {
  const manifests = entries.map(({ image, tag, annotations }) => {
    const all = { ...annotations, ...(tag === undefined ? {} : { 'org.opencontainers.image.ref.name': tag }) };
    return { ...image.descriptor, ...(Object.keys(all).length > 0 ? { annotations: all } : {}) };
  });
  const files: [string, Buffer][] = [
    ['oci-layout', json({ imageLayoutVersion: '1.0.0' })],
    ['index.json', json({ schemaVersion: 2, mediaType: INDEX, manifests })],
  ];
  for (const { image } of entries) for (const [digest, bytes] of image.blobs) files.push([`blobs/${digest.replace(':', '/')}`, bytes]);
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Writes the layout beside `folder` and moves it there, so that a reader never sees half of it. */
export async function writeLayout(folder: string, entries: readonly LayoutEntry[]): Promise<void> {
  const fresh = `${folder}.new-${process.pid}`;
  await rm(fresh, { recursive: true, force: true });
  for (const [path, bytes] of layoutFiles(entries)) {
    const to = join(fresh, path);
    await mkdir(dirname(to), { recursive: true });
    await writeFile(to, bytes);
  }
  await rm(folder, { recursive: true, force: true });
  await rename(fresh, folder);
}

/** The same layout as one tar. */
export function ociArchive(entries: readonly LayoutEntry[]): Buffer {
  return writeTar([...layoutFiles(entries)].map(([path, content]) => ({ path, content })));
}

/**
 * What `docker save` wrote before it wrote OCI layouts: manifest.json, the configuration and one plain tar a layer. The
 * image must be built with `compression: 'none'` in all steps. Source: Docker image specification 1.2, "Combined Image JSON".
 */
export function dockerArchive(image: BuiltImage, repoTags: readonly string[]): Buffer {
  const hex = (digest: string): string => digest.slice('sha256:'.length);
  const layerPath = (layer: Descriptor): string => `${hex(layer.digest)}/layer.tar`;
  const files = new Map<string, Buffer>();
  files.set(`${hex(image.config.digest)}.json`, image.blobs.get(image.config.digest)!);
  for (const layer of image.layers) files.set(layerPath(layer), image.blobs.get(layer.digest)!);
  const manifest = [{ Config: `${hex(image.config.digest)}.json`, RepoTags: repoTags, Layers: image.layers.map(layerPath) }];
  files.set('manifest.json', json(manifest));
  return writeTar([...files].map(([path, content]) => ({ path, content })));
}
