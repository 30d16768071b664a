import type { RandomAccess } from '../bytes.ts';

const HEADER = 32;
const FRAME_HEADER = 24;
/** The last bit says in which byte order the checksums were computed. */
const MAGIC = 0x377f0682;

/**
 * Whether a write-ahead log holds a finished transaction. Frames left over from before the last reset have other salts than the
 * header. Source: sqlite.org/fileformat2.html, 4.1 "WAL File Format". Never throws of itself: what is no log holds nothing.
 */
export async function hasCommits(log: RandomAccess): Promise<boolean> {
  const header = await log.read(0, HEADER);
  if (header.length < HEADER || (header.readUInt32BE(0) & ~1) >>> 0 !== MAGIC) return false;
  const pageSize = header.readUInt32BE(8);
  if (pageSize < 512) return false;
  for (let at = HEADER; at + FRAME_HEADER + pageSize <= log.size; at += FRAME_HEADER + pageSize) {
    const frame = await log.read(at, FRAME_HEADER);
    if (frame.length < FRAME_HEADER || !frame.subarray(8, 16).equals(header.subarray(16, 24))) return false;
    if (frame.readUInt32BE(4) !== 0) return true;
  }
  return false;
}
