import { expect, it } from 'vitest';
import { temporary, testMirror, testUpstream, upstreamContract } from '../../../testing/upstream-contract.ts';
import { kevUpstream } from './upstream.ts';

/** Written by hand to CISA's schema (known_exploited_vulnerabilities_schema.json). */
const CATALOGUE = JSON.stringify({
  title: 'CISA Catalog of Known Exploited Vulnerabilities',
  catalogVersion: '2026.01.01',
  dateReleased: '2026-01-01T00:00:00Z',
  count: 1,
  vulnerabilities: [{ cveID: 'CVE-2021-44228', dateAdded: '2021-12-10', dueDate: '2021-12-24', knownRansomwareCampaignUse: 'Known' }],
});

upstreamContract(kevUpstream, {
  files: { 'known_exploited_vulnerabilities.json': CATALOGUE },
  mirrored: { 'known_exploited_vulnerabilities.json': 'kev' },
});

it.each([
  ['<html>busy</html>', 'it is no JSON'],
  ['{"vulnerabilities":[]}', 'it lists no flaw'],
  [CATALOGUE.slice(0, -9), 'it is no JSON'],
])('keeps what it has where upstream sends %s', async (bad, detail) => {
  const server = await testUpstream({ files: { 'known_exploited_vulnerabilities.json': CATALOGUE } });
  const folder = temporary();
  const first = testMirror(kevUpstream, server.url, { folder });
  await kevUpstream.update(first);
  first.save();
  server.put('known_exploited_vulnerabilities.json', bad);
  const second = testMirror(kevUpstream, server.url, { folder });
  await expect(kevUpstream.update(second)).rejects.toMatchObject({ code: 'feed-malformed', params: { detail } });
  expect(second.read('known_exploited_vulnerabilities.json').equals(Buffer.from(CATALOGUE))).toBe(true);
});
