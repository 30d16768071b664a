import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FETCHED } from '../../testing/advisories.ts';
import { type FakeRegistry, startRegistry } from '../../testing/registry/index.ts';
import { type Ran, SET_UP, Workshop } from './workshop.ts';

const SCANS = 10;
const shop = new Workshop();
/** Registry and reference of what is published. */
let server: FakeRegistry;
let reference: string;

beforeAll(async () => {
  await shop.open();
  server = await startRegistry();
  reference = `${server.host}/team/db:1`;
}, SET_UP);
afterAll(async () => {
  await server?.close();
  shop.close();
});

/** A flaw of lodash that only this day's database knows. */
const flawOf = (day: number): string => `GHSA-0000-0000-000${day}`;

/** Builds and publishes the database of a day, in a folder of its own. */
async function publish(day: number): Promise<void> {
  const feeds = join(shop.folder, 'advisories');
  const record = {
    schema_version: '1.6.0',
    id: flawOf(day),
    modified: '2024-01-01T00:00:00Z',
    affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }] }],
  };
  writeFileSync(join(feeds, 'ghsa-more.jsonl'), `${JSON.stringify(record)}\n`);
  const db = join(shop.folder, `day-${day}`);
  await good(shop.plimsoll(['db', 'build', '--from', feeds, '--db', db, '--fetched-at', FETCHED]));
  await good(shop.plimsoll(['db', 'push', reference, '--db', db]));
}

async function good(running: Promise<Ran>): Promise<Ran> {
  const ran = await running;
  if (ran.code !== 0) throw new Error(`${ran.code}: ${ran.err}`);
  return ran;
}

/** Names of everything below a folder at this moment. */
function namesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' });
}

it('are all right on one cache and one database, while the database is replaced and the cache evicts', async () => {
  const db = join(shop.folder, 'shared-db');
  const cache = join(shop.folder, 'shared-cache');
  const one = ['--db', db, '--cache-dir', cache, '--db-source', reference];
  await publish(1);

  const seen = new Set<string>();
  let over = false;
  const watching = (async () => {
    while (!over) {
      for (const folder of [db, cache]) {
        try {
          for (const name of namesBelow(folder)) seen.add(name);
        } catch {
          // Not there yet, or gone while it was listed.
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  })();
  const replacing = (async () => {
    for (let day = 2; day <= 4; day++) {
      await publish(day);
      await good(shop.plimsoll(['db', 'pull', reference, '--db', db, '--cache-dir', cache]));
    }
  })();
  // Room for one layer of the two: each scan evicts what another one keeps.
  const scan = ['scan', shop.layout, ...one, '--cache-size', '1500', '--update', 'always', '-f', 'json', '-q'];
  const results = await Promise.all(Array.from({ length: SCANS }, () => good(shop.plimsoll(scan))));
  await replacing;
  over = true;
  await watching;

  const digests = new Map<string, number>();
  for (let day = 1; day <= 4; day++) {
    const generation = readFileSync(join(shop.folder, `day-${day}`, 'CURRENT'), 'utf8').trim();
    digests.set(JSON.parse(readFileSync(join(shop.folder, `day-${day}`, generation, 'manifest.json'), 'utf8')).digest, day);
  }
  for (const { out } of results) {
    const { findings, database } = JSON.parse(out);
    const day = digests.get(database.digest);
    const ids = findings.map(({ id }: { id: string }) => id).filter((id: string) => !id.startsWith('EOL'));
    expect(ids.sort()).toEqual(['CVE-2020-0001', 'CVE-2020-8203', 'CVE-2022-0778', flawOf(day ?? 0)]);
  }
  // What stands in the two folders while they work: generations, entries, temporary files; nothing to wait for.
  expect([...seen].filter((name) => /lock|\.pid/i.test(name))).toEqual([]);
  expect([...seen].some((name) => name.endsWith('npm.tbl'))).toBe(true);
  expect((await good(shop.plimsoll(['db', 'status', '--verify', '--db', db]))).out).toContain(reference);
}, 300_000);
