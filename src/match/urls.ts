/** Page of an advisory for people; undefined where its publisher has none we know. */
export function advisoryUrl(id: string, feed: string): string | undefined {
  if (feed === 'debian-osv') return `https://security-tracker.debian.org/tracker/${id}`;
  if (feed.startsWith('alpine-')) return id.startsWith('CVE-') ? `https://security.alpinelinux.org/vuln/${id}` : undefined;
  if (feed === 'friendsofphp' && id.includes('/')) return `https://github.com/FriendsOfPHP/security-advisories/blob/master/${id}.yaml`;
  const prefix = /^[A-Za-z]+(?=-)/.exec(id)?.[0] ?? '';
  return PAGES[prefix]?.(id);
}

const osv = (id: string): string => `https://osv.dev/vulnerability/${id}`;

const PAGES: Readonly<Record<string, (id: string) => string>> = {
  CVE: (id) => `https://nvd.nist.gov/vuln/detail/${id}`,
  GHSA: (id) => `https://github.com/advisories/${id}`,
  GO: (id) => `https://pkg.go.dev/vuln/${id}`,
  RUSTSEC: (id) => `https://rustsec.org/advisories/${id}.html`,
  RHSA: (id) => `https://access.redhat.com/errata/${id}`,
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
