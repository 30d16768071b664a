import { isNamed, readJson } from '../feed-files.ts';
import type { AdvisorySource } from '../types.ts';
import { kevEntries } from './schema.ts';

/** CISA's catalogue of flaws that are known to be exploited. */
export const kev: AdvisorySource = {
  id: 'kev',
  title: 'CISA Known Exploited Vulnerabilities',
  licence: 'CC0-1.0',
  homepage: 'https://www.cisa.gov/known-exploited-vulnerabilities-catalog',
  kind: 'enrichment',
  claims: (fileName) => isNamed(fileName, /^(cisa-kev(-\d+)?|known_exploited_vulnerabilities)$/),
  parse: (file, sink) =>
    readJson(file, sink, (value) => {
      for (const entry of kevEntries(value, sink)) sink.fact(entry);
    }),
};
