import type { VersionScheme } from '../types.ts';
import { compareRpm, parseRpm, type RpmVersion } from './parse.ts';

/**
 * Versions of rpm packages, `[epoch:]version[-release]`. The order is that of `rpm.vercmp` of rpm 4.18. Source: rpm-version(7).
 * Names that OSV does not have (Amazon, Oracle, Fedora, CBL-Mariner) are ours.
 */
export const rpm: VersionScheme<RpmVersion> = {
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
  parse: parseRpm,
  compare: compareRpm,
};
