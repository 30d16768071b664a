import { compareSemver, parseSemver, type SemVer } from '../semver-order.ts';
import type { VersionScheme } from '../types.ts';

/**
 * Semantic versions, read as loosely as npm does, without npm's limit on the size of numbers. `1.2.3.4` is a version too:
 * it is ordered against others by its first three parts, and undecided against another `1.2.3`.
 */
export const semver: VersionScheme<SemVer> = {
  id: 'semver',
  ecosystems: ['npm', 'SwiftURL', 'Bitnami', 'GitHub Actions'],
  parse: parseSemver,
  compare: compareSemver,
};
