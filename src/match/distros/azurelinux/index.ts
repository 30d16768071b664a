import { bySource } from '../lookups.ts';
import { isAboutBuild, otherVendor, RPM_KERNEL } from '../rpm.ts';
import type { DistroPlugin } from '../types.ts';

/**
 * Azure Linux, and CBL-Mariner as it was called before: one record for each flaw and source package of a release. Source:
 * https://github.com/microsoft/AzureLinuxVulnerabilityData.
 */
export const azurelinux: DistroPlugin = {
  id: 'azurelinux',
  ids: ['azurelinux', 'mariner'],
  packageType: 'rpm',
  ecosystems: ({ distro: { id, versionId = '' } }) => {
    const [, major, minor = '0'] = /^(\d+)(?:\.(\d+))?/.exec(versionId) ?? [];
    if (major === undefined) return [];
    return [id === 'mariner' ? `CBL-Mariner:${major}.${minor}` : `Azure Linux:${major}`];
  },
  lookups: bySource,
  applies: isAboutBuild,
  rank: () => 0,
  builder: otherVendor(/^Microsoft\b/i),
  kernel: RPM_KERNEL,
};
