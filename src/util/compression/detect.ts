import type { Bytes } from '../bytes.ts';

export type Compression = 'gzip' | 'zstd' | 'none';

/** Formats that are recognised in order to be refused by name. */
export type UnsupportedCompression = 'xz' | 'bzip2' | 'lz4';

/** Bytes that {@link detectCompression} needs where the stream has so many. */
export const MAGIC_BYTES = 6;

/**
 * The compression that a stream's first bytes tell. Media types are not asked: registries and archives mislabel layers, and
 * what unpacks images goes by the bytes too. Sources: RFC 1952 2.3.1; RFC 8878 3.1.1 and 3.1.2; the formats' own magic.
 */
export function detectCompression(head: Bytes): Compression | UnsupportedCompression {
  if (starts(head, 0x1f, 0x8b)) return 'gzip';
  if (starts(head, 0x28, 0xb5, 0x2f, 0xfd)) return 'zstd';
  if (head.length >= 4 && (head.readUInt32LE(0) & 0xfffffff0) >>> 0 === 0x184d2a50) return 'zstd';
  if (starts(head, 0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00)) return 'xz';
  if (starts(head, 0x42, 0x5a, 0x68)) return 'bzip2';
  if (starts(head, 0x04, 0x22, 0x4d, 0x18)) return 'lz4';
  return 'none';
}

function starts(head: Bytes, ...magic: number[]): boolean {
  return magic.every((byte, i) => head[i] === byte);
}
