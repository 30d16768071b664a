import { hash } from 'node:crypto';
import type { Bytes } from '../../util/bytes.ts';

/*
 * An immutable sorted table in one file. docs/database.md describes every field.
 *
 *   block*  index  footer
 *
 * block   raw deflate, ended by a full flush, of entries in ascending byte order of their keys: varint key length, key, varint value
 *         length, value. Blocks one after the other are one stream: many are inflated at a time
 * index   an offset table (u32 a block, into the records), a record a block: offset u48, stored u32, raw u32, checksum 16 bytes,
 *         key length u16, first key; and the filter of the keys (name-filter.ts), if there is one
 * footer  index offset u48, index length u32, blocks u32, entries u32, filter length u32, version u16, checksum 32 bytes, magic 8 bytes
 *
 * All numbers are little endian. A block's checksum is the first half of the SHA-256 of its stored bytes; the footer's is
 * the SHA-256 of the index and of the footer's fields before it. Whoever knows that one checksum (the manifest has it)
 * therefore notices any changed byte that he reads, without reading the whole file.
 */
export const MAGIC = Buffer.from('PLIMTBL\n', 'latin1');
export const TABLE_VERSION = 2;
export const CHECKSUM_LENGTH = 16;
export const FOOTER_FIELDS = 24;
export const FOOTER_LENGTH = FOOTER_FIELDS + 32 + MAGIC.length;
/** Fixed part of a block's index record. */
export const RECORD_LENGTH = 6 + 4 + 4 + CHECKSUM_LENGTH + 2;
export const MAX_KEY = 0xffff;
/** No block may claim to inflate to more: a damaged length must not exhaust memory. */
export const MAX_RAW_BLOCK = 256 * 1024 * 1024;

export function blockChecksum(stored: Bytes): Bytes {
  return hash('sha256', stored, 'buffer').subarray(0, CHECKSUM_LENGTH);
}

/** Bytes that `value` takes as a varint. */
export function varintLength(value: number): number {
  let length = 1;
  for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 128)) length += 1;
  return length;
}

/** Writes `value` at `at`; returns the offset after it. */
export function writeVarint(target: Bytes, value: number, at: number): number {
  let rest = value;
  let offset = at;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) target[offset++] = (rest % 128) | 0x80;
  target[offset++] = rest;
  return offset;
}
