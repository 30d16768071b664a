import { summaryLabel } from '../labels.ts';
import { osvSource } from '../osv-source.ts';
import { osvModules } from '../rpm-modules.ts';

/** Rocky Linux errata (RLSA) and those of its SIG repositories (RXSA); names are source packages, CVEs stand in `related`. */
export const rockyOsv = osvSource({
  id: 'rocky-osv',
  title: 'Rocky Linux errata',
  licence: 'BSD',
  homepage: 'https://errata.rockylinux.org',
  file: /^rocky-osv$/,
  accepts: (ecosystem) => ecosystem.startsWith('Rocky Linux'),
  errata: /^R[LX][SBE]A-/,
  detail: (_, record) => summaryLabel(record.summary),
  modules: osvModules,
});
