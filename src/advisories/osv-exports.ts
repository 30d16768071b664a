/** Records of one feed in the exports of osv.dev. */
export interface OsvExport {
  /** The upstream that mirrors them, and its folder among the mirrored feeds. */
  readonly upstream: 'osv' | 'osv-rpm';
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
 * What of the bucket belongs to which feed: a folder holds records of several databases. Those of rpm distributions are an upstream
 * of their own: by default these distributions' own forms are mirrored, which say more. Left out are those whose own form says more
 * (RustSec, RubySec), and those that no image's packages are found in (Android, Linux, OSS-Fuzz, GIT). Source: google.github.io/osv.dev/data.
 */
export const OSV_EXPORTS: readonly OsvExport[] = [
  { upstream: 'osv', feed: 'ghsa', ecosystems: LANGUAGES, ids: /^GHSA(-[0-9a-z]{4}){3}$/ },
  { upstream: 'osv', feed: 'malicious', ecosystems: LANGUAGES, ids: /^MAL-\d{4}-\d+$/ },
  { upstream: 'osv', feed: 'pypa', ecosystems: ['PyPI'], ids: /^PYSEC-\d{4}-\d+$/ },
  { upstream: 'osv', feed: 'govulndb', ecosystems: ['Go'], ids: /^GO-\d{4}-\d+$/ },
  { upstream: 'osv', feed: 'bitnami', ecosystems: ['Bitnami'], ids: /^BIT-/ },
  { upstream: 'osv', feed: 'debian-osv', ecosystems: ['Debian'], ids: /^(DEBIAN-CVE|CVE|DSA|DLA|DTSA)-/ },
  { upstream: 'osv', feed: 'ubuntu-osv', ecosystems: ['Ubuntu'], ids: /^UBUNTU-CVE-/ },
  { upstream: 'osv', feed: 'ubuntu-usn', ecosystems: ['Ubuntu'], ids: /^USN-\d+-\d+$/ },
  { upstream: 'osv', feed: 'alpine-osv', ecosystems: ['Alpine'], ids: /^(ALPINE-CVE|CVE)-/ },
  { upstream: 'osv-rpm', feed: 'almalinux-osv', ecosystems: ['AlmaLinux'], ids: /^AL[SBE]A-/ },
  { upstream: 'osv-rpm', feed: 'rocky-osv', ecosystems: ['Rocky Linux'], ids: /^R[LX][SBE]A-/ },
  { upstream: 'osv-rpm', feed: 'redhat-osv', ecosystems: ['Red Hat'], ids: /^RH[SBE]A-/ },
  { upstream: 'osv-rpm', feed: 'suse-osv', ecosystems: ['SUSE', 'openSUSE'], ids: /^(SUSE|openSUSE)-/ },
];

const FILE = /(?:^|\/)(osv|osv-rpm)\/([^/]+)\/(?:all\.zip\/)?([^/]+)\.json$/;

/** True for `osv/PyPI/PYSEC-2024-1.json` and `osv/PyPI/all.zip/PYSEC-2024-1.json` where the feed is `pypa`. */
export function isExportOf(feed: string, path: string): boolean {
  if (path !== lastPath) {
    lastPath = path;
    const [, upstream, ecosystem, id] = FILE.exec(path) ?? [];
    lastFeed = upstream === undefined || ecosystem === undefined || id === undefined ? undefined : feedOf(upstream, ecosystem, id);
  }
  return lastFeed === feed;
}

/** The feed that a record belongs to; undefined for those that are nobody's. */
export function feedOf(upstream: string, ecosystem: string, id: string): string | undefined {
  return OSV_EXPORTS.find((each) => each.upstream === upstream && each.ecosystems.includes(ecosystem) && each.ids.test(id))?.feed;
}

/** Every feed is asked about the same path, one after the other. */
let lastPath = '';
let lastFeed: string | undefined;
