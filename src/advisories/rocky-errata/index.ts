import { isNamed, readJson } from '../feed-files.ts';
import { takeErratum } from '../rpm-errata.ts';
import type { AdvisorySource } from '../types.ts';
import { rockyErratum } from './schema.ts';

/**
 * Rocky Linux errata as its own service publishes them: every file of an update, so binary packages by architecture. The same
 * ids as `rocky-osv`, which is by source package.
 */
export const rockyErrata: AdvisorySource = {
  id: 'rocky-errata',
  title: 'Rocky Linux errata (by file)',
  licence: 'BSD',
  homepage: 'https://errata.rockylinux.org',
  kind: 'advisories',
  claims: (fileName) => isNamed(fileName, /^rocky-errata$/),
  isRecord: (fileName) => /\/[A-Z]{4}-\d{4}-\d+\.json$/.test(fileName),
  parse: (file, sink) =>
    readJson(file, sink, (value) => {
      const found = rockyErratum(value, sink);
      if (found === undefined) return;
      takeErratum(found.erratum, sink);
      for (const fact of found.facts) sink.fact(fact);
    }),
};
