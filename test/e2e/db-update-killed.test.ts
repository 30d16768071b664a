import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { cli } from '../../testing/cli.ts';
import { osvBucket } from '../../testing/osv-bucket.ts';
import { temporary, testUpstream } from '../../testing/upstream-contract.ts';

const BIN = fileURLToPath(new URL('../../src/cli/bin.ts', import.meta.url));
const POINTS = 20;
const FILLER = Array.from({ length: 300 }, (_, i) =>
  record(`GHSA-aaaa-bbbb-${String(i).padStart(4, '0')}`, `filler-${i}`, '1.0.0', '2025-01-01'),
);

function record(id: string, name: string, fixed: string, day: string) {
  const ranges = [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }];
  return { id, modified: `${day}T00:00:00Z`, affected: [{ package: { ecosystem: 'npm', name }, ranges }] };
}

/** The bucket on the day of this number: the fix of `acme` is the number. */
function bucketOf(number: number) {
  const day = new Date(Date.UTC(2026, 0, number)).toISOString().slice(0, 10);
  return osvBucket({ npm: [...FILLER, record('GHSA-xxxx-yyyy-zzzz', 'acme', `${number}.0.0`, day)] });
}

const kevOf = (number: number) =>
  JSON.stringify({
    vulnerabilities: Array.from({ length: 2000 }, (_, i) => ({
      cveID: `CVE-2020-${1000 + i}`,
      dateAdded: `2026-01-${String(number).padStart(2, '0')}`,
    })),
  });

it('leaves the old database and the mirror working when it is killed, at twenty random points', async () => {
  const server = await testUpstream({ files: { ...bucketOf(10), 'known_exploited_vulnerabilities.json': kevOf(10) } });
  const cacheDir = temporary();
  const args = [
    'db',
    'update',
    'osv',
    'kev',
    '--feed-url',
    `osv=${server.url}`,
    '--feed-url',
    `kev=${server.url}`,
    '--cache-dir',
    cacheDir,
  ];
  const start = () => spawn(process.execPath, [BIN, ...args], { stdio: 'ignore', env: { HOME: cacheDir } });
  const fix = async () => /< (\d+)\.0\.0/.exec((await cli(['db', 'search', 'acme', '--cache-dir', cacheDir])).out)?.[1];
  const began = performance.now();
  const whole = start();
  expect(await new Promise((resolve) => whole.once('close', resolve))).toBe(0);
  const duration = performance.now() - began;
  expect(await fix()).toBe('10');

  const killed: string[] = [];
  for (let point = 0; point < POINTS; point++) {
    const number = 11 + point;
    for (const [path, content] of Object.entries(bucketOf(number))) server.put(path, content);
    // Half of the points lie in the middle of a download, which the next one goes on with; those anywhere from the first request
    // to the last rename.
    const stalls = point % 2 === 0;
    if (stalls) server.put('known_exploited_vulnerabilities.json', kevOf(point + 1));
    if (stalls) server.fail('known_exploited_vulnerabilities.json', { kind: 'stall', after: 20_000 });
    const before = Number(await fix());
    const child = start();
    const ended = new Promise<string | null>((resolve) => child.once('close', (_, signal) => resolve(signal)));
    await Promise.race([wait(duration * (stalls ? 1 : 0.3 + 0.7 * Math.random())), ended]);
    child.kill('SIGKILL');
    killed.push((await ended) ?? 'ended');

    expect((await cli(['db', 'status', '--verify', '--cache-dir', cacheDir])).code).toBe(0);
    expect([before, number]).toContain(Number(await fix()));
  }
  expect(killed.filter((signal) => signal === 'SIGKILL').length).toBeGreaterThanOrEqual(POINTS / 2);
  expect(await cli(args)).toMatchObject({ code: 0, err: expect.not.stringContaining('error') });
  expect(await fix()).toBe('30');
  expect((await cli(['db', 'status', '--verify', '--cache-dir', cacheDir])).code).toBe(0);
  const leftovers = ['osv', 'kev'].flatMap((id) => readdirSync(join(cacheDir, 'feeds', id)).filter((name) => name.startsWith('.partial')));
  expect(leftovers).toEqual([]);
  expect(server.log.some(({ path, status }) => path.startsWith('known_exploited') && status === 206)).toBe(true);
}, 120_000);
