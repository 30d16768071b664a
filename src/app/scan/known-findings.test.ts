import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FETCHED, writeAdvisories } from '../../../testing/advisories.ts';
import { buildImage, buildIndex } from '../../../testing/image-builder/index.ts';
import { Content, type FakeRegistry, startRegistry } from '../../../testing/registry/index.ts';
import type { Platform, Report } from '../../model/index.ts';
import { dbBuild } from '../db/build.ts';
import { type ScanOptions, scan } from './index.ts';
import { scanPlatforms } from './platforms.ts';

/** Debian's long-term support of release 11 ends on 31 August 2026. Source: wiki.debian.org/LTS. */
const BEFORE = new Date('2026-08-30T12:00:00Z');
const AFTER = new Date('2026-09-02T12:00:00Z');
const work = mkdtempSync(join(tmpdir(), 'plimsoll-known-findings-'));
const feeds = join(work, 'feeds');
const database = join(work, 'db');
const other = join(work, 'other-db');
let cacheDir: string;
let registry: FakeRegistry;
let runs = 0;

function image(platform: Platform, lodash = '4.17.15') {
  const status = 'Package: openssl\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.1.1k-1+deb11u1\n';
  const base = [
    { path: 'etc/os-release', content: 'ID=debian\nVERSION_ID="11"\n' },
    { path: 'var/lib/dpkg/status', content: status },
  ];
  const app = [{ path: 'srv/node_modules/lodash/package.json', content: JSON.stringify({ name: 'lodash', version: lodash }) }];
  return buildImage({ platform, created: '2025-01-01T00:00:00Z', steps: [{ createdBy: 'ADD', files: base }, { createdBy: 'COPY', files: app }] }); // biome-ignore format: short
}

const amd64 = image({ os: 'linux', architecture: 'amd64' });

beforeAll(async () => {
  writeAdvisories(feeds);
  await dbBuild({ from: feeds, out: database, now: BEFORE, fetchedAt: FETCHED });
  const npm = join(feeds, 'ghsa-npm.jsonl');
  writeFileSync(npm, readFileSync(npm, 'utf8').replace('4.17.20', '4.17.15'));
  await dbBuild({ from: feeds, out: other, now: BEFORE, fetchedAt: FETCHED });
  const content = new Content();
  content.putImage('shop/web', '1', amd64);
  content.putImage('shop/web', '2', amd64);
  content.putImage('shop/fixed', '1', image({ os: 'linux', architecture: 'amd64' }, '4.17.21'));
  content.putImage('shop/copy', '1', amd64);
  content.putImage('shop/many', '1', buildIndex([amd64, image({ os: 'linux', architecture: 's390x' }, '4.17.20')]));
  registry = await startRegistry({ content });
});
afterAll(async () => {
  await registry.close();
  rmSync(work, { recursive: true, force: true });
});
beforeEach(() => {
  cacheDir = join(work, `cache-${runs++}`);
});

const common = (options: ScanOptions): ScanOptions => ({
  platform: 'linux/amd64',
  database,
  cacheDir,
  cacheSize: 1e8,
  registry: { plainHttp: true },
  now: BEFORE,
  env: {},
  maxDatabaseAgeDays: 10_000,
  ...options,
});
const scanned = (name = 'shop/web:1', options: ScanOptions = {}): Promise<Report> => scan(`${registry.host}/${name}`, common(options));
const anew = (name?: string, options: ScanOptions = {}): Promise<Report> => scanned(name, { ...options, cacheSize: 0 });

/** The first reads the layers, the second keeps what it comes to. */
async function keep(name?: string, options?: ScanOptions): Promise<void> {
  for (let run = 0; run < 2; run++) await scanned(name, options);
}

const entries = (family: string): readonly string[] =>
  readdirSync(join(cacheDir, 'layers'))
    .filter((name) => name.includes(`-${family}-`))
    .map((name) => join(cacheDir, 'layers', name));
const shardsOf = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tbl'))
    .map((name) => join(folder, name));

/** Runs `work` while every shard of the database holds nothing: whoever opens one fails. */
async function withoutShards<T>(work: () => Promise<T>): Promise<T> {
  const shards = shardsOf(database).map((path) => ({ path, bytes: readFileSync(path) }));
  for (const { path } of shards) truncateSync(path, 0);
  try {
    return await work();
  } finally {
    for (const { path, bytes } of shards) writeFileSync(path, bytes);
  }
}

const ids = ({ findings }: Report): readonly string[] => findings.map(({ id }) => id);

