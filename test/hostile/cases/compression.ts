import { randomBytes } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { base256, entry, header, tar } from '../../../testing/odd-tar/index.ts';
import type { HostileCase } from '../case.ts';
import { ALPINE, GZIP, MUSL, writeRawImage } from '../raw-image.ts';

const ZSTD = 'application/vnd.oci.image.layer.v1.tar+zstd';
const LIE = `sha256:${'0'.repeat(64)}`;
const gzipped = (folder: string, stored: Buffer, diffId?: string) => ({
  scan: [writeRawImage(folder, [{ stored, mediaType: GZIP, ...(diffId === undefined ? {} : { diffId }) }])],
});

/** Members of one gzip stream are unpacked one after the other (RFC 1952, 2.2): 10 GB of zeros in 10 MB. */
function gzipBomb(): Buffer {
  const file = header({ name: 'srv/package.json', patches: [[124, base256(10n * 2n ** 30n, 12)]] });
  const zeros = gzipSync(Buffer.alloc(64 << 20), { level: 9 });
  return Buffer.concat([gzipSync(Buffer.concat([ALPINE, file])), ...Array.from({ length: 160 }, () => zeros)]);
}

/** Compressed streams that expand without end, break off, or are something else. */
export const COMPRESSION: readonly HostileCase[] = [
  {
    id: 'gzip-bomb',
    input: '10 GB of zeros in a gzip layer of 10 MB',
    answer: { error: 'decompression-bomb' },
    make: (folder) => gzipped(folder, gzipBomb(), LIE),
  },
  {
    id: 'zstd-bomb',
    input: '16 GB of zeros in a zstd layer of 500 KB',
    answer: { error: 'decompression-bomb' },
    make: (folder) => {
      const zeros = zstdCompressSync(Buffer.alloc(128 << 20));
      const file = header({ name: 'srv/package.json', patches: [[124, base256(16n * 2n ** 30n, 12)]] });
      const stored = Buffer.concat([zstdCompressSync(Buffer.concat([ALPINE, file])), ...Array.from({ length: 128 }, () => zeros)]);
      return { scan: [writeRawImage(folder, [{ stored, mediaType: ZSTD, diffId: LIE }])] };
    },
  },
  {
    id: 'truncated-gzip',
    input: 'a gzip layer that ends in mid-stream, with the digest of what is left',
    answer: { error: 'decompression-failed' },
    make: (folder) => {
      const whole = gzipSync(tar(ALPINE, entry({ name: 'data' }, randomBytes(100_000))));
      return gzipped(folder, whole.subarray(0, whole.length - 10_000), LIE);
    },
  },
  {
    id: 'damaged-gzip',
    input: 'a gzip layer with a flipped byte, with the digest of what it became',
    answer: { error: 'tar-malformed' },
    make: (folder) => {
      const damaged = gzipSync(tar(ALPINE));
      damaged[Math.floor(damaged.length / 2)]! ^= 0xff;
      return gzipped(folder, damaged, LIE);
    },
  },
  {
    id: 'not-what-it-says',
    input: 'a layer that is said to be gzip and is a plain tar: told by its first bytes',
    answer: { packages: MUSL, how: 'read as what it is' },
    make: (folder) => gzipped(folder, tar(ALPINE)),
  },
  {
    id: 'unsupported-compression',
    input: 'a layer compressed with xz',
    answer: { error: 'compression-unsupported' },
    make: (folder) => gzipped(folder, Buffer.concat([Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), Buffer.alloc(500)])),
  },
  {
    id: 'noise',
    input: 'a layer of 1 MB of random bytes',
    answer: { error: 'tar-malformed' },
    make: (folder) => ({ scan: [writeRawImage(folder, [{ stored: randomBytes(1 << 20) }])] }),
  },
];
