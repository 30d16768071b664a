import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import type { Bytes, RandomAccess } from '../../util/bytes.ts';
import { bunzip2 } from '../../util/bzip2/index.ts';
import { decompress } from '../../util/compression/index.ts';
import { PlimsollError } from '../../util/errors.ts';
import { type TarEntry, TarWalker } from '../../util/tar/index.ts';
import { openZip } from '../../util/zip/index.ts';

/** One file of an archive, with its bytes. */
export interface ArchiveEntry {
  /** As the archive has it: text, never a path to write to. */
  readonly name: string;
  readonly bytes: Bytes;
}

export interface ArchiveReading {
  /** Asked of every file in the archive; the bytes of those that it says no to are not read. */
  readonly wants: (name: string) => boolean;
  /** The entries from this one on, and up to that one, in the order of the archive; all of them unless told. Zip archives only. */
  readonly from?: number;
  readonly to?: number;
}

/** Entries of one archive. The largest known, osv.dev's of npm, has 220,000. */
const MAX_ENTRIES = 2_000_000;
/** Bytes of one entry, unpacked: that of the longest document that a feed may have. */
const MAX_ENTRY = 512 * 1024 * 1024;
/** Bytes of all entries together. */
const MAX_CONTENT = 64 * 2 ** 30;
/** More of a zip archive's entries than this are read in several tasks. */
const SLICE = 25_000;
const WINDOW = 4 << 20;

/** True where a file of this name is read as if it were a folder. */
export function isArchive(name: string): boolean {
  return /\.(zip|tar|tgz|tar\.(gz|zst|bz2))$/i.test(name);
}

/** Where to cut an archive so that several threads can read it: ranges for {@link ArchiveReading}. */
export async function archiveSlices(path: string): Promise<readonly { readonly from: number; readonly to: number }[]> {
  if (!/\.zip$/i.test(path)) return [{ from: 0, to: MAX_ENTRIES }];
  return withAccess(path, async (access) => {
    const count = (await openZip(access, LIMITS)).entries.length;
    const slices = Math.max(1, Math.ceil(count / SLICE));
    return Array.from({ length: slices }, (_, i) => ({ from: i * SLICE, to: i === slices - 1 ? MAX_ENTRIES : (i + 1) * SLICE }));
  });
}

/**
 * Calls `take` with one wanted file after the other, in one pass; nothing is unpacked to disk.
 *
 * @throws PlimsollError of the zip and tar readers; file-too-large, decompression-bomb beyond the bounds
 */
export async function readArchive(path: string, reading: ArchiveReading, take: (entry: ArchiveEntry) => Promise<void>): Promise<void> {
  await (/\.zip$/i.test(path) ? readZip(path, reading, take) : readTar(path, reading, take));
}

const LIMITS = { entries: MAX_ENTRIES, directory: 512 << 20 };

async function readZip(path: string, { wants, from = 0, to = MAX_ENTRIES }: ArchiveReading, take: (entry: ArchiveEntry) => Promise<void>) {
  await withAccess(path, async (access) => {
    const zip = await openZip(access, LIMITS);
    // In the order in which they lie in the file, so that it is read once from front to end.
    const entries = zip.entries.toSorted((a, b) => a.offset - b.offset).slice(from, to);
    let content = 0;
    for (const entry of entries) {
      if (entry.name.endsWith('/') || !wants(entry.name)) continue;
      content += entry.size;
      if (content > MAX_CONTENT) throw new PlimsollError('file-too-large', { what: path, limit: MAX_CONTENT });
      await take({ name: entry.name, bytes: await zip.read(entry, MAX_ENTRY) });
    }
  });
}

async function readTar(path: string, { wants }: ArchiveReading, take: (entry: ArchiveEntry) => Promise<void>) {
  const whole: ArchiveEntry[] = [];
  let name = '';
  let chunks: Bytes[] = [];
  const walker = new TarWalker(path, {
    entry: (entry: TarEntry) => {
      if (entry.type !== 'file' || !wants(entry.name)) return false;
      if (entry.size > MAX_ENTRY) throw new PlimsollError('file-too-large', { what: entry.name, limit: MAX_ENTRY });
      name = entry.name;
      chunks = [];
      return true;
    },
    data: (bytes) => void chunks.push(Buffer.from(bytes)),
    end: () => void whole.push({ name, bytes: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks) }),
  });
  const source = createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Bytes>;
  const limits = { output: MAX_CONTENT, ratio: 200, ratioFrom: 2 ** 32 };
  let content = 0;
  for await (const chunk of /\.bz2$/i.test(path) ? bunzip2(source) : decompress(source, { what: path, limits })) {
    content += chunk.length;
    if (content > MAX_CONTENT) throw new PlimsollError('file-too-large', { what: path, limit: MAX_CONTENT });
    walker.push(chunk);
    for (const entry of whole.splice(0)) await take(entry);
  }
  walker.finish();
  for (const entry of whole) await take(entry);
}

async function withAccess<T>(path: string, use: (access: RandomAccess) => Promise<T>): Promise<T> {
  const fd = openSync(path, 'r');
  try {
    return await use(windowed(fd));
  } finally {
    closeSync(fd);
  }
}

/** Entries are small and lie side by side: one read of the file serves thousands of them. */
function windowed(fd: number): RandomAccess {
  const { size } = fstatSync(fd);
  let start = 0;
  let window: Bytes = Buffer.alloc(0);
  const load = (offset: number, length: number): Bytes => {
    const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - offset)));
    return bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, offset));
  };
  return {
    size,
    read: async (offset, length) => {
      if (length >= WINDOW) return load(offset, length);
      if (offset < start || offset + length > start + window.length) {
        start = offset;
        window = load(offset, WINDOW);
      }
      return window.subarray(offset - start, offset - start + length);
    },
  };
}
