import { compareValues, type Numeric, numeric } from '../semver-order.ts';
import type { VersionScheme } from '../types.ts';

/** Numbers and words in order, zeros that mean nothing left out. */
export type GemVersion = readonly (Numeric | string)[];

/**
 * Versions of gems. A word makes a pre-release: it comes before any number, and a missing part counts as 0. `-` means `.pre.`.
 * Source: RubyGems, `Gem::Version`. It refuses words in the first part (`1beta`); they are read as in any other.
 */
export const rubygems: VersionScheme<GemVersion> = {
  id: 'rubygems',
  ecosystems: ['RubyGems'],
  parse(text) {
    const trimmed = text.length > MAX_LENGTH ? '' : text.trim();
    if (!VERSION.test(trimmed)) return undefined;
    const segments = (trimmed.replaceAll('-', '.pre.').match(/\d+|[a-z]+/gi) ?? []).map((part) => (/\d/.test(part) ? numeric(part) : part));
    const word = segments.findIndex((part) => typeof part === 'string');
    return word < 0 ? withoutZeros(segments) : [...withoutZeros(segments.slice(0, word)), ...withoutZeros(segments.slice(word))];
  },
  compare(a, b) {
    for (let i = 0; i < Math.max(a.length, b.length); i++) {
      const order = compareSegments(a[i] ?? 0, b[i] ?? 0);
      if (order !== 0) return order;
    }
    return 0;
  },
};

const MAX_LENGTH = 256;
const VERSION = /^\d+[0-9a-z]*(\.[0-9a-z]+)*(-[0-9a-z-]+(\.[0-9a-z-]+)*)?$/i;

/** Zeros at the end mean nothing, neither before the first word nor after it. */
function withoutZeros(segments: GemVersion): GemVersion {
  return segments.slice(0, segments.findLastIndex((part) => part !== 0) + 1);
}

function compareSegments(a: Numeric | string, b: Numeric | string): number {
  if (typeof a === 'string') return typeof b === 'string' ? compareValues(a, b) : -1;
  return typeof b === 'string' ? 1 : compareValues(a, b);
}
