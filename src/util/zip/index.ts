import { promisify } from 'node:util';
import { crc32, inflateRaw, inflateRawSync } from 'node:zlib';
import type { Bytes, RandomAccess } from '../bytes.ts';
import { PlimsollError } from '../errors.ts';
import { type DirectoryLimits, readDirectory, type ZipEntry } from './directory.ts';

export type { ZipEntry };

/** A zip archive opened for reading: jar, war, egg, wheel. */
export interface Zip {
  /** In the order of the central directory; a name that appears twice is here twice. */
  readonly entries: readonly ZipEntry[];
  /** Bytes of the central directory, for those who open many archives on one budget. */
  readonly directoryLength: number;
  /**
   * The entry's content, checked against its stated size and CRC. Throws file-too-large beyond `limit` bytes (before anything
   * is inflated), file-encrypted, file-unsupported (method) and file-malformed.
   */
  read(entry: ZipEntry, limit: number): Promise<Bytes>;
  /** The entry as a file of its own: a window for a stored entry, without a copy; else inflated as by `read`. */
  open(entry: ZipEntry, limit: number): Promise<RandomAccess>;
}

const LIMITS: DirectoryLimits = { entries: 500_000, directory: 128 << 20 };

/** Opens a zip archive by its central directory. Errors as {@link readDirectory}. */
export async function openZip(access: RandomAccess, limits: Partial<DirectoryLimits> = {}): Promise<Zip> {
  const { entries, length } = await readDirectory(access, { ...LIMITS, ...limits });
  return {
    entries,
    directoryLength: length,
    read: (entry, limit) => readEntry(access, entry, limit),
    open: async (entry, limit) => {
      if (entry.method === STORED && !entry.encrypted) return window(access, await dataOffset(access, entry), entry.size);
      const bytes = await readEntry(access, entry, limit);
      return { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) };
    },
  };
}

const STORED = 0;
const DEFLATED = 8;
const LOCAL_HEADER = 0x04034b50;
/** Deflate cannot do better than 1032:1 (zlib technical details); an entry that claims more is a bomb or a lie. */
const MAX_RATIO = 1040;
/** Above this, inflating is left to zlib's thread. */
const SYNC_LIMIT = 256 << 10;
/** zlib's least. */
const MIN_CHUNK = 64;
const MAX_CHUNK = 256 << 10;
const inflateAsync = promisify(inflateRaw);

async function readEntry(access: RandomAccess, entry: ZipEntry, limit: number): Promise<Bytes> {
  if (entry.encrypted) throw new PlimsollError('file-encrypted', { what: entry.name });
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    throw new PlimsollError('file-unsupported', { what: entry.name, detail: `compression method ${entry.method}` });
  }
  if (entry.size > limit) throw new PlimsollError('file-too-large', { what: entry.name, limit });
  if (entry.size > (entry.compressedSize + 16) * MAX_RATIO) throw malformed(entry, 'it claims an impossible size');
  const stored = await access.read(await dataOffset(access, entry), entry.compressedSize);
  const content = entry.method === STORED ? stored : await inflate(stored, entry);
  if (content.length !== entry.size) throw malformed(entry, `${entry.size} bytes announced, ${content.length} found`);
  if (crc32(content) !== entry.crc32) throw malformed(entry, 'its checksum is wrong');
  return content;
}

async function inflate(stored: Bytes, entry: ZipEntry): Promise<Bytes> {
  // One byte more than announced, so that a longer stream is seen as such and never fills memory.
  // Chunks no larger than the content: zlib's own of 16 KB would be kept for each of 100,000 small entries until they are collected.
  const options = { maxOutputLength: entry.size + 1, chunkSize: Math.min(Math.max(entry.size + 1, MIN_CHUNK), MAX_CHUNK) };
  try {
    return entry.size <= SYNC_LIMIT ? inflateRawSync(stored, options) : await inflateAsync(stored, options);
  } catch (cause) {
    throw malformed(entry, 'its data cannot be inflated', cause);
  }
}

/** Where the data begins: the local header has its own name and extra lengths. Also checks that all of it is inside the file. */
async function dataOffset(access: RandomAccess, entry: ZipEntry): Promise<number> {
  const header = entry.offset + 30 <= access.size ? await access.read(entry.offset, 30) : undefined;
  if (!header || header.length < 30 || header.readUInt32LE(0) !== LOCAL_HEADER) throw malformed(entry, 'its local header is missing');
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const end = start + (entry.method === STORED ? Math.max(entry.size, entry.compressedSize) : entry.compressedSize);
  if (end > access.size) throw malformed(entry, 'its data is cut off');
  return start;
}

function window(access: RandomAccess, start: number, size: number): RandomAccess {
  return {
    size,
    read: (offset, length) => {
      const from = Math.min(Math.max(0, offset), size);
      return access.read(start + from, Math.min(length, size - from));
    },
  };
}

function malformed(entry: ZipEntry, detail: string, cause?: unknown): PlimsollError {
  return new PlimsollError('file-malformed', { what: entry.name, detail }, { cause });
}
