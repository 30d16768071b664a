import { libraryEcosystem, type PackageType } from '../model/index.ts';
import { compareVersions, schemeFor } from '../versions/index.ts';

/** One ecosystem for each kind of system package: all that have the kind order versions alike. */
const SYSTEMS: Partial<Record<PackageType, string>> = { deb: 'Debian', apk: 'Alpine', rpm: 'Red Hat', alpm: 'Arch', ebuild: 'Gentoo' };

/** Orders two versions of a kind of package as its own ecosystem does; undefined where that has no order for them. */
export function comparePackageVersions(type: PackageType, a: string, b: string): number | undefined {
  const scheme = schemeFor(SYSTEMS[type] ?? libraryEcosystem(type) ?? '');
  if (!scheme) return undefined;
  const ordering = compareVersions(scheme, a, b);
  return ordering.kind === 'undecided' ? undefined : ordering.order;
}
