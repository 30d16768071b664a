import { createHash } from 'node:crypto';
import type { CacheEntry, CacheKey } from '../src/cache/index.ts';

export function cacheKey(n: number): CacheKey {
  return { digest: `sha256:${createHash('sha256').update(String(n)).digest('hex')}`, family: 'packages', version: 'aa', mode: 'whole' };
}

/** Some 60 KB that compression makes little of, and differs with `n`. */
export function sampleEntry(n: number): CacheEntry {
  const noise = Array.from({ length: 2000 }, (_, i) => createHash('sha256').update(`${n}.${i}`).digest());
  return { facts: { size: n }, blocks: { results: Buffer.from(`entry ${n}`), paths: Buffer.concat(noise) } };
}
