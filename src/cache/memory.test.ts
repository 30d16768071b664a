import { expect, it } from 'vitest';
import { MemoryCache } from './memory.ts';
import type { CacheKey } from './types.ts';

const key = (char: string): CacheKey => ({ digest: `sha256:${char.repeat(64)}`, family: 'packages', version: '1', mode: 'whole' });
const entry = (bytes: number, size = 1) => ({ facts: { size }, blocks: { results: Buffer.alloc(bytes) } });
const yes = (): boolean => true;

it('gives back what was written, by the whole key and where its facts are confirmed', async () => {
  const cache = new MemoryCache(100);
  await cache.write(key('a'), entry(10, 7));
  expect(cache.read(key('a'), ['results'], (facts) => facts.size === 7)).toEqual(entry(10, 7));
  expect(cache.read(key('a'), ['results'], (facts) => facts.size === 8)).toBeUndefined();
  for (const other of [key('b'), { ...key('a'), version: '2' }, { ...key('a'), mode: 'lazy' as const }, { ...key('a'), family: 'x' }]) {
    expect(cache.read(other, ['results'], yes)).toBeUndefined();
  }
});

it('keeps what comes first within its limit, and nothing after the end', async () => {
  const cache = new MemoryCache(100);
  await cache.write(key('a'), entry(60));
  await cache.write(key('a'), entry(60));
  await cache.write(key('b'), entry(60));
  await cache.write(key('c'), entry(40));
  expect(['a', 'b', 'c'].filter((char) => cache.read(key(char), [], yes))).toEqual(['a', 'c']);
  cache.finish();
  expect(cache.read(key('a'), [], yes)).toBeUndefined();
});
