import { eachLine, isNamed } from '../feed-files.ts';
import type { AdvisorySource } from '../types.ts';

const LINE = /^(CVE-\d{4}-\d{4,}),([\d.]+(?:[eE]-?\d+)?),([\d.]+(?:[eE]-?\d+)?)\s*$/;

/**
 * FIRST's daily scores: `cve,epss,percentile` with an optional comment and header line. The date of the scores comes from the
 * comment (`#model_version:...,score_date:...`) or from the file's name (`epss-20260816.csv.gz`, `epss_scores-2026-08-16`).
 */
export const epss: AdvisorySource = {
  id: 'epss',
  title: 'Exploit Prediction Scoring System (FIRST)',
  licence: 'EPSS usage agreement: free, with attribution to FIRST',
  homepage: 'https://www.first.org/epss',
  kind: 'enrichment',
  claims: (fileName) => isNamed(fileName, /^epss([_-].*)?$/),
  parse: async (file, sink) => {
    const named = /(\d{4})-?(\d{2})-?(\d{2})\.csv/.exec(file.name);
    let date = named ? `${named[1]}-${named[2]}-${named[3]}` : undefined;
    await eachLine(file, (line, number) => {
      const text = line.toString('latin1');
      if (text.startsWith('#')) {
        date = /score_date:(\d{4}-\d{2}-\d{2})/.exec(text)?.[1] ?? date;
        return;
      }
      if (/^cve,/i.test(text)) return;
      const found = LINE.exec(text);
      const score = Number(found?.[2]);
      const percentile = Number(found?.[3]);
      if (found === null || date === undefined || !(score >= 0 && score <= 1) || !(percentile >= 0 && percentile <= 1)) {
        sink.problem(date === undefined ? 'no date of the scores' : 'not a score line', `${file.name}:${number}`);
        return;
      }
      sink.fact({ id: found[1]!, epss: { score, percentile, date } });
    });
  },
};
