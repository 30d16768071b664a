import { compareNumbers, type NumberList, parseNumbers } from '../number-lists.ts';
import type { VersionScheme } from '../types.ts';

/** Versions of Haskell packages: numbers between dots, `1.0` above `1`. Sources: Haskell Package Versioning Policy; `Data.Version`. */
export const hackage: VersionScheme<NumberList> = {
  id: 'hackage',
  ecosystems: ['Hackage', 'GHC'],
  parse: (text) => parseNumbers(text, /\./),
  compare: compareNumbers,
};
