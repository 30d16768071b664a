import { compareIdentifiers, compareSemver, numeric, parseSemver, type SemVer } from '../semver-order.ts';
import type { VersionScheme } from '../types.ts';

export interface PubVersion extends SemVer {
  readonly builds: SemVer['prerelease'];
}

/**
 * Versions of Dart and Flutter packages: semantic versions in which build metadata counts, after everything else and above
 * none. Source: `Version.compareTo` of Dart's package pub_semver. Read as loosely as npm does; pub itself refuses `v1.0.0`.
 */
export const pub: VersionScheme<PubVersion> = {
  id: 'pub',
  ecosystems: ['Pub'],
  parse(text) {
    const version = parseSemver(text);
    if (!version) return undefined;
    return { ...version, prerelease: version.prerelease.map(dartNumber), builds: builds(version.build) };
  },
  compare(a, b) {
    const order = compareSemver(a, b);
    return order === 0 ? compareIdentifiers(a.builds, b.builds) : order;
  },
};

function builds(text: string): SemVer['prerelease'] {
  return text === '' ? [] : text.split('.').map((part) => dartNumber(/^\d+$/.test(part) ? numeric(part) : part));
}

/** Dart reads identifiers with `int.parse`, which takes `-1` and `0x1f` too, and leaves what 64 bits cannot hold as text. */
function dartNumber(identifier: SemVer['prerelease'][number]): SemVer['prerelease'][number] {
  if (typeof identifier === 'number') return identifier;
  const parts = /^(-?)(\d+|0x[0-9a-f]+)$/i.exec(String(identifier));
  if (!parts?.[2]) return identifier;
  const value = BigInt(parts[2]) * (parts[1] ? -1n : 1n);
  return BigInt.asIntN(64, value) === value ? value : String(identifier);
}
