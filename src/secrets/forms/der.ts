import type { Bytes } from '../../util/bytes.ts';

/** One element of DER (ITU-T X.690): its tag byte, its content and the whole element. Shares memory with what it was read from. */
export interface DerElement {
  readonly tag: number;
  readonly content: Bytes;
  readonly end: number;
}

/** The element at `at`; undefined where there is none, or where it is longer than the bytes. */
export function readDer(bytes: Bytes, at = 0): DerElement | undefined {
  if (at + 2 > bytes.length) return undefined;
  let length = bytes[at + 1]!;
  let start = at + 2;
  if (length > 0x80) {
    const count = length - 0x80;
    if (count > 4 || start + count > bytes.length) return undefined;
    length = bytes.readUIntBE(start, count);
    start += count;
  } else if (length === 0x80) {
    return undefined;
  }
  return start + length > bytes.length
    ? undefined
    : { tag: bytes[at]!, content: bytes.subarray(start, start + length), end: start + length };
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
