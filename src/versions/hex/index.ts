import { compareSemver, parseStrictSemver, type SemVer } from '../semver-order.ts';
import type { VersionScheme } from '../types.ts';

/** Versions of Hex packages: semantic versions to the letter, build metadata aside. Source: Elixir, `Version`. */
export const hex: VersionScheme<SemVer> = {
  id: 'hex',
  ecosystems: ['Hex'],
  parse: parseStrictSemver,
  compare: compareSemver,
};
