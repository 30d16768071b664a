import { osvSource } from '../osv-source.ts';

/**
 * Debian's security tracker as exported by osv.dev: CVE records with the fix of each release, and DSA, DLA and DTSA errata
 * whose CVEs stand in `related`. Names are source packages. The CVSS vectors of CVE records are those of the NVD, so they
 * become facts of the flaw and not Debian's opinion; that is `urgency`.
 */
export const debianOsv = osvSource({
  id: 'debian-osv',
  title: 'Debian Security Tracker',
  licence: 'public tracker, none stated',
  homepage: 'https://security-tracker.debian.org',
  file: /^debian-osv$/,
  accepts: (ecosystem) => ecosystem === 'Debian' || ecosystem.startsWith('Debian:'),
  errata: /^(DSA|DLA|DTSA)-/,
  cvssSource: 'nvd',
  ownCvss: false,
  detail: ({ specific }) => {
    const urgency = specific.urgency;
    if (typeof urgency !== 'string' || urgency === 'not yet assigned') return {};
    return urgency === 'end-of-life' ? { status: 'end-of-life' } : { severityLabel: urgency.toLowerCase() };
  },
});
