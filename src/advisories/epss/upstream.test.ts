import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { temporary, testMirror, testUpstream, upstreamContract } from '../../../testing/upstream-contract.ts';
import { epssUpstream } from './upstream.ts';

/** Written by hand to the form that first.org/epss/data_stats describes. */
const SCORES = gzipSync(
  '#model_version:v2025.03.14,score_date:2026-01-01T00:00:00Z\ncve,epss,percentile\nCVE-2021-44228,0.94358,0.99957\n',
);

upstreamContract(epssUpstream, {
  files: { 'epss_scores-current.csv.gz': SCORES },
  mirrored: { 'epss_scores-current.csv.gz': 'epss' },
});

it.each([
  ['<html>busy</html>', 'it cannot be unpacked'],
  [gzipSync('cve,epss,percentile\n'), 'it holds no scores'],
  [SCORES.subarray(0, -9), 'it cannot be unpacked'],
])('keeps what it has where upstream sends %s', async (bad, detail) => {
  const server = await testUpstream({ files: { 'epss_scores-current.csv.gz': SCORES } });
  const folder = temporary();
  const first = testMirror(epssUpstream, server.url, { folder });
  await epssUpstream.update(first);
  first.save();
  server.put('epss_scores-current.csv.gz', bad);
  const second = testMirror(epssUpstream, server.url, { folder });
  await expect(epssUpstream.update(second)).rejects.toMatchObject({ code: 'feed-malformed', params: { detail } });
  expect(second.read('epss_scores-current.csv.gz').equals(Buffer.from(SCORES))).toBe(true);
});
