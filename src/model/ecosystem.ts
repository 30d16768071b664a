import type { Ecosystem } from './advisory.ts';
import type { PackageType } from './package.ts';

const LIBRARIES: Partial<Record<PackageType, Ecosystem>> = {
  npm: 'npm',
  pypi: 'PyPI',
  maven: 'Maven',
  golang: 'Go',
  cargo: 'crates.io',
  gem: 'RubyGems',
  composer: 'Packagist',
  nuget: 'NuGet',
  hex: 'Hex',
  pub: 'Pub',
  swift: 'SwiftURL',
  conan: 'ConanCenter',
  cran: 'CRAN',
  hackage: 'Hackage',
  bitnami: 'Bitnami',
};

/** The OSV ecosystem of a library package type, or undefined where OSV has none. */
export function libraryEcosystem(type: PackageType): Ecosystem | undefined {
  return LIBRARIES[type];
}

/**
 * The name under which the database files a package.
 * PyPI: PEP 503 normalisation. NuGet, Packagist, Hex, Pub, Conan: lower case, which their registries compare by or demand. Others as
 * written: RubyGems, CRAN, Hackage, npm tell capitals apart, and crates.io's advisories write `-` and `_` as the crate does.
 * SwiftURL: host and path of the repository in lower case (GHSA writes `github.com/apple/swift-nio`, OSV's schema an https address).
 */
export function normaliseName(ecosystem: Ecosystem, name: string): string {
  switch (ecosystem) {
    case 'PyPI':
      return name.toLowerCase().replace(/[-_.]+/g, '-');
    case 'NuGet':
    case 'Packagist':
    case 'Hex':
    case 'Pub':
    case 'ConanCenter':
      return name.toLowerCase();
    case 'SwiftURL':
      return repositoryOf(name).toLowerCase();
    default:
      return name;
  }
}

/**
 * Host and path of a Git repository's address, whichever way it is written: `https://github.com/apple/swift-nio.git`,
 * `git@github.com:apple/swift-nio`. Swift names packages so; Source: swift-package-manager, PackageIdentity (canonical location).
 */
export function repositoryOf(address: string): string {
  const path = address
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/^[^/@]*@/, '')
    .replace(/^([^/:]+):(\d+(?=\/))?\/*/, '$1/')
    .replace(/\/+$/, '');
  return path.toLowerCase().endsWith('.git') ? path.slice(0, -4) : path;
}
