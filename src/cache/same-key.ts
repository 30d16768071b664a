import type { CacheKey } from './types.ts';

export function sameKey(a: CacheKey, b: CacheKey): boolean {
  return a.digest === b.digest && a.family === b.family && a.version === b.version && a.mode === b.mode;
}
