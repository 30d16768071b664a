import { isNamed, readJson } from '../feed-files.ts';
import type { AdvisorySource } from '../types.ts';
import { vexDocument } from './csaf.ts';
import { takeDocument } from './statements.ts';

/**
 * Red Hat's VEX documents, one a CVE: what errata fix, by product stream and installed package as in `redhat-osv`, and the states
 * of what is not fixed as in `redhat-cve`, both from one upstream. How they stand to those two is in src/match/distros/redhat.
 */
export const redhatVex: AdvisorySource = {
  id: 'redhat-vex',
  title: 'Red Hat VEX',
  licence: 'CC-BY-4.0',
  homepage: 'https://security.access.redhat.com/data/csaf/v2/vex/',
  kind: 'advisories',
  claims: (fileName) => isNamed(fileName, /^redhat-vex$/) && /\.jsonl?(\.gz)?$/.test(fileName),
  isRecord: (fileName) => /\/cve-[\d-]+\.json$/.test(fileName),
  parse: (file, sink) =>
    readJson(file, sink, (value) => {
      const document = vexDocument(value);
      if (document === undefined) sink.problem('no usable id', file.name);
      else if (document.deleted) sink.leftOut('withdrawn', document.id);
      else takeDocument(document, sink);
    }),
};
