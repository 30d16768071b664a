import { expect, it } from 'vitest';
import { temporary, testMirror, testUpstream, upstreamContract } from '../../../testing/upstream-contract.ts';
import { redhatVexUpstream } from './upstream.ts';

const ARCHIVE = 'csaf_vex_2026-11-20.tar.zst';
const line = (path: string, date: string) => `"${path}","${date}"\n`;
const changesAt = (date: string) => line('2024/cve-2024-0001.json', date) + line('2019/cve-2019-0001.json', '2024-01-01T00:00:00+00:00');

/** Layout of security.access.redhat.com/data/csaf/v2/vex/, contents small and by hand. */
const FILES = {
  'archive_latest.txt': `${ARCHIVE}\n`,
  [ARCHIVE]: 'an archive',
  'changes.csv': changesAt('2026-11-21T10:00:00+00:00'),
  'deletions.csv':
    line('2023/cve-2023-0009.json', '2026-11-21T12:00:00+00:00') + line('2022/cve-2022-0009.json', '2024-01-01T00:00:00+00:00'),
  '2024/cve-2024-0001.json': '{"document":{"tracking":{"id":"CVE-2024-0001"}}}',
  '2019/cve-2019-0001.json': '{}',
};

upstreamContract(redhatVexUpstream, {
  files: FILES,
  mirrored: { [ARCHIVE]: '', 'cve-2024-0001.json': 'redhat-vex', 'cve-2023-0009.json': 'redhat-vex' },
  entries: { [`${ARCHIVE}/2024/cve-2024-0001.json`]: 'redhat-vex' },
});

const asked = (server: { log: { path: string; status: number }[] }) => server.log.splice(0).map(({ path, status }) => `${status} ${path}`);

it('fetches what changed, and no archive again', async () => {
  const server = await testUpstream({ files: FILES });
  const mirror = testMirror(redhatVexUpstream, server.url, { folder: temporary() });
  await redhatVexUpstream.update(mirror);
  server.log.splice(0);
  server.put('changes.csv', line('2020/cve-2020-0002.json', '2026-11-22T00:00:00+00:00') + FILES['changes.csv']);
  server.put('2020/cve-2020-0002.json', '{"document":{"tracking":{"id":"CVE-2020-0002"}}}');
  server.put('archive_latest.txt', 'csaf_vex_2026-11-22.tar.zst');
  await redhatVexUpstream.update(mirror);
  expect(asked(server)).toEqual(['200 archive_latest.txt', '200 changes.csv', '200 deletions.csv', '200 2020/cve-2020-0002.json']);
  expect(mirror.names()).toContain('cve-2020-0002.json');
});

it('says of a deleted document that it is deleted, and believes a later change', async () => {
  const server = await testUpstream({ files: FILES });
  const mirror = testMirror(redhatVexUpstream, server.url);
  await redhatVexUpstream.update(mirror);
  expect(mirror.read('cve-2023-0009.json').toString()).toBe('{"document":{"tracking":{"id":"CVE-2023-0009","status":"deleted"}}}');
  server.put('deletions.csv', line('2024/cve-2024-0001.json', '2026-11-22T01:00:00+00:00'));
  await redhatVexUpstream.update(mirror);
  expect(mirror.read('cve-2024-0001.json').toString()).toContain('deleted');
  server.put('changes.csv', changesAt('2026-11-22T02:00:00+00:00'));
  await redhatVexUpstream.update(mirror);
  expect(mirror.read('cve-2024-0001.json').toString()).toBe(FILES['2024/cve-2024-0001.json']);
});

it('takes a newer archive where too much has changed, and drops what stood beside the old one', async () => {
  const server = await testUpstream({ files: FILES });
  const mirror = testMirror(redhatVexUpstream, server.url);
  await redhatVexUpstream.update(mirror);
  const many = Array.from({ length: 4001 }, (_, i) => line(`2018/cve-2018-${10_000 + i}.json`, '2026-12-01T00:00:00+00:00'));
  server.put('archive_latest.txt', 'csaf_vex_2026-12-03.tar.zst');
  server.put('csaf_vex_2026-12-03.tar.zst', 'a newer archive');
  server.put('changes.csv', line('2024/cve-2024-0001.json', '2026-12-04T00:00:00+00:00') + many.join(''));
  await redhatVexUpstream.update(mirror);
  expect(mirror.names()).toEqual(['csaf_vex_2026-12-03.tar.zst', 'cve-2024-0001.json']);
});

it('goes by the server where the archive’s name has no date, as that of vex-feed', async () => {
  const files = {
    ...FILES,
    'archive_latest.txt': 'vex-archive.tar.zst',
    'vex-archive.tar.zst': 'x',
    'changes.csv': changesAt('2025-12-31T12:00:00Z'),
  };
  const server = await testUpstream({ files });
  const mirror = testMirror(redhatVexUpstream, server.url);
  // The server's files are of the first day of 2026.
  await redhatVexUpstream.update(mirror);
  expect(mirror.names()).toContain('cve-2024-0001.json');
  expect(mirror.names()).not.toContain('cve-2019-0001.json');
});

it('goes on where it was broken off, and asks for nothing that it has', async () => {
  const server = await testUpstream({ files: FILES });
  const folder = temporary();
  server.fail('2024/cve-2024-0001.json', { kind: 'status', status: 403 });
  const mirror = testMirror(redhatVexUpstream, server.url, { folder });
  await expect(redhatVexUpstream.update(mirror)).rejects.toMatchObject({ code: 'http-status' });
  mirror.save();
  server.log.splice(0);
  await redhatVexUpstream.update(testMirror(redhatVexUpstream, server.url, { folder }));
  expect(asked(server)).toContain(`304 ${ARCHIVE}`);
});

it.each([
  ['archive_latest.txt', '../../etc/passwd'],
  ['archive_latest.txt', ''],
  ['changes.csv', '<html>'],
  ['changes.csv', '"2024/cve-2024-0001.json"'],
  ['deletions.csv', '"2024/cve-2024-0001.json","yesterday"'],
])('refuses %s: %s', async (name, content) => {
  const server = await testUpstream({ files: { ...FILES, [name]: content } });
  await expect(redhatVexUpstream.update(testMirror(redhatVexUpstream, server.url))).rejects.toMatchObject({ code: 'feed-malformed' });
});
