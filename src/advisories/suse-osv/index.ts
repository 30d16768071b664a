import { osvSource } from '../osv-source.ts';

/** SUSE and openSUSE updates; the ecosystem carries the product's name, names are source packages, CVEs stand in `related`. */
export const suseOsv = osvSource({
  id: 'suse-osv',
  title: 'SUSE security updates',
  licence: 'CC-BY-4.0',
  homepage: 'https://www.suse.com/support/update',
  file: /^suse-osv$/,
  // The archive holds its own index.
  records: /(?<!\/all)\.json$/,
  accepts: (ecosystem) => ecosystem.startsWith('SUSE') || ecosystem.startsWith('openSUSE'),
  errata: /^(SUSE|openSUSE)-/,
});
