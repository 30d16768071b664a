import { compareNumbers, type NumberList, parseNumbers } from '../number-lists.ts';
import type { VersionScheme } from '../types.ts';

/**
 * Versions of R packages: numbers between dots and hyphens, which mean the same. Undecided where only zeros at the end differ:
 * `compareVersion` puts `1.0.0` above `1.0`, `numeric_version` finds them equal. Source: R, `?compareVersion` and `?numeric_version`.
 */
export const cran: VersionScheme<NumberList> = {
  id: 'cran',
  ecosystems: ['CRAN', 'Bioconductor'],
  parse: (text) => parseNumbers(text, /[.-]/),
  compare(a, b) {
    const order = compareNumbers(a, b);
    const more = a.length > b.length ? a.slice(b.length) : b.slice(a.length);
    const common = compareNumbers(a.slice(0, b.length), b.slice(0, a.length));
    return order !== 0 && common === 0 && more.every((number) => number === 0) ? undefined : order;
  },
};
