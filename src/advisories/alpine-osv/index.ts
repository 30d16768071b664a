import { osvSource } from '../osv-source.ts';

/** Alpine's security database joined with CVE records, as exported by osv.dev: the ranges of alpine-secdb, with CVSS of the NVD. */
export const alpineOsv = osvSource({
  id: 'alpine-osv',
  title: 'Alpine security database (OSV)',
  licence: 'CC-BY-SA-4.0',
  homepage: 'https://security.alpinelinux.org',
  file: /^alpine-osv$/,
  accepts: (ecosystem) => ecosystem.startsWith('Alpine:'),
  cvssSource: 'nvd',
  ownCvss: false,
});
