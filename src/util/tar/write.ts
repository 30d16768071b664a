import type { Bytes } from '../bytes.ts';
import { TAR_BLOCK } from './header.ts';

/** The two zero blocks that end an archive. */
export const TAR_END: Bytes = Buffer.alloc(2 * TAR_BLOCK);
const MAX_NAME = 100;
/** Eleven octal digits. */
const MAX_SIZE = 8 ** 11 - 1;

/**
 * The header of a regular file; owner, mode and date are fixed, so that equal content gives equal archives. `name` is ASCII of at
 * most 100 characters. Throws RangeError. Source: POSIX.1-2017, pax, "ustar Interchange Format".
 */
export function fileHeader(name: string, size: number): Bytes {
  if (name.length > MAX_NAME || !/^[\x21-\x7e]+$/.test(name)) throw new RangeError(`a name of ${name.length} characters`);
  if (size > MAX_SIZE) throw new RangeError(`a size of ${size} bytes`);
  const block = Buffer.alloc(TAR_BLOCK);
  block.write(name, 0, 'latin1');
  octal(block, 100, 8, 0o644);
  octal(block, 108, 8, 0);
  octal(block, 116, 8, 0);
  octal(block, 124, 12, size);
  octal(block, 136, 12, 0);
  block.fill(' ', 148, 156);
  block.write('0', 156, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

/** What follows `size` bytes of content. */
export function padding(size: number): Bytes {
  return Buffer.alloc((TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK);
}

function octal(block: Bytes, at: number, width: number, value: number): void {
  block.write(`${value.toString(8).padStart(width - 1, '0')}\0`, at, 'latin1');
}
