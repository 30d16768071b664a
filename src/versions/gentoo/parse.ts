import { compareNumbers, compareTexts } from '../text-order.ts';

/** `1.2.3b_rc4_p5-r6` in parts; numbers are kept as digits, because they may be of any length. */
export interface GentooVersion {
  readonly numbers: readonly string[];
  /** One small letter, or nothing. */
  readonly letter: string;
  readonly suffixes: readonly { readonly kind: string; readonly number: string }[];
  /** Digits; nothing counts as 0. */
  readonly revision: string;
}

const MAX_LENGTH = 4096;
const VERSION = /^(\d+(?:\.\d+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|p)\d*)*)(?:-r(\d+))?$/;

/** Undefined for what is no version. Source: Package Manager Specification, "Version Specifications". */
export function parseGentoo(text: string): GentooVersion | undefined {
  const parts = text.length > MAX_LENGTH ? null : VERSION.exec(text);
  if (!parts) return undefined;
  const [, numbers = '', letter = '', suffixes = '', revision = ''] = parts;
  return {
    numbers: numbers.split('.'),
    letter,
    suffixes: suffixes
      .split('_')
      .slice(1)
      .map((suffix) => ({ kind: suffix.replace(/\d+$/, ''), number: /\d*$/.exec(suffix)?.[0] ?? '' })),
    revision,
  };
}

/** Source: Package Manager Specification, "Version Comparison", algorithms 3.1 to 3.7. */
export function compareGentoo(a: GentooVersion, b: GentooVersion): number {
  return (
    compareAllNumbers(a.numbers, b.numbers) ||
    compareTexts(a.letter, b.letter) ||
    compareSuffixes(a.suffixes, b.suffixes) ||
    compareNumbers(a.revision, b.revision)
  );
}

/** The first one is a number in any case; where two have the same beginning, the longer list is higher (`1.0` is above `1`). */
function compareAllNumbers(a: GentooVersion['numbers'], b: GentooVersion['numbers']): number {
  const common = Math.min(a.length, b.length);
  for (let i = 0; i < common; i++) {
    const [one = '', two = ''] = [a[i], b[i]];
    const order = i === 0 ? compareNumbers(one, two) : compareLater(one, two);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** With a leading zero in either, both are digits after a decimal point (`1.02` is below `1.1`). */
function compareLater(one: string, two: string): number {
  if (!one.startsWith('0') && !two.startsWith('0')) return compareNumbers(one, two);
  return compareTexts(withoutTrailingZeros(one), withoutTrailingZeros(two));
}

/** `_p` is above no suffix, all others are below it. */
const KINDS = ['alpha', 'beta', 'pre', 'rc', undefined, 'p'];

function compareSuffixes(a: GentooVersion['suffixes'], b: GentooVersion['suffixes']): number {
  const most = Math.max(a.length, b.length);
  for (let i = 0; i < most; i++) {
    const [one, two] = [a[i], b[i]];
    const order = KINDS.indexOf(one?.kind) - KINDS.indexOf(two?.kind) || compareNumbers(one?.number ?? '', two?.number ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}
