import { expect, it } from 'vitest';
import { temporary, testMirror, testUpstream, upstreamContract } from '../../../testing/upstream-contract.ts';
import { suseOsvUpstream } from './upstream.ts';

const index = (...entries: readonly (readonly [string, string])[]) => JSON.stringify(entries.map(([id, modified]) => ({ id, modified })));
const OLD = ['SUSE-SU-2015:0011-2', '2015-01-05T10:00:00Z'] as const;
const ODD = ['SUSE-SU-403 Forbidden-1', '2026-01-05T10:00:00Z'] as const;
const NEW = ['SUSE-SU-2026:0001-1', '2026-11-21T10:00:00.123456Z'] as const;

/** Layout of ftp.suse.com/pub/projects/security, contents small and by hand. */
const FILES = {
  'osv.tar.bz2': 'an archive',
  'osv/all.json': index(OLD, ODD, NEW),
  'osv/SUSE-SU-2015:0011-2.json': '{}',
  'osv/SUSE-SU-2026:0001-1.json': '{"id":"SUSE-SU-2026:0001-1"}',
};

upstreamContract(suseOsvUpstream, {
  files: FILES,
  mirrored: { 'osv.tar.bz2': 'suse-osv', 'SUSE-SU-2026:0001-1.json': 'suse-osv' },
  // What the archive was made on is the date of the file, and a file that the test writes is new.
  folder: false,
});

it('fetches the records that changed, and no archive again', async () => {
  const server = await testUpstream({ files: FILES });
  const mirror = testMirror(suseOsvUpstream, server.url, { folder: temporary() });
  await suseOsvUpstream.update(mirror);
  server.log.splice(0);
  server.put('osv/all.json', index([OLD[0], '2026-11-22T00:00:00Z'], NEW));
  await suseOsvUpstream.update(mirror);
  expect(server.log.map(({ path, status }) => `${status} ${path}`).sort()).toEqual([
    '200 osv/SUSE-SU-2015:0011-2.json',
    '200 osv/all.json',
    '304 osv/SUSE-SU-2026:0001-1.json',
  ]);
  expect(mirror.names()).toEqual(['SUSE-SU-2015:0011-2.json', 'SUSE-SU-2026:0001-1.json', 'osv.tar.bz2']);
});

it.each([
  ['osv/all.json', '[]'],
  ['osv/all.json', '{"id": 1}'],
  ['osv/all.json', '<html>'],
  ['osv/all.json', '[{"id": "../../x", "modified": "2026-01-01T00:00:00Z"}]'],
])('refuses %s: %s', async (name, content) => {
  const server = await testUpstream({ files: { ...FILES, [name]: content } });
  await expect(suseOsvUpstream.update(testMirror(suseOsvUpstream, server.url))).rejects.toMatchObject({ code: 'feed-malformed' });
});

it('goes on where the archive broke off', async () => {
  const server = await testUpstream({ files: FILES });
  server.fail('osv.tar.bz2', { kind: 'cut', after: 4 });
  await suseOsvUpstream.update(testMirror(suseOsvUpstream, server.url));
  expect(server.log.filter(({ path }) => path === 'osv.tar.bz2').map(({ status, bytes }) => [status, bytes])).toEqual([
    [200, 4],
    [206, 6],
  ]);
});
