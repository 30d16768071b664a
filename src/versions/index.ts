import type { Ecosystem } from '../model/index.ts';
import { apk } from './apk/index.ts';
import { conan } from './conan/index.ts';
import { cran } from './cran/index.ts';
import { crates } from './crates/index.ts';
import { dpkg } from './dpkg/index.ts';
import { gentoo } from './gentoo/index.ts';
import { go } from './go/index.ts';
import { hackage } from './hackage/index.ts';
import { hex } from './hex/index.ts';
import { maven } from './maven/index.ts';
import { nuget } from './nuget/index.ts';
import { packagist } from './packagist/index.ts';
import { pacman } from './pacman/index.ts';
import { pep440 } from './pep440/index.ts';
import { pub } from './pub/index.ts';
import { rpm } from './rpm/index.ts';
import { rubygems } from './rubygems/index.ts';
import { semver } from './semver/index.ts';
import type { Ordering, VersionScheme } from './types.ts';

/** Every version scheme; a test compares this list with the folders. */
export const schemes: readonly VersionScheme[] = [
  apk,
  conan,
  cran,
  crates,
  dpkg,
  gentoo,
  go,
  hackage,
  hex,
  maven,
  nuget,
  packagist,
  pacman,
  pep440,
  pub,
  rpm,
  rubygems,
  semver,
];

const byEcosystem = new Map(schemes.flatMap((scheme) => scheme.ecosystems.map((ecosystem) => [ecosystem, scheme] as const)));

/** The scheme that orders the versions of an OSV ecosystem; what stands after `:` (the release) is ignored. */
export function schemeFor(ecosystem: Ecosystem): VersionScheme | undefined {
  const colon = ecosystem.indexOf(':');
  return byEcosystem.get(colon < 0 ? ecosystem : ecosystem.slice(0, colon));
}

/** Orders two texts under a scheme. `undecided` where either is no version of the scheme, or its own tools disagree. */
export function compareVersions(scheme: VersionScheme, a: string, b: string): Ordering {
  const left = scheme.parse(a);
  if (left === undefined) return undecided(`"${a}" is not a version (${scheme.id})`);
  const right = scheme.parse(b);
  if (right === undefined) return undecided(`"${b}" is not a version (${scheme.id})`);
  const order = scheme.compare(left, right);
  if (order === undefined || Number.isNaN(order)) return undecided(`"${a}" and "${b}" have no agreed order (${scheme.id})`);
  return { kind: 'ordered', order: order < 0 ? -1 : order > 0 ? 1 : 0 };
}

function undecided(reason: string): Ordering {
  return { kind: 'undecided', reason };
}
