import { byBinary } from '../lookups.ts';
import { isAboutBuild, otherVendor, RPM_KERNEL } from '../rpm.ts';
import type { DistroPlugin } from '../types.ts';

/**
 * AlmaLinux: errata by major release and installed package; a release is updated along its minor releases, and the newest one
 * alone gets fixes. Its own form of an erratum, with architectures, comes before the OSV form of the same one. Source:
 * https://wiki.almalinux.org/release-notes/, https://errata.almalinux.org.
 */
export const almalinux: DistroPlugin = {
  id: 'almalinux',
  ids: ['almalinux'],
  packageType: 'rpm',
  ecosystems: ({ distro: { versionId = '' } }) => {
    const major = /^\d+/.exec(versionId)?.[0];
    return major === undefined ? [] : [`AlmaLinux:${major}`];
  },
  lookups: byBinary,
  applies: isAboutBuild,
  copies: { 'almalinux-osv': 'almalinux-errata' },
  rank: () => 0,
  builder: otherVendor(/^(AlmaLinux\b|CloudLinux\b)/i),
  kernel: RPM_KERNEL,
};
