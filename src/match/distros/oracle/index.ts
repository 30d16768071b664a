import { byBinary } from '../lookups.ts';
import { fixedVersion, isAboutBuild, otherVendor, RPM_KERNEL } from '../rpm.ts';
import type { DistroPlugin } from '../types.ts';

/**
 * Oracle Linux: errata by major release and installed package. Packages that Ksplice patches in memory, and those of the FIPS
 * validated builds, have errata of their own under the same names, told by their release; their versions say nothing of the
 * plain packages. Sources: Oracle Linux Ksplice User's Guide, "About Ksplice Enhanced Client"; Oracle Linux, "Enhancing System
 * Security", "FIPS 140".
 */
export const oracle: DistroPlugin = {
  id: 'oracle',
  ids: ['ol', 'oracle'],
  packageType: 'rpm',
  ecosystems: ({ distro: { versionId = '' } }) => {
    const major = /^\d+/.exec(versionId)?.[0];
    return major === undefined ? [] : [`Oracle Linux:${major}`];
  },
  lookups: byBinary,
  applies: (advisory, question) =>
    variant(fixedVersion(advisory) ?? '') === variant(question.package.version) && isAboutBuild(advisory, question),
  rank: () => 0,
  builder: otherVendor(/^Oracle\b/i),
  kernel: RPM_KERNEL,
};

function variant(evr: string): string {
  return /\.(ksplice)\d|[._](fips)\b/.exec(evr)?.slice(1).join('') ?? '';
}
