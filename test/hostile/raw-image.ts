import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { json, sha256 } from '../../testing/image-builder/index.ts';
import { entry } from '../../testing/odd-tar/index.ts';

/** A layer as it is stored, whatever is in it. `diffId` is a lie where the layer is to be refused before its end. */
export interface RawLayer {
  readonly stored: Buffer;
  readonly diffId?: string;
  readonly mediaType?: string;
}

const TAR = 'application/vnd.oci.image.layer.v1.tar';
export const GZIP = `${TAR}+gzip`;

/** What makes a layer an image of Alpine with one package, so that a scan has something to find. */
export const ALPINE = Buffer.concat([
  entry({ name: 'etc/os-release' }, 'ID=alpine\nVERSION_ID=3.20.3\n'),
  entry({ name: 'lib/apk/db/installed' }, 'P:musl\nV:1.2.5-r0\nA:x86_64\no:musl\n\n'),
]);
/** The packages of `ALPINE`. */
export const MUSL = ['musl 1.2.5-r0'];

/** Writes an OCI layout of these layers; `change` may alter its manifest and its files before they are written. */
export function writeRawImage(folder: string, layers: readonly RawLayer[], change: RawChange = {}): string {
  const blobs = new Map<string, Buffer>();
  const put = (bytes: Buffer) => {
    blobs.set(sha256(bytes), bytes);
    return { digest: sha256(bytes), size: bytes.length };
  };
  const described = layers.map(({ stored, mediaType = TAR }) => ({ mediaType, ...put(stored) }));
  const diffIds = layers.map(({ stored, diffId }) => diffId ?? sha256(stored));
  const config = json({ architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: diffIds }, ...change.config });
  const manifest = json({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...put(config) },
    layers: described,
    ...change.manifest?.(described),
  });
  const top = { mediaType: 'application/vnd.oci.image.manifest.v1+json', ...put(manifest) };
  const files = new Map<string, Buffer>([
    ['oci-layout', json({ imageLayoutVersion: '1.0.0' })],
    ['index.json', json({ schemaVersion: 2, manifests: [{ ...top, ...change.top }] })],
  ]);
  for (const [digest, bytes] of blobs) files.set(`blobs/${digest.replace(':', '/')}`, bytes);
  mkdirSync(join(folder, 'blobs/sha256'), { recursive: true });
  for (const [path, bytes] of files) writeFileSync(join(folder, path), bytes);
  for (const [digest, bytes] of change.blobs?.(described) ?? []) writeFileSync(join(folder, `blobs/${digest.replace(':', '/')}`), bytes);
  return folder;
}

export interface RawChange {
  readonly config?: object;
  readonly manifest?: (layers: readonly { readonly digest: string; readonly size: number }[]) => object;
  /** Over the descriptor in index.json. */
  readonly top?: object;
  /** Other bytes below digests. */
  readonly blobs?: (layers: readonly { readonly digest: string; readonly size: number }[]) => readonly (readonly [string, Buffer])[];
}

/** Writes an OCI layout of one gzipped layer that is made piece by piece: for those too large to hold. */
export async function writeLargeImage(folder: string, pieces: Iterable<Buffer>): Promise<string> {
  mkdirSync(join(folder, 'blobs/sha256'), { recursive: true });
  const temporary = join(folder, 'layer');
  const plain = createHash('sha256');
  const tee = function* () {
    for (const piece of pieces) {
      plain.update(piece);
      yield piece;
    }
  };
  await pipeline(Readable.from(tee(), { objectMode: false }), createGzip({ level: 1 }), createWriteStream(temporary));
  const stored: Buffer[] = [];
  for await (const chunk of createReadStream(temporary)) stored.push(chunk as Buffer);
  return writeRawImage(folder, [{ stored: Buffer.concat(stored), diffId: `sha256:${plain.digest('hex')}`, mediaType: GZIP }]);
}
