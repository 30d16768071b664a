import type { Bytes, RandomAccess } from '../src/util/bytes.ts';

export type { Bytes };

/** Random access over bytes in memory. */
export function memoryAccess(bytes: Uint8Array): RandomAccess {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { size: buffer.length, read: async (offset, length) => buffer.subarray(offset, offset + length) };
}
