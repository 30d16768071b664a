import { type Evr, parseEvr } from '../evr.ts';
import type { VersionScheme } from '../types.ts';
import { compareRpm } from './compare.ts';

/**
 * Versions of rpm packages, `[epoch:]version[-release]`. The order is that of `rpm.vercmp` of rpm 4.18. Source: rpm-version(7).
 * Names that OSV does not have (Amazon, Oracle, Fedora, CBL-Mariner) are ours.
 */
export const rpm: VersionScheme<Evr> = {
  id: 'rpm',
  ecosystems: [
    'Red Hat',
    'AlmaLinux',
    'Rocky Linux',
    'CentOS',
    'Oracle Linux',
    'Amazon Linux',
    'Fedora',
    'SUSE',
    'openSUSE',
    'Azure Linux',
    'CBL-Mariner',
    'Photon OS',
    'Mageia',
    'openEuler',
  ],
  parse: parseEvr,
  compare: compareRpm,
};
