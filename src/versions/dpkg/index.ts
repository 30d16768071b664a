import type { VersionScheme } from '../types.ts';
import { compareDpkg, type DpkgVersion, parseDpkg } from './parse.ts';

/** Versions of Debian packages. Source: deb-version(7), Debian Policy 5.6.12; the order is that of `dpkg --compare-versions`. */
export const dpkg: VersionScheme<DpkgVersion> = {
  id: 'dpkg',
  ecosystems: ['Debian', 'Ubuntu'],
  parse: parseDpkg,
  compare: compareDpkg,
};
