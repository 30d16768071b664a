import { isNamed, readAll, readJson } from '../feed-files.ts';
import { readOval } from '../oval.ts';
import { takeErratum } from '../rpm-errata.ts';
import type { AdvisorySource, RecordSink } from '../types.ts';
import { erratumOf } from './oval.ts';
import { oracleErratum } from './schema.ts';

/** `com.oracle.elsa-2024.xml.bz2`, `com.oracle.elsa-20240001.xml`, as Oracle names them. */
const OVAL = /(?:^|\/)com\.oracle\.elsa-[\w-]+\.xml(?:\.(?:bz2|gz|zst))?$/;

/** Oracle Linux errata (ELSA), from its OVAL definitions: binary packages by release, version and architecture. */
export const oracle: AdvisorySource = {
  id: 'oracle',
  title: 'Oracle Linux errata',
  licence: 'public errata, none stated',
  homepage: 'https://linux.oracle.com/security/oval',
  kind: 'advisories',
  claims: (fileName) => OVAL.test(fileName) || isNamed(fileName, /^oracle$/),
  parse: async (file, sink) => {
    if (!OVAL.test(file.name)) return readJson(file, sink, (value) => take(value, sink));
    const document = readOval((await readAll(file)).toString('utf8'));
    if (typeof document === 'string') throw new Error(`not OVAL: ${document}`);
    for (const definition of document.definitions) take(erratumOf(definition, document, sink), sink);
  },
};

function take(value: unknown, sink: RecordSink): void {
  const found = oracleErratum(value, sink);
  if (found === undefined) return;
  takeErratum(found.erratum, sink);
  for (const fact of found.facts) sink.fact(fact);
}
