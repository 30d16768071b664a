import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FETCHED, writeAdvisories } from '../../../testing/advisories.ts';
import { dbBuild } from './build.ts';
import { dbSearch } from './search.ts';
import { dbStatus } from './status.ts';

const NOW = new Date('2025-01-11T12:00:00Z');
let root: string;
let out: string;
let built: Awaited<ReturnType<typeof dbBuild>>;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'plimsoll-app-db-'));
  out = join(root, 'db');
  writeAdvisories(join(root, 'feeds'));
  built = await dbBuild({ from: join(root, 'feeds'), out, now: NOW, fetchedAt: FETCHED });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('db build', () => {
  it('says what it made and what it cost', () => {
    expect(built).toMatchObject({
      statements: 3,
      shards: 3,
      problems: [],
      leftOut: [],
      unread: [],
      database: { records: 3, starter: false },
    });
    expect(built.size).toBeGreaterThan(0);
    expect(built.seconds).toBeGreaterThan(0);
    expect(built.peakMemory).toBeGreaterThan(1_000_000);
  });
});

describe('the date of fetching', () => {
  it.each(['yesterday', '2', '2999-01-01', ''])('%j is refused', async (fetchedAt) => {
    const options = { from: join(root, 'feeds'), out: join(root, 'dated'), now: NOW, fetchedAt };
    await expect(dbBuild(options)).rejects.toMatchObject({ code: 'date-invalid', exitCode: 2 });
  });

  it('may be a day', async () => {
    const { database } = await dbBuild({ from: join(root, 'feeds'), out: join(root, 'dated'), now: NOW, fetchedAt: '2020-01-02' });
    expect(new Set(database.feeds.map((feed) => feed.fetchedAt))).toEqual(new Set(['2020-01-02T00:00:00Z']));
  });
});

describe('db status', () => {
  it('tells the age of each feed and the digest that reports name', () => {
    const status = dbStatus({ named: out, cacheDir: root }, NOW);
    expect(status.feeds.map(({ id, ageDays }) => `${id} ${Math.floor(ageDays)}`)).toEqual(['debian-osv 10', 'ghsa 10']);
    expect(status.database.digest).toBe(built.database.digest);
    expect(status.verified).toBe(false);
  });

  it('verifies every byte where asked', async () => {
    expect(dbStatus({ named: out, cacheDir: root }, NOW, true).verified).toBe(true);
    const other = join(root, 'other');
    const { database } = await dbBuild({ from: join(root, 'feeds'), out: other, now: NOW });
    appendFileSync(join(database.path, 'npm.tbl'), 'x');
    expect(() => dbStatus({ named: other, cacheDir: root }, NOW, true)).toThrow(expect.objectContaining({ code: 'database-damaged' }));
  });

  it('refuses a database that was named and is not there, as a scan does', () => {
    const place = { named: join(root, 'none'), cacheDir: root };
    expect(() => dbStatus(place, NOW)).toThrow(expect.objectContaining({ code: 'database-missing' }));
    expect(() => dbSearch(place, 'openssl')).toThrow(expect.objectContaining({ code: 'database-missing' }));
    expect(dbStatus({ ...place, named: 'starter' }, NOW).database.starter).toBe(true);
  });

  it('speaks of the starter where there is no other', () => {
    expect(dbStatus({ cacheDir: join(root, 'none') }, NOW).database.starter).toBe(true);
  });
});

describe('db search', () => {
  it.each(['CVE-2020-8203', 'cve-2020-8203', 'GHSA-p6mc-m468-83gw', ' ghsa-P6MC-m468-83gw '])('finds a flaw by %s', (query) => {
    const found = dbSearch({ named: out, cacheDir: root }, query);
    expect(found.kind).toBe('id');
    expect(found.flaws).toMatchObject([{ id: 'CVE-2020-8203', aliases: ['GHSA-p6mc-m468-83gw'] }]);
    expect(found.statements.map(({ ecosystem, name }) => `${ecosystem} ${name}`)).toEqual(['npm lodash']);
  });

  it('finds a package, in one family where asked', () => {
    expect(dbSearch({ named: out, cacheDir: root }, 'openssl')).toMatchObject({ kind: 'package', flaws: [] });
    expect(dbSearch({ named: out, cacheDir: root }, 'openssl').statements.map(({ id }) => id)).toEqual(['CVE-2020-0001', 'CVE-2022-0778']);
    expect(dbSearch({ named: out, cacheDir: root }, 'openssl', 'Debian').statements).toHaveLength(2);
    expect(dbSearch({ named: out, cacheDir: root }, 'openssl', 'debian').statements).toHaveLength(2);
    expect(dbSearch({ named: out, cacheDir: root }, 'openssl', 'Debian:1').statements).toEqual([]);
  });

  it('finds nothing where nothing is known', () => {
    expect(dbSearch({ named: out, cacheDir: root }, 'CVE-1999-0001')).toMatchObject({ flaws: [], statements: [] });
    expect(dbSearch({ named: out, cacheDir: root }, '').statements).toEqual([]);
  });
});
