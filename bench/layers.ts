import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface StoredLayer {
  readonly file: string;
  readonly size: number;
  readonly zstd: boolean;
}

interface Descriptor {
  readonly digest: string;
  readonly size: number;
  readonly mediaType: string;
}

/** The layers of the first manifest of an OCI layout. */
export function layersOf(layout: string): StoredLayer[] {
  const index = JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8')) as { manifests: Descriptor[] };
  const [first] = index.manifests;
  if (!first) throw new Error(`${layout} has no image`);
  const manifest = JSON.parse(readFileSync(blob(layout, first.digest), 'utf8')) as { layers: Descriptor[] };
  return manifest.layers.map(({ digest, size, mediaType }) => ({ file: blob(layout, digest), size, zstd: mediaType.endsWith('zstd') }));
}

function blob(layout: string, digest: string): string {
  return join(layout, 'blobs', ...digest.split(':'));
}
