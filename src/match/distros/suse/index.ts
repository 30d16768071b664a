import type { Ecosystem } from '../../../model/index.ts';
import { bySource } from '../lookups.ts';
import { isAboutBuild, otherVendor, RPM_KERNEL } from '../rpm.ts';
import type { Coverage, DistroImage, DistroPlugin } from '../types.ts';

/**
 * SUSE Linux Enterprise and openSUSE: updates by product and source package. A service pack is a stream of its own, made of the
 * server product and of modules; what is still fixed for subscribers (LTSS, ESPOS, BCL) affects everybody else's packages as
 * well. Sources: https://www.suse.com/support/security/oval/, https://www.suse.com/lifecycle,
 * https://documentation.suse.com/sles/15-SP6/html/SLES-all/article-modules.html.
 */
export const suse: DistroPlugin = {
  id: 'suse',
  ids: ['sles', 'sled', 'sles_sap', 'sle-micro', 'sl-micro', 'opensuse-leap', 'opensuse-leap-micro', 'opensuse-tumbleweed', 'opensuse'],
  packageType: 'rpm',
  ecosystems,
  lookups: bySource,
  applies: isAboutBuild,
  rank: () => 0,
  builder: otherVendor(/^(SUSE\b|openSUSE\b|obs:\/\/build\.(suse\.de\/SUSE|opensuse\.org\/openSUSE):)/i),
  kernel: RPM_KERNEL,
};

function ecosystems({ distro: { id, versionId = '' } }: DistroImage, known: Coverage): readonly Ecosystem[] {
  if (id === 'opensuse-tumbleweed') return ['openSUSE:Tumbleweed'];
  const [major, minor] = /^(\d+)(?:\.(\d+))?/.exec(versionId)?.slice(1) ?? [];
  if (major === undefined) return [];
  const release = minor === undefined ? major : `${major}.${minor}`;
  if (id === 'opensuse-leap-micro') return [`openSUSE:Leap Micro ${release}`];
  if (id.startsWith('opensuse')) return [`openSUSE:Leap ${release}`, `openSUSE:Leap ${release} NonFree`];
  if (id.endsWith('-micro')) return [`SUSE:Linux Enterprise Micro ${release}`, `SUSE:Linux Micro ${release}`];
  return known.ecosystemsOf('SUSE').filter((ecosystem) => isOfServicePack(ecosystem, major, minor ?? '0'));
}

/** `Linux Enterprise Module for Basesystem 15 SP3`, `Linux Enterprise Server 15 SP3-LTSS`, `Package Hub 15 SP3`. */
const PRODUCT = /^SUSE:(Linux Enterprise|Package Hub)\b(.*?) (\d+)(?: SP(\d+))?(?:[- ][A-Z][A-Z -]*)?$/;

/** Modules of release 12 are made for all of its service packs; those of 15 for one. */
function isOfServicePack(ecosystem: string, major: string, minor: string): boolean {
  const [, , name = '', release, pack] = PRODUCT.exec(ecosystem) ?? [];
  if (release !== major || / Micro\b/.test(name)) return false;
  return (pack ?? '0') === minor || (pack === undefined && major === '12' && name.includes(' Module for '));
}
