import type { Bytes } from './bytes.ts';

/**
 * As much of Protocol Buffers' wire format as a few small messages need. Source: protobuf.dev, "Encoding".
 */

/** Bytes that are no message. */
export class MalformedMessage extends Error {}

/** A field that came: a number (varint), or bytes (string, bytes, embedded message). Fixed-width fields are passed over. */
export type Field = { readonly number: number; readonly value: number | Bytes };

const MAX_FIELDS = 10_000;
const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/** A message of these fields; numbers are whole, 0 <= n < 2^53, and left out where they are 0. */
export function encodeMessage(fields: readonly { readonly number: number; readonly value: number | string | Bytes }[]): Bytes {
  const parts: Bytes[] = [];
  for (const { number, value } of fields) {
    if (typeof value === 'number') {
      if (value !== 0) parts.push(varint(number * 8 + VARINT), varint(value));
    } else {
      const bytes = typeof value === 'string' ? Buffer.from(value) : value;
      parts.push(varint(number * 8 + BYTES), varint(bytes.length), bytes);
    }
  }
  return Buffer.concat(parts);
}

/** The fields in their order; throws `MalformedMessage`. Numbers from 2^53 on (negative ones too) are refused. */
export function decodeMessage(bytes: Bytes): readonly Field[] {
  const fields: Field[] = [];
  let at = 0;

  function readVarint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) throw new MalformedMessage('it ends within a number');
      value += (byte & 0x7f) * scale;
      if (!Number.isSafeInteger(value)) throw new MalformedMessage('a number is too large');
      if (byte < 0x80) return value;
      if (scale > 2 ** 49) throw new MalformedMessage('a number is too long');
    }
  }

  function take(length: number): Bytes {
    if (length > bytes.length - at) throw new MalformedMessage('a field is longer than the message');
    at += length;
    return bytes.subarray(at - length, at);
  }

  while (at < bytes.length) {
    if (fields.length >= MAX_FIELDS) throw new MalformedMessage(`it has more than ${MAX_FIELDS} fields`);
    const key = readVarint();
    const number = Math.floor(key / 8);
    if (number === 0) throw new MalformedMessage('a field has the number 0');
    const type = key % 8;
    if (type === VARINT) fields.push({ number, value: readVarint() });
    else if (type === BYTES) fields.push({ number, value: take(readVarint()) });
    else if (type === FIXED64) take(8);
    else if (type === FIXED32) take(4);
    else throw new MalformedMessage(`wire type ${type}`);
  }
  return fields;
}

/** The bytes of the last field of that number, as proto3 reads a field that comes twice; empty where it is absent. */
export function bytesOf(fields: readonly Field[], number: number): Bytes {
  const value = fields.findLast((field) => field.number === number)?.value ?? Buffer.alloc(0);
  if (typeof value === 'number') throw new MalformedMessage(`field ${number} is a number`);
  return value;
}

export function numberOf(fields: readonly Field[], number: number): number {
  const value = fields.findLast((field) => field.number === number)?.value ?? 0;
  if (typeof value !== 'number') throw new MalformedMessage(`field ${number} is no number`);
  return value;
}

function varint(value: number): Bytes {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  bytes.push(rest);
  return Buffer.from(bytes);
}
