import type { Ecosystem } from '../model/index.ts';

/** Parsing and ordering of versions of one ecosystem, and nothing else. */
export interface VersionScheme<V = unknown> {
  /** Equal to its folder below src/versions. */
  readonly id: string;
  /** OSV ecosystems (without release) that order versions so. */
  readonly ecosystems: readonly Ecosystem[];
  /** Undefined where the text is not a version of this scheme; never throws. */
  parse(text: string): V | undefined;
  /** Negative, zero, positive. `undefined` where the ecosystem's own tools disagree: the caller's verdict is then undecided. */
  compare(a: V, b: V): number | undefined;
}

/** Outcome of comparing two texts: an order, or why there is none. */
export type Ordering = { readonly kind: 'ordered'; readonly order: -1 | 0 | 1 } | { readonly kind: 'undecided'; readonly reason: string };
