import { compareSemver, parseStrictSemver, type SemVer } from '../semver-order.ts';
import type { VersionScheme } from '../types.ts';

/**
 * Versions of crates: semantic versions to the letter, as cargo takes no other. Build metadata does not count, as in
 * `cmp_precedence` of the `semver` crate and in cargo's requirements. Source: The Cargo Book, "The version field".
 */
export const crates: VersionScheme<SemVer> = {
  id: 'crates',
  ecosystems: ['crates.io'],
  parse: parseStrictSemver,
  compare: compareSemver,
};
