import { crc32 } from 'node:zlib';
import type { Bytes } from '../../util/bytes.ts';

/*
 * A Bloom filter: most names that a scan asks for have no advisory, and each would cost a block. Ten bits a key, of which a key
 * sets four: one absent key in eighty passes.
 */
const BITS_PER_KEY = 10;
const PROBES = 4;

/** CRC-32 of the key, its bits mixed: similar keys have to lie far apart. */
export function hashOfKey(key: Bytes): number {
  const mixed = Math.imul(crc32(key) ^ 0x5bd1e995, 0x9e3779b1);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/** The filter of keys with these hashes; empty where there are none. */
export function makeFilter(hashes: readonly number[]): Bytes {
  const filter = Buffer.alloc(Math.ceil((hashes.length * BITS_PER_KEY) / 8));
  for (const hash of hashes) {
    for (let probe = 0; probe < PROBES; probe++) {
      const bit = bitOf(hash, probe, filter);
      filter[bit >>> 3]! |= 1 << (bit & 7);
    }
  }
  return filter;
}

/** False: no key with this hash is in the table. An empty filter lets everything pass. */
export function mayHold(filter: Bytes, hash: number): boolean {
  if (filter.length === 0) return true;
  for (let probe = 0; probe < PROBES; probe++) {
    const bit = bitOf(hash, probe, filter);
    if ((filter[bit >>> 3]! & (1 << (bit & 7))) === 0) return false;
  }
  return true;
}

function bitOf(hash: number, probe: number, filter: Bytes): number {
  const step = Math.imul(hash, 0x85ebca6b) | 1;
  return ((hash + Math.imul(probe, step)) >>> 0) % (filter.length * 8);
}
