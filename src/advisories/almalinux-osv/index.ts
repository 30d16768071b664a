import { summaryLabel } from '../labels.ts';
import { osvSource } from '../osv-source.ts';
import { osvModules } from '../rpm-modules.ts';

/** AlmaLinux errata; names are binary packages, CVEs stand in `related`, the severity opens the summary. */
export const almalinuxOsv = osvSource({
  id: 'almalinux-osv',
  title: 'AlmaLinux errata',
  licence: 'MIT',
  homepage: 'https://github.com/AlmaLinux/osv-database',
  file: /^almalinux-osv$/,
  accepts: (ecosystem) => ecosystem.startsWith('AlmaLinux'),
  errata: /^AL[SBE]A-/,
  detail: (_, record) => summaryLabel(record.summary),
  modules: osvModules,
});
