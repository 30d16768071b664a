import { isNamed, readJson } from '../feed-files.ts';
import { takeErratum } from '../rpm-errata.ts';
import type { AdvisorySource } from '../types.ts';
import { errataIn, erratum } from './schema.ts';

/**
 * AlmaLinux errata in the form that its own site publishes: binary packages by architecture, with the module builds that
 * the OSV form leaves out. The same ids as `almalinux-osv`.
 */
export const almalinuxErrata: AdvisorySource = {
  id: 'almalinux-errata',
  title: 'AlmaLinux errata (with modules and architectures)',
  licence: 'MIT',
  homepage: 'https://errata.almalinux.org',
  kind: 'advisories',
  claims: (fileName) => isNamed(fileName, /^almalinux-errata$/),
  parse: (file, sink) =>
    readJson(file, sink, (value) => {
      for (const each of errataIn(value)) {
        const found = erratum(each, sink);
        if (found !== undefined) takeErratum(found, sink);
      }
    }),
};
