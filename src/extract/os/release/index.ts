import type { Distro } from '../../../model/index.ts';
import { readWithin } from '../../read-within.ts';
import type { Extractor } from '../../types.ts';
import { readKin } from './kin.ts';
import { parseOsRelease } from './os-release.ts';

/** What one file says; `path` is added when the view is settled. */
type Stated = Omit<Distro, 'path'>;

/** The longest real one is under 1 kB. */
const LIMIT = 64 << 10;

/**
 * Files in the order in which they are believed: os-release(5), where /etc wins over /usr/lib, then the files of the time
 * before it. Derivatives often keep their parent's debian_version or redhat-release, so those come last; lsb-release comes before
 * debian_version because Ubuntu has both.
 */
const OS_RELEASE = ['etc/os-release', 'usr/lib/os-release'];
const KIN = [
  'etc/alpine-release',
  'etc/oracle-release',
  'etc/rocky-release',
  'etc/almalinux-release',
  'etc/centos-release',
  'etc/fedora-release',
  'etc/redhat-release',
  'etc/system-release',
  'etc/SuSE-release',
  'etc/UnitedLinux-release',
  'etc/lsb-release',
  'etc/debian_version',
  'etc/arch-release',
  'etc/gentoo-release',
  'etc/slackware-version',
];
const ORDER = [...OS_RELEASE, ...KIN];

/** The distribution release of the root file system; it gives no packages. */
export const release: Extractor<Stated> = {
  id: 'os/release',
  version: 1,
  class: 'os',
  wants: { paths: ORDER },

  async extract(file, ctx) {
    const bytes = await readWithin(file, LIMIT, ctx, { what: 'os-release', incomplete: true });
    if (!bytes) return undefined;
    const text = bytes.toString('utf8');
    return OS_RELEASE.includes(file.path) ? parseOsRelease(text) : readKin(file.path.slice('etc/'.length), text);
  },

  settle(view) {
    const found = [...view.visible].sort((a, b) => ORDER.indexOf(a.path) - ORDER.indexOf(b.path));
    const first = found[0];
    if (first === undefined) return { packages: [] };
    const debian = found.find((entry) => entry.path === 'etc/debian_version')?.partial;
    return { packages: [], distro: { ...completeDebian(first.partial, debian), path: first.path } };
  },
};

/** Debian's testing and unstable state no version in os-release; debian_version (`forky/sid`) tells which release they become. */
function completeDebian(stated: Stated, debian: Stated | undefined): Stated {
  if (stated.id !== 'debian' || stated.versionId !== undefined || debian === undefined) return stated;
  return {
    ...stated,
    ...(debian.versionId ? { versionId: debian.versionId } : {}),
    ...(debian.codename ? { codename: debian.codename } : {}),
  };
}
