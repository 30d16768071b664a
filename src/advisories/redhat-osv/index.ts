import { osvSource } from '../osv-source.ts';
import { osvModules } from '../rpm-modules.ts';

/** Red Hat errata. The ecosystem carries the CPE of the product stream; names are binary packages; CVEs stand in `related`. */
export const redhatOsv = osvSource({
  id: 'redhat-osv',
  title: 'Red Hat security data',
  licence: 'CC-BY-4.0',
  homepage: 'https://security.access.redhat.com/data/osv',
  file: /^redhat-osv$/,
  accepts: (ecosystem) => ecosystem.startsWith('Red Hat'),
  errata: /^RH[SBE]A-/,
  modules: osvModules,
});
