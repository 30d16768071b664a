import { isNamed, readJson } from '../feed-files.ts';
import type { AdvisorySource } from '../types.ts';
import { enrichment } from './schema.ts';

/** CISA's enrichment of CVE records: CVSS, CWE and the SSVC decision points. */
export const vulnrichment: AdvisorySource = {
  id: 'vulnrichment',
  title: 'CISA Vulnrichment',
  licence: 'CC0-1.0',
  homepage: 'https://github.com/cisagov/vulnrichment',
  kind: 'enrichment',
  claims: (fileName) => isNamed(fileName, /^vulnrichment$/) && /(\/CVE-[\d-]+\.json|(^|\/)vulnrichment\.jsonl?(\.gz)?)$/.test(fileName),
  parse: (file, sink) =>
    readJson(file, sink, (value) => {
      const fact = enrichment(value, sink);
      if (fact !== undefined) sink.fact(fact);
    }),
};
