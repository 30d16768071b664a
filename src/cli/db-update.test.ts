import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cli } from '../../testing/cli.ts';
import { osvBucket } from '../../testing/osv-bucket.ts';
import { temporary, testUpstream } from '../../testing/upstream-contract.ts';
import { upstreams } from '../advisories/upstreams.ts';

const ADVISORY = {
  id: 'GHSA-p6mc-m468-83gw',
  modified: '2026-01-01T00:00:00Z',
  aliases: ['CVE-2020-8203'],
  affected: [
    {
      package: { ecosystem: 'npm', name: 'lodash' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '3.7.0' }, { fixed: '4.17.20' }] }],
    },
  ],
};
const KEV = JSON.stringify({ vulnerabilities: [{ cveID: 'CVE-2020-8203', dateAdded: '2026-02-01' }] });
const FILES = { ...osvBucket({ npm: [ADVISORY] }), 'known_exploited_vulnerabilities.json': KEV };
const LOCK = JSON.stringify({ lockfileVersion: 3, packages: { '': { name: 'x' }, 'node_modules/lodash': { version: '4.17.15' } } });

async function setUp() {
  const server = await testUpstream({ files: FILES });
  const cacheDir = temporary();
  const feeds = ['--feed-url', `osv=${server.url}`, '--feed-url', `kev=${server.url}`];
  const update = (...more: string[]) => cli(['db', 'update', 'osv', 'kev', ...feeds, '--cache-dir', cacheDir, ...more]);
  return { server, cacheDir, update };
}

it('fetches, builds, and a scan finds; the next time there is nothing to do', async () => {
  const { cacheDir, update } = await setUp();
  const first = await update();
  expect(first.code).toBe(0);
  expect(first.out).toMatch(/^kev: \d\.\d MB fetched, files that are new or changed: 1\.\nosv: \d\.\d MB fetched, .*: 4\.\n/);
  expect(first.out).toContain('2 of 2 upstreams updated');
  expect(first.out).toMatch(/Built .*: 2 records of 2 feeds/);

  const project = temporary();
  writeFileSync(join(project, 'package-lock.json'), LOCK);
  const scanned = await cli(['scan', `dir:${project}`, '--cache-dir', cacheDir, '--format', 'json', '--offline']);
  expect(JSON.parse(scanned.out).findings).toMatchObject([{ id: 'CVE-2020-8203', kev: { dateAdded: '2026-02-01' } }]);

  const second = await update();
  expect(second.out).toContain('kev: nothing new.\nosv: nothing new.\n');
  expect(second.out).toContain('Nothing changed');
});

it('warns of an upstream that fails, tells how old what is here of it is, and ends with 0', async () => {
  const { server, update } = await setUp();
  await update();
  server.fail('vulnerabilities.json', { kind: 'status', status: 403 }, 1);
  const { code, err } = await update();
  expect(code).toBe(0);
  expect(err).toMatch(/warning: kev was not updated: .* answered 403 .* What is here of it is 0 days old\.\n/);
  expect((await update('--quiet')).err).toBe('');
  server.fail('vulnerabilities.json', { kind: 'status', status: 403 }, 1);
  expect((await update('--quiet')).err).toMatch(/^warning: kev was not updated: .* answered 403 .*\n$/);
});

it('ends with 3 where every upstream fails', async () => {
  const { server, update } = await setUp();
  server.fail('', { kind: 'status', status: 403 }, 100);
  const { code, err } = await update();
  expect(code).toBe(3);
  expect(err).toContain('[update-failed]');
});

it('says it in Korean too', async () => {
  const { server, update } = await setUp();
  const { out } = await update('--lang', 'ko');
  expect(out).toContain('업스트림 2개 중 2개를');
  server.fail('vulnerabilities.json', { kind: 'status', status: 403 }, 1);
  expect((await update('--lang', 'ko')).err).toContain('경고: kev을(를) 갱신하지 못했습니다');
});

