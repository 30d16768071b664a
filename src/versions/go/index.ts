import { compareSemver, parseSemver, type SemVer } from '../semver-order.ts';
import type { VersionScheme } from '../types.ts';
import { toolchainVersion } from './toolchain.ts';

/**
 * Versions of Go modules (`v1.2.3`, pseudo-versions, `+incompatible`) and of the toolchain and its standard library
 * (`go1.22rc1`, `1.22`). OSV's Go records write both as semantic versions without `v`: `1.22.0-rc.1`.
 * `(devel)` and the empty version of a main module are no versions. Sources: Go Modules Reference, "Versions" and
 * "Pseudo-versions"; go.dev/doc/toolchain, "Go versions"; Go vulnerability database, "Schema".
 */
export const go: VersionScheme<SemVer> = {
  id: 'go',
  ecosystems: ['Go'],
  parse(text) {
    return parseSemver(toolchainVersion(text) ?? text);
  },
  compare: compareSemver,
};
