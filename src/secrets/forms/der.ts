import type { Bytes } from '../../util/bytes.ts';

/** One element of DER (ITU-T X.690): its tag byte, its content and the whole element. Shares memory with what it was read from. */
export interface DerElement {
  readonly tag: number;
  readonly content: Bytes;
  readonly end: number;
}

/** The element at `at`; undefined where there is none, or where it is longer than the bytes. */
export function readDer(bytes: Bytes, at = 0): DerElement | undefined {
  const place = derLength(bytes, at);
  if (place === undefined || place.end > bytes.length) return undefined;
  return { tag: bytes[at]!, content: bytes.subarray(place.start, place.end), end: place.end };
}

/** Where the content of the element at `at` begins and ends, though it may end behind the bytes. */
export function derLength(bytes: Bytes, at = 0): { readonly start: number; readonly end: number } | undefined {
  if (at + 2 > bytes.length) return undefined;
  const length = bytes[at + 1]!;
  const start = at + 2;
  if (length < 0x80) return { start, end: start + length };
  const count = length - 0x80;
  if (count === 0 || count > 4 || start + count > bytes.length) return undefined;
  return { start: start + count, end: start + count + bytes.readUIntBE(start, count) };
}

/** The elements of a SEQUENCE's content, as far as they can be read; at most `limit`. */
export function derChildren(content: Bytes, limit = 64): readonly DerElement[] {
  const children: DerElement[] = [];
  for (let at = 0; at < content.length && children.length < limit; ) {
    const child = readDer(content, at);
    if (child === undefined) break;
    children.push(child);
    at = child.end;
  }
  return children;
}
