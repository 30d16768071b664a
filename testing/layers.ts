import { createHash } from 'node:crypto';
import type { ImageTarget, LayerSource } from '../src/image/types.ts';
import type { Digest, ImageConfig, LayerInfo } from '../src/model/index.ts';
import type { ByteStream } from '../src/util/bytes.ts';

/** A layer in memory, bytes as stored; `tar` is what they unpack to, for the diff id (the bytes themselves where not given). */
export function layerSource(stored: Buffer, index = 0, tar: Buffer = stored): LayerSource {
  const digest = digestOf(stored);
  const diffId = digestOf(tar);
  const mediaType = 'application/vnd.oci.image.layer.v1.tar';
  const info: LayerInfo = { index, digest, diffId, createdBy: `step ${index}`, mediaType, size: stored.length };
  return { info, descriptor: { mediaType, digest, size: stored.length }, diffId, open: async () => inChunks(stored) };
}

/** An image of these tars, bottom first, neither stored nor compressed. */
export function imageOf(...tars: readonly Buffer[]): ImageTarget {
  const layers = tars.map((tar, index) => layerSource(tar, index));
  const config: ImageConfig = {
    architecture: 'amd64',
    os: 'linux',
    diffIds: layers.map((layer) => layer.diffId as Digest),
    history: [],
    config: { env: [], labels: {}, exposedPorts: [], volumes: [] },
  };
  return { kind: 'image', info: { kind: 'image', spec: 'test', name: 'test' }, config, layers, close: async () => undefined };
}

async function* inChunks(bytes: Buffer): ByteStream {
  for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000);
}

function digestOf(bytes: Buffer): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
