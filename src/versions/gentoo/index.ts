import type { VersionScheme } from '../types.ts';
import { compareGentoo, type GentooVersion, parseGentoo } from './parse.ts';

/**
 * Versions of Gentoo's packages, revision included. Source: Package Manager Specification, "Version Specifications" and "Version
 * Comparison"; the order is that of Portage. OSV has no name for Gentoo: this one is ours.
 */
export const gentoo: VersionScheme<GentooVersion> = {
  id: 'gentoo',
  ecosystems: ['Gentoo'],
  parse: parseGentoo,
  compare: compareGentoo,
};
