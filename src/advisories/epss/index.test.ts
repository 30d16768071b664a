import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { epss } from './index.ts';

const FACT = { id: 'CVE-1999-1593', epss: { score: 0.18126, percentile: 0.96946, date: '2026-08-16' } };

describe('epss', () => {
  it.each([
    ['the date in the name', 'enrich/epss-20260816.csv.gz', 'CVE-1999-1593,0.18126,0.96946\n'],
    ['a header line', 'epss_scores-2026-08-16.csv', 'cve,epss,percentile\nCVE-1999-1593,0.18126,0.96946\r\n'],
    [
      'the date in a comment',
      'epss.csv.gz',
      '#model_version:v2026.03.14,score_date:2026-08-16T00:00:00+0000\ncve,epss,percentile\nCVE-1999-1593,0.18126,0.96946',
    ],
  ])('reads scores with %s', async (_, name, text) => {
    expect(await readFeed(epss, name, text)).toEqual({ advisories: [], facts: [FACT], problems: [], leftOut: [] });
  });

  it.each([
    ['a score above 1', 'CVE-2020-0001,1.5,0.5'],
    ['a word', 'CVE-2020-0001,high,0.5'],
    ['a missing percentile', 'CVE-2020-0001,0.5'],
    ['no CVE', 'GHSA-1,0.5,0.5'],
  ])('counts %s', async (_, line) => {
    expect(await readFeed(epss, 'epss-20260816.csv', line)).toEqual({
      advisories: [],
      facts: [],
      problems: ['not a score line: epss-20260816.csv:1'],
      leftOut: [],
    });
  });

  it('gives no score without its date', async () => {
    expect((await readFeed(epss, 'epss.csv', 'CVE-1999-1593,0.1,0.2')).problems).toEqual(['no date of the scores: epss.csv:1']);
  });
});
