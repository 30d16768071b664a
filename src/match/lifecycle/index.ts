import type { Distro } from '../../model/index.ts';
import { DEB_AND_APK } from './deb-apk.ts';
import { RPM } from './rpm.ts';
import type { Lifecycle, Releases } from './types.ts';

const TABLE: Readonly<Record<string, Releases>> = { ...DEB_AND_APK, ...RPM };

/** IDs of os-release that are another one's releases under a second name. */
const SAME: Readonly<Record<string, string>> = {
  'opensuse-leap': 'opensuse',
  'sled': 'sles',
  'sles_sap': 'sles',
  'redhat': 'rhel',
  'oracle': 'ol',
};

/** Distributions without releases: whoever updates has the newest of everything. */
const ROLLING: Readonly<Record<string, string>> = {
  'arch': 'https://wiki.archlinux.org/title/Arch_Linux',
  'chainguard': 'https://edu.chainguard.dev/open-source/wolfi/overview/',
  'gentoo': 'https://www.gentoo.org/get-started/about/',
  'kali': 'https://www.kali.org/docs/general-use/kali-branches/',
  'opensuse-tumbleweed': 'https://get.opensuse.org/tumbleweed/',
  'wolfi': 'https://edu.chainguard.dev/open-source/wolfi/overview/',
};

/** Whether a release still gets security updates on the day of `now` (UTC). */
export function lifecycleOf(distro: Distro, now: Date): Lifecycle {
  const rolling = Object.hasOwn(ROLLING, distro.id) ? ROLLING[distro.id] : undefined;
  if (rolling !== undefined) return { status: 'supported', source: rolling };
  if (distro.id === 'alpine' && distro.codename === 'edge') return { status: 'supported', source: 'https://alpinelinux.org/releases/' };
  const name = tableName(distro);
  const releases = Object.hasOwn(TABLE, name) ? TABLE[name] : undefined;
  if (releases === undefined) return { status: 'unknown', source: '' };
  return judge(releases, distro.versionId ?? '', now.toISOString().slice(0, 10));
}

/** CentOS Stream has the ID of CentOS Linux, and tells by its name only. */
function tableName({ id, prettyName }: Distro): string {
  if (id === 'centos' && /\bStream\b/i.test(prettyName ?? '')) return 'centos-stream';
  return Object.hasOwn(SAME, id) ? (SAME[id] ?? id) : id;
}

function judge({ source, extension, releases }: Releases, version: string, today: string): Lifecycle {
  const dates = candidates(version)
    .map((text) => (Object.hasOwn(releases, text) ? releases[text] : undefined))
    .find((found) => found !== undefined);
  if (dates === undefined) return { status: isOlder(version, Object.keys(releases)) ? 'end-of-life' : 'unknown', source };
  const [endOfLife, extendedUntil] = dates;
  const extended = extendedUntil !== undefined && today <= extendedUntil;
  return {
    status: today <= endOfLife ? 'supported' : extended ? 'extended' : 'end-of-life',
    endOfLife,
    ...(extendedUntil ? { extendedUntil } : {}),
    ...(extendedUntil && extension ? { extension } : {}),
    publicUntil: extendedUntil && extension?.public ? extendedUntil : endOfLife,
    source,
  };
}

/** `3.20.3`, then `3.20`, then `3`, then `3.0` (SUSE's first release of a major version calls itself `15`). */
function candidates(version: string): string[] {
  const parts = /^\d+(?:\.\d+)*/.exec(version)?.[0].split('.') ?? [];
  const shorter = parts.map((_, i) => parts.slice(0, parts.length - i).join('.'));
  return parts.length === 1 ? [...shorter, `${parts[0]}.0`] : shorter;
}

/** Older than every listed release: what has been dead for so long is not listed. */
function isOlder(version: string, listed: readonly string[]): boolean {
  const major = Number.parseInt(version, 10);
  return listed.every((text) => major < Number.parseInt(text, 10));
}
