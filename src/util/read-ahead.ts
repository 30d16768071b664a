import type { Bytes, RandomAccess } from './bytes.ts';

/** Divisible by every page size of SQLite and BerkeleyDB. */
const BLOCK = 1 << 20;
/** Blocks that are kept: a b-tree jumps between its inner pages and its leaves. */
const KEPT = 8;

/**
 * The same bytes, read in blocks of 1 MiB of which the last few are kept: for formats of many small pages in files that may lie on
 * disk. What crosses a block's end is read on its own.
 */
export function readAhead(access: RandomAccess): RandomAccess {
  const blocks = new Map<number, Bytes>();
  return {
    size: access.size,
    async read(offset, length) {
      const index = Math.floor(offset / BLOCK);
      const start = offset - index * BLOCK;
      if (offset < 0 || start + length > BLOCK) return access.read(offset, length);
      let block = blocks.get(index);
      if (block === undefined) {
        block = await access.read(index * BLOCK, BLOCK);
        const oldest = blocks.size < KEPT ? undefined : blocks.keys().next().value;
        if (oldest !== undefined) blocks.delete(oldest);
        blocks.set(index, block);
      }
      return block.subarray(start, start + length);
    },
  };
}
