import { isNamed, readJson } from '../feed-files.ts';
import type { AdvisorySource } from '../types.ts';
import { cveRecord } from './schema.ts';

/**
 * Red Hat's CVE pages: the state of components that no erratum fixes, by product and source package, and Red Hat's own
 * severity and CVSS. What errata fix is in `redhat-osv`, by installed package, and is not repeated from here.
 */
export const redhatCve: AdvisorySource = {
  id: 'redhat-cve',
  title: 'Red Hat CVE database',
  licence: 'CC-BY-4.0',
  homepage: 'https://access.redhat.com/hydra/rest/securitydata',
  kind: 'advisories',
  claims: (fileName) => isNamed(fileName, /^redhat-cve$/),
  parse: (file, sink) =>
    readJson(file, sink, (value) => {
      const record = cveRecord(value, sink);
      if (record === undefined) return;
      if (record.advisory.affected.length > 0) sink.advisory(record.advisory);
      if (record.fact) sink.fact(record.fact);
    }),
};