describe('a scan of an unchanged image with an unchanged database', () => {
  it('opens no shard and reads no result of a layer, and says the same', async () => {
    const fresh = await anew();
    await keep();
    for (const path of entries('packages')) truncateSync(path, 0);
    const before = registry.requests.length;
    expect(await withoutShards(() => scanned())).toStrictEqual(fresh);
    expect(registry.requests.slice(before).filter(({ url }) => amd64.layers.some(({ digest }) => url.includes(digest)))).toEqual([]);
    expect(ids(fresh)).toEqual(['CVE-2020-0001', 'CVE-2022-0778', 'CVE-2020-8203']);
  });

  it('does so for every platform of an image', async () => {
    const all = (cacheSize: number) => scanPlatforms(`${registry.host}/shop/many:1`, common({ cacheSize }));
    const fresh = await all(0);
    for (let run = 0; run < 2; run++) await all(1e8);
    expect(await withoutShards(() => all(1e8))).toStrictEqual(fresh);
    expect(fresh.reports.map((report) => ids(report).length)).toEqual([3, 2]);
  });

  it.each<[string, ScanOptions]>([
    ['a gate', { failOn: 'high' }],
    ['a limit to the age of data', { maxDatabaseAgeDays: 1 }],
    ['a day after the release has died', { now: AFTER }],
    ['a gate that takes lazy layers', { failOn: 'low', allowLazy: true }],
  ])('says with %s what a fresh one says', async (_, options) => {
    await keep();
    expect(await withoutShards(() => scanned('shop/web:1', options))).toStrictEqual(await anew('shop/web:1', options));
  });

  it('refuses stale data all the same', async () => {
    await keep();
    await expect(scanned('shop/web:1', { maxDatabaseAgeDays: 1, staleDatabase: 'fail' })).rejects.toMatchObject({ code: 'database-stale' });
  });

  it('counts a release as dead from its day on, and not before', async () => {
    await keep();
    expect(ids(await scanned())).not.toContain('EOL-debian-11');
    expect(ids(await scanned('shop/web:1', { now: AFTER }))).toContain('EOL-debian-11');
    expect(ids(await scanned())).not.toContain('EOL-debian-11');
  });
});

describe('what is kept is not used', () => {
  const asFresh = async (name?: string, options: ScanOptions = {}): Promise<Report> => {
    const fresh = await anew(name, options);
    expect(await scanned(name, options)).toStrictEqual(fresh);
    return fresh;
  };

  it('for another database, nor what that said for this one', async () => {
    await keep();
    expect(ids(await asFresh('shop/web:1', { database: other }))).not.toContain('CVE-2020-8203');
    expect(ids(await asFresh())).toContain('CVE-2020-8203');
    expect(await asFresh('shop/web:1', { database: 'starter' })).not.toMatchObject({ database: { starter: false } });
  });

  it('for another repository: its fingerprints are others', async () => {
    await keep();
    const [one, copy] = [await asFresh(), await asFresh('shop/copy:1')];
    expect(copy.findings[0]?.fingerprint).not.toBe(one.findings[0]?.fingerprint);
  });

  it('for another tag, image or platform', async () => {
    await keep();
    await asFresh('shop/web:2');
    expect(ids(await asFresh('shop/fixed:1'))).not.toContain('CVE-2020-8203');
    expect(ids(await asFresh('shop/many:1', { platform: 'linux/s390x' }))).not.toContain('CVE-2020-8203');
  });

  it('where no cache is wanted', async () => {
    await keep();
    await expect(withoutShards(() => anew())).rejects.toMatchObject({ code: 'database-damaged' });
  });

  it('where a part of the database is not here', async () => {
    await keep();
    const path = shardsOf(database).find((each) => each.includes('npm')) as string;
    const bytes = readFileSync(path);
    rmSync(path);
    await expect(scanned()).rejects.toMatchObject({ code: 'database-incomplete' });
    writeFileSync(path, bytes);
  });

  it('where an entry is damaged, wherever that is', async () => {
    const fresh = await anew();
    await keep();
    const [path = ''] = entries('findings');
    const bytes = readFileSync(path);
    for (let at = 0; at < bytes.length; at += 7) {
      const damaged = Buffer.from(bytes);
      damaged[at]! ^= 0x55;
      writeFileSync(path, at % 2 ? damaged : bytes.subarray(0, at));
      expect(await scanned()).toStrictEqual(fresh);
    }
  });

  it("where it is another image's under this one's name", async () => {
    await keep();
    await keep('shop/fixed:1');
    const [one = '', two = ''] = entries('findings');
    const bytes = [readFileSync(one), readFileSync(two)] as const;
    writeFileSync(one, bytes[1]);
    writeFileSync(two, bytes[0]);
    expect(ids(await asFresh())).toContain('CVE-2020-8203');
    expect(ids(await asFresh('shop/fixed:1'))).not.toContain('CVE-2020-8203');
  });

  it('where it has no room', async () => {
    for (let run = 0; run < 3; run++) expect(await scanned('shop/web:1', { cacheSize: 1000 })).toStrictEqual(await anew());
    expect(existsSync(join(cacheDir, 'layers')) ? entries('findings') : []).toEqual([]);
  });
});
