import { isNamed, readJson } from '../feed-files.ts';
import { takeErratum } from '../rpm-errata.ts';
import type { AdvisorySource } from '../types.ts';
import { oracleErratum } from './schema.ts';

/** Oracle Linux errata (ELSA), from its OVAL definitions: binary packages by release, version and architecture. */
export const oracle: AdvisorySource = {
  id: 'oracle',
  title: 'Oracle Linux errata',
  licence: 'public errata, none stated',
  homepage: 'https://linux.oracle.com/security/oval',
  kind: 'advisories',
  claims: (fileName) => isNamed(fileName, /^oracle$/),
  parse: (file, sink) =>
    readJson(file, sink, (value) => {
      const found = oracleErratum(value, sink);
      if (found === undefined) return;
      takeErratum(found.erratum, sink);
      for (const fact of found.facts) sink.fact(fact);
    }),
};