it('takes addresses and switches from plimsoll.yaml and from variables, the command line first', async () => {
  const { server, cacheDir } = await setUp();
  const cwd = temporary();
  const yaml = `feeds:\n  osv:\n    url: [http://127.0.0.1:1/, "${server.url}"]\n  kev:\n    url: http://127.0.0.1:1/\n    enabled: false\n`;
  writeFileSync(join(cwd, 'plimsoll.yaml'), yaml);
  const list = async (args: readonly string[], env = {}) => (await cli(['db', 'update', '--list', ...args], { cwd, env })).out;
  expect(await list([])).toContain(`http://127.0.0.1:1/, ${server.url}`);
  expect(await list(['kev'])).toMatch(/^kev +when asked for .*http:\/\/127\.0\.0\.1:1\//m);
  expect(await list(['kev'], { PLIMSOLL_FEED_URL: 'kev=http://a.example/' })).toContain('http://a.example/');
  expect(await list(['kev', '--feed-url', 'kev=http://b.example/'], { PLIMSOLL_FEED_URL: 'kev=http://a.example/' })).toContain(
    'http://b.example/',
  );
  // The first address of the file answers nobody; the second one is asked then.
  const updated = await cli(['db', 'update', 'osv', '--cache-dir', cacheDir], { cwd });
  expect(updated.code).toBe(0);
}, 30_000);

it.each([
  ['feeds: 7\n', 'setting-feeds'],
  ['feeds:\n  osv: https://a.example/\n', 'setting-feeds'],
  ['feeds:\n  osv:\n    uri: https://a.example/\n', 'setting-feeds'],
  ['feeds:\n  osv:\n    enabled: perhaps\n', 'setting-feeds'],
  ['feeds:\n  olm:\n    enabled: true\n', 'upstream-unknown'],
  ['feeds:\n  osv:\n    url: "ftp://a.example/"\n', 'feed-url-invalid'],
])('refuses plimsoll.yaml with %j', async (yaml, code) => {
  const cwd = temporary();
  writeFileSync(join(cwd, 'plimsoll.yaml'), yaml);
  const { err, code: exit } = await cli(['db', 'update', 'osv', '--cache-dir', join(cwd, 'cache')], { cwd });
  expect(err).toContain(`[${code}]`);
  expect(exit).toBeGreaterThan(1);
});

it('lists every upstream, its address, its feeds, and what is here of it', async () => {
  const { cacheDir, update } = await setUp();
  await update();
  const { out, code } = await cli(['db', 'update', '--list', '--cache-dir', cacheDir]);
  expect(code).toBe(0);
  for (const { id, url } of upstreams) expect(out).toMatch(new RegExp(`^${id} .*${url.replaceAll('.', '\\.')}`, 'm'));
  expect(out).toMatch(/^kev +\d{4}-\d\d-\d\d \d\d:\d\d +0\.0 MB/m);
});

it('touches no network offline', async () => {
  const { server, update } = await setUp();
  const { code, err } = await update('--offline');
  expect([code, server.log]).toEqual([3, []]);
  expect(err).toContain('[offline]');
});

it('fails where the cache cannot be written, and says so', async () => {
  const { update } = await setUp();
  const file = join(temporary(), 'file');
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '');
  const { code, err } = await update('--cache-dir', join(file, 'cache'));
  expect(code).toBe(3);
  expect(err).toContain('[feed-mirror-unwritable]');
});

it('shows no password of an address, and takes a mistyped one for a wrong setting', async () => {
  const shown = await cli(['db', 'update', 'kev', '--list', '--feed-url', 'kev=https://name:s3cr3t@a.example/']);
  expect(shown.out).toContain('https://***@a.example/');
  const refused = await cli(['db', 'update', '--feed-url', 'kev=https://name:s3cr3t@a.example/?token=s3cr3t']);
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('feed-url-invalid') });
  expect(`${shown.out}${shown.err}${refused.out}${refused.err}`).not.toMatch(/s3cr3t/);
});
