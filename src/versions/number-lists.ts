import { compareValues, type Numeric, numeric } from './semver-order.ts';

/** Whole numbers, most significant first. */
export type NumberList = readonly Numeric[];

/** The numbers of `1.2-3` between `separator`s; undefined where anything else stands there. */
export function parseNumbers(text: string, separator: RegExp): NumberList | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const parts = text.split(separator);
  return parts.every((part) => /^\d+$/.test(part)) ? parts.map(numeric) : undefined;
}

/** Number by number; a list comes after its own beginning, so that `1.0` is above `1`. */
export function compareNumbers(a: NumberList, b: NumberList): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareValues(a[i] ?? 0, b[i] ?? 0);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

const MAX_LENGTH = 256;
