/** Page of an advisory for people; undefined where its publisher has none we know. */
export function advisoryUrl(id: string, feed: string): string | undefined {
  if (feed.startsWith('debian-')) return `https://security-tracker.debian.org/tracker/${id}`;
  if (feed.startsWith('ubuntu-') && id.startsWith('CVE-')) return `https://ubuntu.com/security/${id}`;
  if (feed === 'redhat-cve' || (feed === 'redhat-vex' && id.startsWith('CVE-'))) return `https://access.redhat.com/security/cve/${id}`;
  if (feed === 'amazon') return amazonUrl(id);
  if (feed.startsWith('alpine-')) return id.startsWith('CVE-') ? `https://security.alpinelinux.org/vuln/${id}` : undefined;
  if (feed === 'friendsofphp' && id.includes('/')) return `https://github.com/FriendsOfPHP/security-advisories/blob/master/${id}.yaml`;
  const prefix = /^[A-Za-z]+(?=-)/.exec(id)?.[0] ?? '';
  return PAGES[prefix]?.(id);
}

/** Releases have folders of their own, the first excepted: `ALAS-2011-1`, `ALAS2PHP8.0-2024-010`, `ALAS2023-2025-839`. */
function amazonUrl(id: string): string {
  const release = /^ALAS(2023|2022|2)/.exec(id)?.[1];
  return `https://alas.aws.amazon.com/${release ? `AL${release}/` : ''}${id}.html`;
}

/** `SUSE-SU-2022:2614-1` is at `2022/suse-su-20222614-1`; openSUSE's own updates have no page that their id tells. */
function suseUrl(id: string): string {
  const [, kind = '', year = '', rest = ''] = /^(SUSE-[A-Z]U)-(\d{4}):(.+)$/.exec(id) ?? [];
  return `https://www.suse.com/support/update/announcement/${year}/${kind.toLowerCase()}-${year}${rest}/`;
}

const redhatErratum = (id: string): string => `https://access.redhat.com/errata/${id}`;
const osv = (id: string): string => `https://osv.dev/vulnerability/${id}`;

const PAGES: Readonly<Record<string, (id: string) => string>> = {
  CVE: (id) => `https://nvd.nist.gov/vuln/detail/${id}`,
  GHSA: (id) => `https://github.com/advisories/${id}`,
  GO: (id) => `https://pkg.go.dev/vuln/${id}`,
  RUSTSEC: (id) => `https://rustsec.org/advisories/${id}.html`,
  RHSA: redhatErratum,
  RHBA: redhatErratum,
  RHEA: redhatErratum,
  AVG: (id) => `https://security.archlinux.org/${id}`,
  GLSA: (id) => `https://security.gentoo.org/glsa/${id.slice('GLSA-'.length)}`,
  ELSA: (id) => `https://linux.oracle.com/errata/${id}.html`,
  SUSE: suseUrl,
  USN: (id) => `https://ubuntu.com/security/notices/${id}`,
  DSA: (id) => `https://security-tracker.debian.org/tracker/${id}`,
  DLA: (id) => `https://security-tracker.debian.org/tracker/${id}`,
  PYSEC: osv,
  MAL: osv,
  PSF: osv,
  BIT: osv,
  ALSA: osv,
  RLSA: osv,
};
