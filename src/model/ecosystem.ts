import type { Ecosystem } from './advisory.ts';
import type { Distro } from './inventory.ts';
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

/** The OSV ecosystem of a distribution release: `Debian:12`, `Alpine:v3.20`; undefined where no feed is known for it. */
export function distroEcosystem(distro: Distro): Ecosystem | undefined {
  const version = distro.versionId ?? '';
  const major = version.split('.')[0] ?? '';
  const minor = version.split('.').slice(0, 2).join('.');
  switch (distro.id) {
    case 'debian':
      return major ? `Debian:${Number(major) < 7 ? minor : major}` : undefined;
    case 'alpine':
      if (distro.codename === 'edge') return 'Alpine:edge';
      return minor ? `Alpine:v${minor}` : undefined;
    case 'ubuntu':
      return minor ? `Ubuntu:${minor}` : undefined;
    case 'almalinux':
      return major ? `AlmaLinux:${major}` : undefined;
    case 'rocky':
      return major ? `Rocky Linux:${major}` : undefined;
    default:
      return undefined;
  }
}

/**
 * The name under which the database files a package.
 * PyPI: PEP 503 normalisation. npm, Maven, Go, distributions: as written. NuGet, Packagist: lower case.
 */
export function normaliseName(ecosystem: Ecosystem, name: string): string {
  switch (ecosystem) {
    case 'PyPI':
      return name.toLowerCase().replace(/[-_.]+/g, '-');
    case 'NuGet':
    case 'Packagist':
      return name.toLowerCase();
    default:
      return name;
  }
}
