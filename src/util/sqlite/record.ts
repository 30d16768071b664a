import type { Bytes } from '../bytes.ts';
import { malformed } from './pages.ts';

/** A column's value. Texts and blobs share memory with the page they were read from. */
export type SqliteValue = null | number | bigint | string | Bytes;

/** More than SQLite's own highest setting of columns in a table. */
const MAX_COLUMNS = 32_767;

/** A big-endian number of one to nine bytes at `at`, and where it ends. Beyond 2^53 it is inexact: all that are sizes are refused then. */
export function varint(bytes: Bytes, at: number): readonly [value: number, end: number] {
  let value = 0;
  for (let i = 0; i < 9; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) throw malformed('a number is cut off');
    if (i === 8) return [value * 256 + byte, at + 9];
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return [value, at + i + 1];
  }
  return [value, at + 9];
}

/** The values of a row. Source: sqlite.org/fileformat2.html, 2.1 "Record Format". */
export function readRecord(payload: Bytes): SqliteValue[] {
  const [headerEnd, first] = varint(payload, 0);
  if (headerEnd > payload.length) throw malformed('the header of a row is cut off');
  const values: SqliteValue[] = [];
  let body = headerEnd;
  for (let at = first; at < headerEnd; ) {
    if (values.length >= MAX_COLUMNS) throw malformed('too many columns');
    const [type, next] = varint(payload, at);
    const length = lengthOf(type);
    if (body + length > payload.length) throw malformed('a column is cut off');
    values.push(columnOf(type, payload.subarray(body, body + length)));
    body += length;
    at = next;
  }
  return values;
}

/** By serial type, for types below 12. */
const LENGTHS = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];

function lengthOf(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2);
  const length = LENGTHS[type];
  if (length === undefined) throw malformed(`serial type ${type}`);
  return length;
}

function columnOf(type: number, bytes: Bytes): SqliteValue {
  if (type >= 12) return type % 2 === 0 ? bytes : bytes.toString('utf8');
  if (type === 0) return null;
  if (type === 6) return bytes.readBigInt64BE(0);
  if (type === 7) return bytes.readDoubleBE(0);
  if (type >= 8) return type - 8;
  return bytes.readIntBE(0, bytes.length);
}
