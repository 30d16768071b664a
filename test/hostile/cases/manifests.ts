import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { json, sha256 } from '../../../testing/image-builder/index.ts';
import { tar } from '../../../testing/odd-tar/index.ts';
import type { HostileCase } from '../case.ts';
import { ALPINE, MUSL, type RawChange, writeRawImage } from '../raw-image.ts';

const image = (folder: string, change: RawChange) => ({ scan: [writeRawImage(folder, [{ stored: tar(ALPINE) }], change)] });
const ZERO = `sha256:${'0'.repeat(64)}`;

/** Manifests, configurations and indexes that lie, or are too much. */
export const MANIFESTS: readonly HostileCase[] = [
  {
    id: 'wrong-layer-digest',
    input: 'a layer whose bytes are not those of its digest',
    answer: { error: 'digest-mismatch' },
    make: (folder) => image(folder, { blobs: ([layer]) => [[layer!.digest, Buffer.alloc(layer!.size)]] }),
  },
  {
    id: 'short-layer',
    input: 'a layer that is shorter than its manifest says',
    answer: { error: 'size-mismatch' },
    make: (folder) => image(folder, { blobs: ([layer]) => [[layer!.digest, tar(ALPINE).subarray(0, 1024)]] }),
  },
  {
    id: 'wrong-diff-id',
    input: 'a configuration with another diff id than the layer has, which no runtime unpacks',
    answer: { packages: MUSL, how: 'the digest in the manifest says what is scanned' },
    make: (folder) => image(folder, { config: { rootfs: { type: 'layers', diff_ids: [ZERO] } } }),
  },
  {
    id: 'missing-layer',
    input: 'a manifest that names a layer which is not there',
    answer: { error: 'blob-missing' },
    make: (folder) =>
      image(folder, {
        manifest: (layers) => ({
          layers: layers.map((layer) => ({ ...layer, mediaType: 'application/vnd.oci.image.layer.v1.tar', digest: ZERO })),
        }),
      }),
  },
  {
    id: 'layers-and-diff-ids',
    input: 'a configuration with more layers than the manifest',
    answer: { error: 'manifest-invalid' },
    make: (folder) => image(folder, { config: { rootfs: { type: 'layers', diff_ids: [ZERO, ZERO] } } }),
  },
  {
    id: 'digest-as-path',
    input: 'an index whose digest is the path `sha256:../../index.json`',
    answer: { error: 'manifest-invalid' },
    make: (folder) => image(folder, { top: { digest: 'sha256:../../index.json' } }),
  },
  {
    id: 'giant-manifest',
    input: 'a manifest of 5 MB',
    answer: { error: 'manifest-too-large' },
    make: (folder) => image(folder, { manifest: () => ({ annotations: { x: 'x'.repeat(5 << 20) } }) }),
  },
  {
    id: 'many-layers',
    input: 'a manifest with 20,000 layers',
    answer: { error: 'manifest-invalid' },
    make: (folder) =>
      image(folder, { manifest: ([layer]) => ({ layers: Array.from({ length: 20_000 }, () => ({ ...layer, mediaType: 'x' })) }) }),
  },
  {
    id: 'deep-json',
    input: 'a configuration of a hundred thousand nested lists',
    answer: { error: 'manifest-invalid' },
    make: (folder) => {
      const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
      return image(folder, { config: { config: { Env: JSON.parse(nested.slice(99_000, 101_000)) as unknown } } });
    },
  },
  {
    id: 'index-loop',
    input: 'an index of indexes, five deep',
    answer: { error: 'manifest-invalid' },
    make: (folder) => {
      const type = 'application/vnd.oci.image.index.v1+json';
      const written = image(folder, {});
      return { ...written, scan: [nestIndex(written.scan[0]!, type, 6)] };
    },
  },
];

/** Puts index upon index over the layout's own. */
function nestIndex(folder: string, mediaType: string, depth: number): string {
  for (let i = 0; i < depth; i++) {
    const path = join(folder, 'index.json');
    const bytes = readFileSync(path);
    const digest = sha256(bytes);
    writeFileSync(join(folder, `blobs/${digest.replace(':', '/')}`), bytes);
    writeFileSync(path, json({ schemaVersion: 2, manifests: [{ mediaType, digest, size: bytes.length }] }));
  }
  return folder;
}
