import { expect, it } from 'vitest';
import { testMirror, testUpstream, upstreamContract } from '../../../testing/upstream-contract.ts';
import { ubuntuUsnUpstream } from './upstream.ts';

/** A notice in the form of ubuntu.com/security/notices.json, by hand. */
function notice(number: number): object {
  return {
    id: `USN-${number}-1`,
    type: 'USN',
    title: 'Acme vulnerability',
    description: 'Much text.',
    published: '2025-06-25T13:18:21.382313',
    cves_ids: [`CVE-2025-${number}`],
    cves: [{ id: `CVE-2025-${number}`, description: 'Much text.' }],
    release_packages: { jammy: [{ name: 'acme', version: `1.2-${number}`, is_source: true }] },
  };
}

/** The API's answers when there are `count` notices, the newest first, twenty a page. */
function api(count: number): Record<string, string> {
  const all = Array.from({ length: count }, (_, i) => notice(1000 + count - i));
  const page = (offset: number) => JSON.stringify({ notices: all.slice(offset, offset + 20), offset, limit: 20, total_results: count });
  return Object.fromEntries(Array.from({ length: count + 1 }, (_, offset) => [`notices.json?limit=20&offset=${offset}`, page(offset)]));
}

upstreamContract(ubuntuUsnUpstream, {
  files: { 'notices.json': JSON.stringify({ notices: [notice(1001)], offset: 0, limit: 20, total_results: 1 }) },
  mirrored: { 'notices.jsonl': 'ubuntu-usn' },
  folder: false,
});

const offsets = (log: { path: string }[]) => log.splice(0).map(({ path }) => Number(/offset=(\d+)/.exec(path)?.[1]));
const ids = (text: string) => text.split('\n').flatMap((line) => /"id":"(USN-\d+-1)"/.exec(line)?.[1] ?? []);
const expected = (count: number) => Array.from({ length: count }, (_, i) => `USN-${1001 + i}-1`);

it('keeps of every notice what is read of it', async () => {
  const server = await testUpstream({ files: api(45) });
  const mirror = testMirror(ubuntuUsnUpstream, server.url);
  await ubuntuUsnUpstream.update(mirror);
  expect(offsets(server.log)).toEqual([0, 20, 40]);
  const text = mirror.read('notices.jsonl').toString();
  expect(ids(text)).toEqual(expected(45));
  expect(text).not.toContain('Much text');
});

it('asks for the newest until it knows a whole page', async () => {
  const server = await testUpstream({ files: api(45) });
  const mirror = testMirror(ubuntuUsnUpstream, server.url);
  await ubuntuUsnUpstream.update(mirror);
  server.log.splice(0);
  await ubuntuUsnUpstream.update(mirror);
  expect(offsets(server.log)).toEqual([0]);
  for (const [path, page] of Object.entries(api(70))) server.put(path, page);
  await ubuntuUsnUpstream.update(mirror);
  expect(offsets(server.log)).toEqual([0, 20, 40]);
  expect(ids(mirror.read('notices.jsonl').toString())).toEqual(expected(70));
});

it('goes on where the first update was stopped, and misses nothing that came meanwhile', async () => {
  const server = await testUpstream({ files: api(600) });
  const mirror = testMirror(ubuntuUsnUpstream, server.url);
  server.fail('offset=540', { kind: 'status', status: 403 });
  await expect(ubuntuUsnUpstream.update(mirror)).rejects.toMatchObject({ code: 'http-status' });
  expect(ids(mirror.read('notices.jsonl').toString())).toHaveLength(500);
  server.log.splice(0);
  for (const [path, page] of Object.entries(api(625))) server.put(path, page);
  await ubuntuUsnUpstream.update(mirror);
  expect(offsets(server.log)).toEqual([0, 20, 40, 500, 520, 540, 560, 580, 600, 620]);
  expect(ids(mirror.read('notices.jsonl').toString())).toEqual(expected(625));
});

it('leaves no gap where an update stops between news and what it knows', async () => {
  const server = await testUpstream({ files: api(20) });
  const mirror = testMirror(ubuntuUsnUpstream, server.url);
  await ubuntuUsnUpstream.update(mirror);
  for (const [path, page] of Object.entries(api(80))) server.put(path, page);
  server.fail('offset=40', { kind: 'status', status: 403 });
  await expect(ubuntuUsnUpstream.update(mirror)).rejects.toMatchObject({ code: 'http-status' });
  await ubuntuUsnUpstream.update(mirror);
  expect(ids(mirror.read('notices.jsonl').toString())).toEqual(expected(80));
});

it.each(['<html>', '{}', '{"notices": {}}', '{"notices": []}'])('refuses %s', async (page) => {
  const server = await testUpstream({ files: { 'notices.json': page } });
  const update = ubuntuUsnUpstream.update(testMirror(ubuntuUsnUpstream, server.url));
  await expect(update).rejects.toMatchObject({ code: 'feed-malformed' });
});
