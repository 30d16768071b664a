import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompressSync } from 'node:zlib';
import type { Bytes } from '../util/bytes.ts';
import type { ReadAt } from '../util/private-folder.ts';
import { sameKey } from './same-key.ts';
import type { CacheEntry, CacheKey, Facts } from './types.ts';

/**
 * The form of an entry:
 *
 *     8 bytes    magic, the version of this form in it
 *     4 bytes    length of the head, little endian
 *     32 bytes   sha256 of the head
 *     head       JSON: the key, the facts, and of each block its name, lengths and sha256
 *     blocks     each compressed with zstd, one behind the other
 */
const MAGIC = Buffer.from('PLSMLAY1', 'latin1');
const PREFIX = MAGIC.length + 4 + 32;
const MAX_HEAD = 1 << 20;
/** A block larger than this, unpacked, is not kept: 256 MiB. */
const MAX_BLOCK = 2 ** 28;

interface Head {
  readonly key: CacheKey;
  readonly facts: Facts;
  readonly blocks: readonly BlockInfo[];
}

interface BlockInfo {
  readonly name: string;
  /** Bytes in the file. */
  readonly stored: number;
  /** Bytes unpacked. */
  readonly size: number;
  /** Of the bytes in the file. */
  readonly sha256: string;
}

const compress = promisify(zstdCompress);

/** The bytes of an entry; undefined where a block is too large to be kept. */
export async function encodeEntry(key: CacheKey, entry: CacheEntry): Promise<Bytes | undefined> {
  const named = Object.entries(entry.blocks);
  if (named.some(([, bytes]) => bytes.length > MAX_BLOCK)) return undefined;
  const stored = await Promise.all(named.map(([, bytes]) => compress(bytes)));
  const blocks = named.map(([name, { length }], i): BlockInfo => {
    const bytes = stored[i] as Bytes;
    return { name, stored: bytes.length, size: length, sha256: sha256(bytes).toString('hex') };
  });
  const head = Buffer.from(JSON.stringify({ key, facts: entry.facts, blocks } satisfies Head));
  if (head.length > MAX_HEAD) return undefined;
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  return Buffer.concat([MAGIC, length, sha256(head), head, ...stored]);
}

/** The entry behind `read`, with the blocks that are wanted; undefined where anything of it is not as it was written. */
export function decodeEntry(
  read: ReadAt,
  key: CacheKey,
  wanted: readonly string[],
  confirm: (facts: Facts) => boolean,
): CacheEntry | undefined {
  try {
    const found = readHead(read);
    if (!found || !sameKey(found.head.key, key) || !confirm(found.head.facts)) return undefined;
    const blocks: Record<string, Bytes> = {};
    let offset = found.end;
    for (const block of found.head.blocks) {
      if (wanted.includes(block.name)) blocks[block.name] = readBlock(read, offset, block);
      offset += block.stored;
    }
    return wanted.every((name) => name in blocks) ? { facts: found.head.facts, blocks } : undefined;
  } catch {
    return undefined;
  }
}

/** Only a head with the right checksum is parsed, and that is one that we wrote. */
function readHead(read: ReadAt): { readonly head: Head; readonly end: number } | undefined {
  const prefix = read(0, PREFIX);
  if (prefix.length < PREFIX || !prefix.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const length = prefix.readUInt32LE(MAGIC.length);
  if (length > MAX_HEAD) return undefined;
  const bytes = read(PREFIX, length);
  if (!sha256(bytes).equals(prefix.subarray(MAGIC.length + 4))) return undefined;
  return { head: JSON.parse(bytes.toString('utf8')) as Head, end: PREFIX + length };
}

function readBlock(read: ReadAt, offset: number, block: BlockInfo): Bytes {
  const bytes = read(offset, block.stored);
  if (sha256(bytes).toString('hex') !== block.sha256 || block.size > MAX_BLOCK) throw new Error('damaged');
  return zstdDecompressSync(bytes, { maxOutputLength: Math.max(1, block.size) });
}

function sha256(bytes: Bytes): Bytes {
  return createHash('sha256').update(bytes).digest();
}
