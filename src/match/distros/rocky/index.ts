import { byBinaryAndSource, isAboutBuild, otherVendor, RPM_KERNEL } from '../rpm.ts';
import type { DistroPlugin } from '../types.ts';

/**
 * Rocky Linux: errata by major release. Its own form lists installed packages by architecture and comes before the OSV form
 * of the same erratum, which is by source package. Repositories of special interest groups are no part of the release: an
 * image does not tell whether it has them. Source: https://errata.rockylinux.org, https://wiki.rockylinux.org/rocky/version/.
 */
export const rocky: DistroPlugin = {
  id: 'rocky',
  ids: ['rocky'],
  packageType: 'rpm',
  ecosystems: ({ distro: { versionId = '' } }) => {
    const major = /^\d+/.exec(versionId)?.[0];
    return major === undefined ? [] : [`Rocky Linux:${major}`];
  },
  lookups: byBinaryAndSource,
  applies: (advisory, question) =>
    question.lookup.as === (advisory.feed === 'rocky-osv' ? 'source' : 'binary') && isAboutBuild(advisory, question),
  copies: { 'rocky-osv': 'rocky-errata' },
  rank: () => 0,
  builder: otherVendor(/^Rocky\b/i),
  kernel: RPM_KERNEL,
};
