import type { Bytes } from '../bytes.ts';
import { malformedTar, type TarPosition } from './position.ts';

const SPACE = 0x20;
const ZERO = 0x30;
const SEVEN = 0x37;

/**
 * A numeric header field: octal digits padded with spaces and NULs, or base 256 where the first bit is set (GNU and star,
 * for values beyond octal). An empty field is 0. Negative numbers are given as such: the caller knows whether they make sense.
 * Source: POSIX.1-2017 pax, "ustar Interchange Format"; GNU tar manual, "Extending the field width".
 *
 * @throws PlimsollError tar-malformed on anything else, and beyond 2^53.
 */
export function tarNumber(block: Bytes, start: number, length: number, field: string, at: TarPosition): number {
  const first = block[start] ?? 0;
  if ((first & 0x80) !== 0) return base256(block, start, length, field, at);
  const end = start + length;
  let i = start;
  while (i < end && (block[i] === SPACE || block[i] === 0)) i++;
  let value = 0;
  for (; i < end; i++) {
    const c = block[i] ?? 0;
    if (c < ZERO || c > SEVEN) break;
    value = value * 8 + (c - ZERO);
  }
  for (; i < end; i++) {
    if (block[i] !== SPACE && block[i] !== 0) throw malformedTar(at, `${field} is not an octal number`);
  }
  return value;
}

/** Two's complement, most significant byte first, the first bit being the marker and the second the sign. */
function base256(block: Bytes, start: number, length: number, field: string, at: TarPosition): number {
  const first = block[start] ?? 0;
  const negative = (first & 0x40) !== 0;
  let value = negative ? (first & 0x7f) - 0x80 : first & 0x3f;
  for (let i = 1; i < length; i++) {
    value = value * 256 + (block[start + i] ?? 0);
    if (!Number.isSafeInteger(value)) throw malformedTar(at, `${field} is too large`);
  }
  return value;
}
