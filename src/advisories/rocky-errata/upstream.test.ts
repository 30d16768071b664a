import { expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { temporary, testMirror, testUpstream, upstreamContract } from '../../../testing/upstream-contract.ts';
import { rockyErrata } from './index.ts';
import { rockyErrataUpstream } from './upstream.ts';

/** An advisory of the API's third version, written by hand to the model that the service publishes. */
const advisory = (number: number, rest: object = {}) => ({
  id: number,
  published_at: '2025-11-27T09:11:22.820964+00:00',
  updated_at: '2025-11-28T09:12:41.644151+00:00',
  name: `RLSA-2025:${number}`,
  synopsis: 'Important: nodejs:18 security update',
  kind: 'Security',
  severity: 'Important',
  cves: [{ id: 1, cve: 'CVE-2024-12085', cvss3_scoring_vector: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N', cvss3_base_score: '5.9' }],
  packages: [
    { id: 1, nevra: 'rsync-0:3.1.3-20.el8_10.aarch64.rpm', module_name: null, repo_name: 'BaseOS', product_name: 'Rocky Linux 8 aarch64' },
    { id: 2, nevra: 'rsync-0:3.1.3-20.el8_10.src.rpm', module_name: null, repo_name: 'BaseOS', product_name: 'Rocky Linux 8 x86_64' },
    { id: 3, nevra: 'rsync-0:3.1.3-20.el8_10.x86_64.rpm', module_name: null, repo_name: 'BaseOS', product_name: 'Rocky Linux 8 x86_64' },
    { id: 4, nevra: 'nodejs-1:18.1-1.module+el8.10.0+1+aa.x86_64.rpm', module_name: 'nodejs', product_name: 'Rocky Linux 8 x86_64' },
  ],
  ...rest,
});
const address = (page: number) => `api/v3/advisories/?page=${page}&size=100`;
/** Pages of a hundred, newest first. */
function pages(numbers: readonly number[], rest: (number: number) => object = () => ({})): Record<string, string> {
  const list = numbers.map((number) => advisory(number, rest(number)));
  const count = Math.max(1, Math.ceil(list.length / 100));
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      address(i + 1),
      JSON.stringify({ advisories: list.slice(i * 100, i * 100 + 100), total: list.length, page: i + 1, size: 100 }),
    ]),
  );
}
const upTo = (newest: number) => Array.from({ length: newest }, (_, i) => newest - i);

upstreamContract(rockyErrataUpstream, {
  files: pages([21817, 21816]),
  mirrored: { 'RLSA-2025-21816.json': 'rocky-errata', 'RLSA-2025-21817.json': 'rocky-errata' },
  folder: false,
});

it('walks to the end once, then until a page holds nothing new, and to the end again after thirty days', async () => {
  const server = await testUpstream({ files: pages(upTo(250)) });
  const asked = () => server.log.splice(0).map(({ path }) => path);
  const folder = temporary();
  const mirror = testMirror(rockyErrataUpstream, server.url, { folder });
  await rockyErrataUpstream.update(mirror);
  expect(asked()).toEqual([1, 2, 3].map(address));
  expect(mirror.names()).toHaveLength(250);
  for (const [path, text] of Object.entries(pages(upTo(251)))) server.put(path, text);
  await rockyErrataUpstream.update(mirror);
  expect(asked()).toEqual([1, 2].map(address));
  expect(mirror.names()).toHaveLength(251);
  mirror.save();
  const later = testMirror(rockyErrataUpstream, server.url, { folder, now: new Date('2027-01-01T00:00:00Z') });
  await rockyErrataUpstream.update(later);
  expect(asked()).toEqual([1, 2, 3].map(address));
});

it('goes on where it was broken off', async () => {
  const server = await testUpstream({ files: pages(upTo(250)) });
  const mirror = testMirror(rockyErrataUpstream, server.url);
  server.fail(address(2), { kind: 'status', status: 403 });
  await expect(rockyErrataUpstream.update(mirror)).rejects.toMatchObject({ code: 'http-status' });
  await rockyErrataUpstream.update(mirror);
  expect(mirror.names()).toHaveLength(250);
});

