/** Repeatable random pairs of texts for the generators of version vectors. */

export interface Chance {
  pick<T>(list: readonly T[]): T;
  /** Whole number, `0 <= n < limit`. */
  below(limit: number): number;
}

/** A linear congruential generator (Numerical Recipes' constants): the same pairs for the same seed. */
export function chance(seed: number): Chance {
  let state = seed;
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) % limit;
  };
  return { below, pick: <T>(list: readonly T[]) => list[below(list.length)] as T };
}

/** `count` pairs: half of them two versions, half of them a version and the same with a small change. */
export function pairs(count: number, { pick, below }: Chance, version: () => string, inserts: readonly string[]): [string, string][] {
  return Array.from({ length: count }, () => {
    const left = version();
    if (below(2) === 0) return [left, version()];
    const at = 1 + below(left.length);
    return [left, left.slice(0, at) + pick(inserts) + left.slice(at + below(2))];
  });
}
