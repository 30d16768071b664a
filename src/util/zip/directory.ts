import type { Bytes, RandomAccess } from '../bytes.ts';
import { PlimsollError } from '../errors.ts';

/** One entry as the central directory states it. Sizes are in bytes and unchecked until the entry is read. */
export interface ZipEntry {
  /** Decoded as UTF-8 whatever the flags say; may be absolute, contain `..` or appear twice: never use it as a path to write to. */
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly crc32: number;
  readonly encrypted: boolean;
  /** Offset of the local header in the file, a prepended stub included. */
  readonly offset: number;
}

export interface Directory {
  readonly entries: readonly ZipEntry[];
  /** Bytes that it takes in the file. */
  readonly length: number;
}

export interface DirectoryLimits {
  readonly entries: number;
  /** Bytes of the central directory. */
  readonly directory: number;
}

interface EndRecord {
  readonly entries: number;
  readonly start: number;
  readonly length: number;
  /** What has to be added to every offset because something (a launcher script) was put in front. */
  readonly shift: number;
}

/**
 * Reads the central directory. Anything may stand before the archive (self-extracting stubs, shell launchers of Spring Boot);
 * sizes come from here alone, so data descriptors do not matter. Source: PKWARE APPNOTE 6.3.10, sections 4.3.12 to 4.3.16.
 * Throws file-malformed (archives split over several files too) and file-too-large.
 */
export async function readDirectory(access: RandomAccess, limits: DirectoryLimits): Promise<Directory> {
  const end = await findEnd(access);
  if (end.length > limits.directory) throw new PlimsollError('file-too-large', { what: 'zip directory', limit: limits.directory });
  if (end.entries > limits.entries) throw new PlimsollError('file-too-large', { what: 'zip directory', limit: limits.entries });
  const bytes = await access.read(end.start, end.length);
  if (bytes.length < end.length) throw malformed('the central directory is cut off');
  const entries: ZipEntry[] = [];
  // The number of entries is stated modulo 65,536 by some old writers; the directory's own length decides.
  for (let at = 0; at + HEADER_LENGTH <= bytes.length && bytes.readUInt32LE(at) === HEADER; ) {
    if (entries.length >= limits.entries) throw new PlimsollError('file-too-large', { what: 'zip directory', limit: limits.entries });
    const nameLength = bytes.readUInt16LE(at + 28);
    const extraLength = bytes.readUInt16LE(at + 30);
    const next = at + HEADER_LENGTH + nameLength + extraLength + bytes.readUInt16LE(at + 32);
    if (next > bytes.length) throw malformed('an entry of the central directory is cut off');
    entries.push(entryAt(bytes, at, nameLength, extraLength, end.shift));
    at = next;
  }
  if (entries.length < end.entries) throw malformed(`${end.entries} entries announced, ${entries.length} found`);
  return { entries, length: end.length };
}

const HEADER = 0x02014b50;
const HEADER_LENGTH = 46;
const END = 0x06054b50;
const END_LENGTH = 22;
const END64 = 0x06064b50;
const END64_LENGTH = 56;
const LOCATOR64 = 0x07064b50;
const LOCATOR64_LENGTH = 20;
const MAX_COMMENT = 0xffff;

function entryAt(bytes: Bytes, at: number, nameLength: number, extraLength: number, shift: number): ZipEntry {
  const nameStart = at + HEADER_LENGTH;
  let size = bytes.readUInt32LE(at + 24);
  let compressedSize = bytes.readUInt32LE(at + 20);
  let offset = bytes.readUInt32LE(at + 42);
  if (size === 0xffffffff || compressedSize === 0xffffffff || offset === 0xffffffff) {
    const wide = zip64Fields(bytes.subarray(nameStart + nameLength, nameStart + nameLength + extraLength));
    if (size === 0xffffffff) size = wide() ?? size;
    if (compressedSize === 0xffffffff) compressedSize = wide() ?? compressedSize;
    if (offset === 0xffffffff) offset = wide() ?? offset;
  }
  return {
    name: bytes.toString('utf8', nameStart, nameStart + nameLength),
    method: bytes.readUInt16LE(at + 10),
    compressedSize,
    size,
    crc32: bytes.readUInt32LE(at + 16),
    encrypted: (bytes.readUInt16LE(at + 8) & 1) !== 0,
    offset: offset + shift,
  };
}