it('misses nothing behind what an update brought that broke off', async () => {
  const server = await testUpstream({ files: pages(upTo(250)) });
  const mirror = testMirror(rockyErrataUpstream, server.url);
  await rockyErrataUpstream.update(mirror);
  for (const [path, text] of Object.entries(pages(upTo(400)))) server.put(path, text);
  server.fail(address(2), { kind: 'status', status: 403 });
  await expect(rockyErrataUpstream.update(mirror)).rejects.toMatchObject({ code: 'http-status' });
  await rockyErrataUpstream.update(mirror);
  expect(mirror.names()).toHaveLength(400);
});

it('walks on behind a page that has bug fixes alone', async () => {
  const server = await testUpstream({ files: pages(upTo(50)) });
  const mirror = testMirror(rockyErrataUpstream, server.url);
  await rockyErrataUpstream.update(mirror);
  const release = pages(upTo(200), (number) => (number > 100 ? { kind: 'Bug Fix', cves: [] } : {}));
  for (const [path, text] of Object.entries(release)) server.put(path, text);
  await rockyErrataUpstream.update(mirror);
  expect(mirror.names()).toHaveLength(100);
});

it('keeps no bug fixes, and takes an erratum that has changed', async () => {
  const server = await testUpstream({ files: pages([2, 1], (number) => (number === 2 ? { kind: 'Bug Fix', cves: [] } : {})) });
  const mirror = testMirror(rockyErrataUpstream, server.url);
  await rockyErrataUpstream.update(mirror);
  expect(mirror.names()).toEqual(['RLSA-2025-1.json']);
  for (const [path, text] of Object.entries(pages([1], () => ({ severity: 'Low' })))) server.put(path, text);
  await rockyErrataUpstream.update(mirror);
  expect(mirror.read('RLSA-2025-1.json').toString()).toContain('"severity":"Low"');
});

it.each([
  ['a page that is none', '{"detail": "error"}'],
  ['a page that is no JSON', '<html>'],
  ['a name that is none', JSON.stringify({ advisories: [{ name: '../../etc/passwd' }], total: 1 })],
])('refuses %s', async (_, text) => {
  const server = await testUpstream({ files: { [address(1)]: text } });
  await expect(rockyErrataUpstream.update(testMirror(rockyErrataUpstream, server.url))).rejects.toMatchObject({ code: 'feed-malformed' });
});

it('says in version 3 of the API what it says in version 2', async () => {
  const older = {
    name: 'RLSA-2025:1',
    synopsis: 'Important: nodejs:18 security update',
    severity: 'SEVERITY_IMPORTANT',
    type: 'TYPE_SECURITY',
    publishedAt: '2025-11-27T09:11:22.820964Z',
    cves: [{ name: 'CVE-2024-12085', cvss3ScoringVector: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N' }],
    rpms: {
      'Rocky Linux 8': {
        nvras: [
          'rsync-0:3.1.3-20.el8_10.aarch64.rpm',
          'rsync-0:3.1.3-20.el8_10.x86_64.rpm',
          'nodejs-1:18.1-1.module+el8.10.0+1+aa.x86_64.rpm',
        ],
      },
    },
  };
  const expected = await readFeed(rockyErrata, 'rocky-errata.jsonl', [older]);
  const read = await readFeed(rockyErrata, 'rocky-errata/RLSA-2025-1.json', JSON.stringify(advisory(1)));
  const modified = '2025-11-28T09:12:41Z';
  expect(read).toEqual({ ...expected, advisories: expected.advisories.map((each) => ({ ...each, modified })) });
  expect(read.advisories[0]?.affected.map(({ name, module }) => [name, module])).toEqual([
    ['rsync', undefined],
    ['nodejs', 'nodejs:18'],
  ]);
});

it('leaves bug fixes without a CVE out', async () => {
  const { advisories, leftOut } = await readFeed(rockyErrata, 'rocky-errata.jsonl', [
    advisory(1, { name: 'RLBA-2025:1', kind: 'Bug Fix', cves: [] }),
  ]);
  expect([advisories, leftOut]).toEqual([[], ['not about security: RLBA-2025:1']]);
});
