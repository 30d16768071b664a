import { describe, expect, it } from 'vitest';
import { MAX_OVERLAPPING, smallestCover } from './smallest-cover.ts';

const sets = (...all: readonly (readonly unknown[])[]) => all.map((each) => new Set(each));

/** Numbers from 0 to below `below`, the same ones each time. Source: D. H. Lehmer's generator, with the parameters of Park and Miller. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

/** The size of the smallest cover, by trying all. */
function fewest(all: readonly ReadonlySet<unknown>[]): number {
  const elements = [...new Set(all.flatMap((set) => [...set]))];
  let best = Number.POSITIVE_INFINITY;
  for (let mask = 0; mask < 1 << all.length; mask++) {
    const chosen = all.filter((_, i) => mask & (1 << i));
    if (chosen.length < best && elements.every((element) => chosen.some((set) => set.has(element)))) best = chosen.length;
  }
  return best;
}

function covers(all: readonly ReadonlySet<unknown>[], chosen: readonly number[]): boolean {
  const has = new Set(chosen.flatMap((i) => [...(all[i] ?? [])]));
  return all.every((set) => [...set].every((element) => has.has(element)));
}

describe('the smallest cover', () => {
  it('is smaller than what the largest first comes to', () => {
    // The largest set takes a bit of both others, which are needed all the same.
    expect(smallestCover(sets([1, 2, 3, 4], [1, 2, 5], [3, 4, 6]))).toEqual({ chosen: [1, 2], smallest: true });
    // Two of seven elements each; the largest first takes three: 8, 4 and 2 of 14.
    const greedyTakesThree = sets([1, 2, 3, 4, 8, 9, 10, 11], [5, 6, 12, 13], [7, 14], [1, 2, 3, 4, 5, 6, 7], [8, 9, 10, 11, 12, 13, 14]);
    expect(smallestCover(greedyTakesThree)).toEqual({ chosen: [3, 4], smallest: true });
  });

  it('is nothing of nothing, and one of what is the same', () => {
    expect(smallestCover([])).toEqual({ chosen: [], smallest: true });
    expect(smallestCover(sets([], []))).toEqual({ chosen: [], smallest: true });
    expect(smallestCover(sets([1], [1], [1]))).toEqual({ chosen: [0], smallest: true });
  });

  it('has as few sets as any, on random sets', () => {
    const next = numbers(20_250_101);
    for (let round = 0; round < 400; round++) {
      const [count, elements, density] = [1 + next(11), 1 + next(14), 1 + next(6)];
      const all = Array.from({ length: count }, () => {
        const members = Array.from({ length: elements }, (_, i) => i);
        return new Set(members.filter(() => next(7) < density));
      });
      const { chosen, smallest } = smallestCover(all);
      expect([round, chosen.length, smallest, covers(all, chosen)]).toEqual([round, fewest(all), true, true]);
    }
  });

  it('does not depend on names, nor on how often something is there', () => {
    const all = sets([1, 2, 3, 4], [1, 2, 5], [3, 4, 6]);
    const renamed = all.map((set) => new Set([...set].flatMap((each) => [`a${each}`, `b${each}`])));
    expect(smallestCover(renamed)).toEqual(smallestCover(all));
  });

  it('is a cover beyond what is looked through, and says that it is not proven', () => {
    const next = numbers(7);
    const some = (count: number, most: number) =>
      Array.from({ length: count }, () => new Set(Array.from({ length: 12 }, () => next(most))));
    const hard = some(60, 200);
    const cut = smallestCover(hard, 3);
    expect([cut.smallest, covers(hard, cut.chosen)]).toEqual([false, true]);
    const many = some(MAX_OVERLAPPING * 3, 400);
    const greedy = smallestCover(many);
    expect([greedy.smallest, covers(many, greedy.chosen)]).toEqual([false, true]);
  });
});
