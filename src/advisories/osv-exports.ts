/** Records of one feed in the exports of osv.dev. */
export interface OsvExport {
  /** Id of the feed. */
  readonly feed: string;
  /** Folders of the bucket, as `ecosystems.txt` has them. */
  readonly ecosystems: readonly string[];
  /** How the feed's records are called; anchored. */
  readonly ids: RegExp;
}

/** Ecosystems that GitHub's advisories speak of, and reports of malicious packages. */
const LANGUAGES = ['npm', 'PyPI', 'Maven', 'NuGet', 'Go', 'RubyGems', 'crates.io', 'Packagist', 'Pub', 'Hex', 'SwiftURL', 'GitHub Actions'];

/**
 * What of the bucket belongs to which feed: a folder holds records of several databases. Left out are those whose own form says more
 * (RustSec, RubySec, Ubuntu), and those that no image's packages are found in (Android, Linux, OSS-Fuzz, GIT). Source: google.github.io/osv.dev/data.
 */
export const OSV_EXPORTS: readonly OsvExport[] = [
  { feed: 'ghsa', ecosystems: LANGUAGES, ids: /^GHSA(-[0-9a-z]{4}){3}$/ },
  { feed: 'malicious', ecosystems: LANGUAGES, ids: /^MAL-\d{4}-\d+$/ },
  { feed: 'pypa', ecosystems: ['PyPI'], ids: /^PYSEC-\d{4}-\d+$/ },
  { feed: 'govulndb', ecosystems: ['Go'], ids: /^GO-\d{4}-\d+$/ },
  { feed: 'bitnami', ecosystems: ['Bitnami'], ids: /^BIT-/ },
  { feed: 'debian-osv', ecosystems: ['Debian'], ids: /^(DEBIAN-CVE|CVE|DSA|DLA|DTSA)-/ },
  { feed: 'alpine-osv', ecosystems: ['Alpine'], ids: /^(ALPINE-CVE|CVE)-/ },
  { feed: 'almalinux-osv', ecosystems: ['AlmaLinux'], ids: /^AL[SBE]A-/ },
  { feed: 'rocky-osv', ecosystems: ['Rocky Linux'], ids: /^R[LX][SBE]A-/ },
  { feed: 'redhat-osv', ecosystems: ['Red Hat'], ids: /^RH[SBE]A-/ },
  { feed: 'suse-osv', ecosystems: ['SUSE', 'openSUSE'], ids: /^(SUSE|openSUSE)-/ },
];

const FILE = /(?:^|\/)osv\/([^/]+)\/(?:all\.zip\/)?([^/]+)\.json$/;

/** True for `osv/PyPI/PYSEC-2024-1.json` and `osv/PyPI/all.zip/PYSEC-2024-1.json` where the feed is `pypa`. */
export function isExportOf(feed: string, path: string): boolean {
  if (path !== lastPath) {
    lastPath = path;
    const [, ecosystem, id] = FILE.exec(path) ?? [];
    lastFeed = ecosystem === undefined || id === undefined ? undefined : feedOf(ecosystem, id);
  }
  return lastFeed === feed;
}

/** The feed that a record belongs to; undefined for those that are nobody's. */
export function feedOf(ecosystem: string, id: string): string | undefined {
  return OSV_EXPORTS.find(({ ecosystems, ids }) => ecosystems.includes(ecosystem) && ids.test(id))?.feed;
}

/** Every feed is asked about the same path, one after the other. */
let lastPath = '';
let lastFeed: string | undefined;