/** The 64-bit values of the extra field 0x0001, one a call, in the order in which they stand in for 32-bit ones. APPNOTE 4.5.3. */
function zip64Fields(extra: Bytes): () => number | undefined {
  let at = 0;
  let end = 0;
  for (let field = 0; field + 4 <= extra.length; field += 4 + extra.readUInt16LE(field + 2)) {
    if (extra.readUInt16LE(field) !== 0x0001) continue;
    at = field + 4;
    end = Math.min(extra.length, at + extra.readUInt16LE(field + 2));
    break;
  }
  return () => {
    if (at + 8 > end) return undefined;
    at += 8;
    return wideNumber(extra, at - 8);
  };
}

async function findEnd(access: RandomAccess): Promise<EndRecord> {
  const tailStart = Math.max(0, access.size - END_LENGTH - MAX_COMMENT - LOCATOR64_LENGTH);
  const tail = await access.read(tailStart, access.size - tailStart);
  // A comment may contain the same bytes: the end that reaches the file's own end goes first, and a directory must precede it.
  for (const exact of [true, false]) {
    for (let at = tail.length - END_LENGTH; at >= 0; at--) {
      if (tail[at] !== 0x50 || tail.readUInt32LE(at) !== END) continue;
      const behind = tail.length - at - END_LENGTH - tail.readUInt16LE(at + 20);
      if (exact ? behind !== 0 : behind <= 0) continue;
      const found = (await wideEnd(access, tail, tailStart, at)) ?? plainEnd(tail, tailStart, at);
      if (found.start >= 0 && found.shift >= 0 && (await startsDirectory(access, found))) return found;
    }
  }
  throw malformed('it has no end of central directory');
}

function plainEnd(tail: Bytes, tailStart: number, at: number): EndRecord {
  const length = tail.readUInt32LE(at + 12);
  const start = tailStart + at - length;
  return { entries: tail.readUInt16LE(at + 10), length, start, shift: start - tail.readUInt32LE(at + 16) };
}

/** The ZIP64 end record, where a locator points to one (or it stands right before the locator, behind a stub). */
async function wideEnd(access: RandomAccess, tail: Bytes, tailStart: number, at: number): Promise<EndRecord | undefined> {
  const locator = at - LOCATOR64_LENGTH;
  if (locator < 0 || tail.readUInt32LE(locator) !== LOCATOR64) return undefined;
  for (const offset of [wideNumber(tail, locator + 8), tailStart + locator - END64_LENGTH]) {
    if (offset < 0 || offset + END64_LENGTH > access.size) continue;
    const record = await access.read(offset, END64_LENGTH);
    if (record.length < END64_LENGTH || record.readUInt32LE(0) !== END64) continue;
    const length = wideNumber(record, 40);
    return { entries: wideNumber(record, 32), length, start: offset - length, shift: offset - length - wideNumber(record, 48) };
  }
  return undefined;
}

async function startsDirectory(access: RandomAccess, end: EndRecord): Promise<boolean> {
  if (end.length === 0) return end.entries === 0;
  const first = await access.read(end.start, 4);
  return first.length === 4 && first.readUInt32LE(0) === HEADER;
}

/** Values beyond 2^53 lose digits and are beyond every file and every limit anyhow. */
function wideNumber(bytes: Bytes, at: number): number {
  return Number(bytes.readBigUInt64LE(at));
}

function malformed(detail: string): PlimsollError {
  return new PlimsollError('file-malformed', { what: 'zip archive', detail });
}
