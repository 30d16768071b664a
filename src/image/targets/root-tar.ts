import { createHash } from 'node:crypto';
import type { Descriptor, Digest } from '../../model/index.ts';
import type { ArchiveFile } from '../../oci/archive/file.ts';
import { MEDIA } from '../../oci/media-types.ts';
import { verified } from '../../oci/verify.ts';
import { detectCompression } from '../../util/compression/index.ts';
import type { ImageTarget } from '../types.ts';

/** A tar of a root file system as an image of one layer. The file is read once for its digest, by which the layer is cached. */
export async function rootTarTarget(spec: string, file: ArchiveFile): Promise<ImageTarget> {
  const compression = detectCompression(await file.read(0, 16));
  const mediaType = compression === 'gzip' ? MEDIA.ociLayerGzip : compression === 'zstd' ? MEDIA.ociLayerZstd : MEDIA.ociLayer;
  const descriptor: Descriptor = { mediaType, digest: await digestOf(file), size: file.size };
  const diffId = compression === 'none' ? { diffId: descriptor.digest } : {};
  return {
    kind: 'image',
    info: { kind: 'rootfs', spec, name: file.path },
    config: {
      os: 'linux',
      architecture: '',
      diffIds: compression === 'none' ? [descriptor.digest] : [],
      history: [],
      config: { env: [], labels: {}, exposedPorts: [], volumes: [] },
    },
    layers: [
      {
        info: { index: 0, digest: descriptor.digest, ...diffId, mediaType, size: file.size },
        descriptor,
        open: async () => verified(file.stream(), descriptor, file.path),
      },
    ],
    close: () => file.close(),
  };
}

async function digestOf(file: ArchiveFile): Promise<Digest> {
  const hash = createHash('sha256');
  for await (const chunk of file.stream()) hash.update(chunk);
  return `sha256:${hash.digest('hex')}`;
}
