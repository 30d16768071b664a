import { isUtf8 } from 'node:buffer';
import type { Bytes } from '../bytes.ts';
import { tarNumber } from './number.ts';
import { malformedTar, type TarPosition } from './position.ts';

export const TAR_BLOCK = 512;

/** What an entry is. `other` covers devices, fifos and vendors' own types. */
export type TarType = 'file' | 'hardlink' | 'symlink' | 'directory' | 'other';

/** Type flags (POSIX and GNU), as character codes. */
export const FLAG = {
  v7File: 0,
  file: 0x30,
  hardlink: 0x31,
  symlink: 0x32,
  characterDevice: 0x33,
  blockDevice: 0x34,
  directory: 0x35,
  fifo: 0x36,
  contiguous: 0x37,
  paxGlobal: 0x67,
  pax: 0x78,
  solarisPax: 0x58,
  gnuLongLink: 0x4b,
  gnuLongName: 0x4c,
  gnuSparse: 0x53,
} as const;

/** One header block, read by itself: PAX and GNU long names, which sit in entries of their own, are not applied. */
export interface TarHeader {
  /** As stored, prefix field joined; not normalised. */
  readonly name: string;
  readonly linkName: string;
  /** Bytes of content that follow the header, before padding to 512. Never negative; 0 for types that carry none. */
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  /** The type flag's character code, see {@link FLAG}. */
  readonly flag: number;
  readonly type: TarType;
}

/**
 * Reads the header in `block` (512 bytes); undefined for a block of zeros, which ends an archive when a second one follows.
 * Source: POSIX.1-2017 pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format".
 *
 * @throws PlimsollError tar-malformed
 */
export function parseTarHeader(block: Bytes, at: TarPosition): TarHeader | undefined {
  if (isZeroBlock(block, 0)) return undefined;
  checkChecksum(block, 0, at);
  const flag = headerFlag(block, 0);
  const name = headerName(block, 0);
  return {
    name,
    linkName: headerLinkName(block, 0),
    size: contentSize(flag, headerSize(block, 0, at)),
    mode: headerMode(block, 0, at),
    uid: tarNumber(block, 108, 8, 'uid', at),
    gid: tarNumber(block, 116, 8, 'gid', at),
    mtime: tarNumber(block, 136, 12, 'mtime', at),
    flag,
    type: tarType(flag, name),
  };
}

/** The type behind a flag. A v7 file whose name ends in a slash is a directory (v7 tar had no type for them). */
export function tarType(flag: number, name: string): TarType {
  switch (flag) {
    case FLAG.v7File:
      return name.endsWith('/') ? 'directory' : 'file';
    case FLAG.file:
    case FLAG.contiguous:
    case FLAG.gnuSparse:
      return 'file';
    case FLAG.hardlink:
      return 'hardlink';
    case FLAG.symlink:
      return 'symlink';
    case FLAG.directory:
      return 'directory';
    default:
      return 'other';
  }
}

/**
 * Bytes that follow a header that states `size`. Links, devices, directories and fifos carry no content whatever they state
 * (star writes the size of the target into hard links): the reading of Go's archive/tar, which unpacks images everywhere.
 */
export function contentSize(flag: number, size: number): number {
  return flag >= FLAG.hardlink && flag <= FLAG.fifo ? 0 : size;
}

export function isZeroBlock(block: Bytes, start: number): boolean {
  if (block[start] !== 0) return false;
  for (let i = start + 1; i < start + TAR_BLOCK; i++) if (block[i] !== 0) return false;
  return true;
}

/** The sum of all bytes with the checksum field taken as spaces; old tars summed signed characters. */
export function checkChecksum(block: Bytes, start: number, at: TarPosition): void {
  let sum = sumOfBytes(block, start);
  for (let i = start + 148; i < start + 156; i++) sum += 0x20 - (block[i] as number);
  const stated = tarNumber(block, start + 148, 8, 'checksum', at);
  if (stated === sum || stated === signedSum(block, start)) return;
  throw malformedTar(at, 'the header checksum is wrong');
}

/** Four bytes at a time, in two lanes of 16 bits: 512 bytes cannot fill one. */
function sumOfBytes(block: Bytes, start: number): number {
  const view = new DataView(block.buffer, block.byteOffset + start, TAR_BLOCK);
  let lanes = 0;
  for (let i = 0; i < TAR_BLOCK; i += 4) {
    const word = view.getUint32(i);
    lanes = (lanes + (word & 0xff00ff) + ((word >>> 8) & 0xff00ff)) | 0;
  }
  return (lanes & 0xffff) + (lanes >>> 16);
}

function signedSum(block: Bytes, start: number): number {
  let sum = 8 * 0x20;
  for (let i = start; i < start + TAR_BLOCK; i++) {
    if (i < start + 148 || i >= start + 156) sum += block.readInt8(i);
  }
  return sum;
}

export function headerFlag(block: Bytes, start: number): number {
  return block[start + 156] as number;
}

/** The name with the ustar prefix before it. GNU headers use the prefix field for other things. */
export function headerName(block: Bytes, start: number): string {
  const name = tarString(block, start, 100);
  if (block[start + 345] === 0 || !isUstar(block, start)) return name;
  return `${tarString(block, start + 345, isStar(block, start) ? 131 : 155)}/${name}`;
}

export function headerLinkName(block: Bytes, start: number): string {
  return tarString(block, start + 157, 100);
}

/** @throws PlimsollError tar-malformed where it is negative. */
export function headerSize(block: Bytes, start: number, at: TarPosition): number {
  const size = tarNumber(block, start + 124, 12, 'size', at);
  if (size < 0) throw malformedTar(at, 'the size is negative');
  return size;
}

export function headerMode(block: Bytes, start: number, at: TarPosition): number {
  return tarNumber(block, start + 100, 8, 'mode', at) & 0o7777;
}

/** `ustar`, NUL: POSIX; GNU writes `ustar`, space. */
function isUstar(block: Bytes, start: number): boolean {
  return (
    block[start + 257] === 0x75 &&
    block[start + 258] === 0x73 &&
    block[start + 259] === 0x74 &&
    block[start + 260] === 0x61 &&
    block[start + 261] === 0x72 &&
    block[start + 262] === 0
  );
}

/** star marks its headers with `tar` at the end and keeps times where ustar has the last bytes of the prefix. */
function isStar(block: Bytes, start: number): boolean {
  return block[start + 508] === 0x74 && block[start + 509] === 0x61 && block[start + 510] === 0x72 && block[start + 511] === 0;
}

/** A text field, up to its first NUL. */
export function tarString(block: Bytes, start: number, length: number): string {
  let end = start;
  while (end < start + length && block[end] !== 0) end++;
  return tarText(block, start, end);
}

/**
 * Bytes as text. Bytes that are not UTF-8 become U+DC80 to U+DCFF each (as Python's surrogateescape does), so that two
 * names that differ on disk differ here: a whiteout of one must not hide the other.
 */
export function tarText(bytes: Bytes, start: number, end: number): string {
  const text = bytes.toString('utf8', start, end);
  if (!text.includes('\ufffd') || isUtf8(bytes.subarray(start, end))) return text;
  let escaped = '';
  let i = start;
  while (i < end) {
    const width = Math.min(utf8Width(bytes[i] as number), end - i);
    const valid = width > 0 && isUtf8(bytes.subarray(i, i + width));
    escaped += valid ? bytes.toString('utf8', i, i + width) : String.fromCharCode(0xdc00 + (bytes[i] as number));
    i += valid ? width : 1;
  }
  return escaped;
}

function utf8Width(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc0) return 0;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}
