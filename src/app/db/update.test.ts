import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { osvBucket } from '../../../testing/osv-bucket.ts';
import { temporary, testUpstream } from '../../../testing/upstream-contract.ts';
import type { UpstreamServer } from '../../../testing/upstream-server/index.ts';
import { osvUpstream } from '../../advisories/osv-bucket/upstream.ts';
import type { Upstream } from '../../advisories/types.ts';
import { createHttp } from '../../util/http/index.ts';
import { thisProcess } from '../../util/owner.ts';
import { dbSearch } from './search.ts';
import { type DbUpdateOptions, dbUpdate, listUpstreams } from './update.ts';

const MONDAY = new Date('2026-03-02T10:00:00Z');
const THURSDAY = new Date('2026-03-05T11:00:00Z');

const lodash = (fixed: string, modified = '2026-01-01T00:00:00Z') => ({
  id: 'GHSA-p6mc-m468-83gw',
  modified,
  aliases: ['CVE-2020-8203'],
  affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '3.7.0' }, { fixed }] }] }],
});
const BUCKET = osvBucket({ npm: [lodash('4.17.20')] });
const KEV = JSON.stringify({ vulnerabilities: [{ cveID: 'CVE-2020-8203', dateAdded: '2026-02-01' }] });

/** An upstream of one file, for feeds that others have too. */
function single(id: string, feed: string, name: string, always?: false): Upstream {
  return {
    id,
    title: id,
    feeds: [feed],
    url: `https://${id}.example/`,
    ...(always === undefined ? {} : { always }),
    update: async (mirror) => {
      if ((await mirror.fetch(name)) === 'absent') throw new Error('absent');
    },
  };
}

const kev = single('kev', 'kev', 'known_exploited_vulnerabilities.json');

interface World {
  readonly osv: UpstreamServer;
  readonly other: UpstreamServer;
  readonly cacheDir: string;
  readonly update: (more?: Partial<DbUpdateOptions>) => ReturnType<typeof dbUpdate>;
  readonly options: DbUpdateOptions;
}

/** Two servers, an empty cache, and updates of it. */
async function world(upstreams: readonly Upstream[] = [osvUpstream, kev]): Promise<World> {
  const osv = await testUpstream({ files: BUCKET });
  const other = await testUpstream({ files: { 'known_exploited_vulnerabilities.json': KEV } });
  const cacheDir = temporary();
  const settings = Object.fromEntries(upstreams.map(({ id }) => [id, { urls: [id === 'osv' ? osv.url : other.url] }]));
  const options: DbUpdateOptions = {
    names: [],
    cacheDir,
    out: join(cacheDir, 'db'),
    now: MONDAY,
    offline: false,
    env: {},
    settings,
    workers: 0,
    upstreams,
    http: createHttp({ sleep: async () => {} }),
  };
  return { osv, other, cacheDir, options, update: (more) => dbUpdate({ ...options, ...more }) };
}

const fixOf = ({ cacheDir }: World) => JSON.stringify(dbSearch({ cacheDir }, 'lodash').statements.map(({ ranges }) => ranges));

describe('db update', () => {
  it('makes a database of what the upstreams have, dated by the update', async () => {
    const here = await world();
    const { upstreams, database, built, never } = await here.update();
    expect(upstreams.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['osv', 'changed'],
      ['kev', 'changed'],
    ]);
    expect(database.feeds.map(({ id, records, fetchedAt }) => [id, records, fetchedAt])).toEqual([
      ['ghsa', 1, '2026-03-02T10:00:00Z'],
      ['kev', 1, '2026-03-02T10:00:00Z'],
    ]);
    expect(built?.problems).toEqual([]);
    expect(never).toEqual([]);
    expect(dbSearch(here.options, 'CVE-2020-8203').flaws).toMatchObject([{ kev: { dateAdded: '2026-02-01' } }]);
  });

  it('asks for changes alone the next time; without any the database stays, and is as fresh as the question', async () => {
    const here = await world();
    const first = await here.update();
    here.osv.log.splice(0);
    here.other.log.splice(0);
    const second = await here.update({ now: THURSDAY });
    expect([...here.osv.log, ...here.other.log].map(({ status }) => status)).toEqual([304, 304, 304]);
    expect(second.built).toBeUndefined();
    expect(second.database).toEqual({
      ...first.database,
      path: second.database.path,
      feeds: first.database.feeds.map((feed) => ({ ...feed, fetchedAt: '2026-03-05T11:00:00Z' })),
    });
    const inode = (path: string, file: string) => statSync(join(path, file)).ino;
    const shards = readdirSync(first.database.path).filter((name) => name !== 'manifest.json');
    expect(shards.map((file) => inode(second.database.path, file))).toEqual(shards.map((file) => inode(first.database.path, file)));
  });

  it('takes a changed record in the place of the one in the archive', async () => {
    const here = await world();
    await here.update();
    expect(fixOf(here)).toContain('4.17.20');
    const changed = lodash('4.17.21', '2026-03-01T00:00:00Z');
    here.osv.put('npm/GHSA-p6mc-m468-83gw.json', JSON.stringify(changed));
    here.osv.put('npm/modified_id.csv', `2026-03-01T00:00:00Z,${changed.id}\n`);
    const { upstreams, built } = await here.update({ now: THURSDAY });
    expect(upstreams.map(({ outcome }) => outcome)).toEqual(['changed', 'same']);
    expect(built).toBeDefined();
    expect(fixOf(here)).toContain('4.17.21');
    expect(fixOf(here)).not.toContain('4.17.20');
  });

  it('builds anew where the database is another one, or gone', async () => {
    const here = await world();
    const { database } = await here.update();
    writeFileSync(join(here.cacheDir, 'db', 'CURRENT'), 'nothing\n');
    const again = await here.update({ now: THURSDAY });
    expect(again.built?.database.digest).toBe(database.digest);
  });

  it('builds anew where a scan has left only the parts that it needed', async () => {
    const here = await world();
    const { database } = await here.update();
    const shard = readdirSync(database.path as string).find((name) => name.endsWith('.tbl') && name !== 'common.tbl')!;
    rmSync(join(database.path as string, shard));
    const again = await here.update({ now: THURSDAY });
    expect(again.built?.database.digest).toBe(database.digest);
    expect(readdirSync(again.database.path as string)).toContain(shard);
  });
});

describe('an upstream that fails', () => {
  it('keeps what was mirrored, tells its age, and the others go on', async () => {
    const here = await world();
    await here.update();
    here.osv.fail('', { kind: 'status', status: 503 }, 1000);
    here.other.put('known_exploited_vulnerabilities.json', KEV.replace('2026-02-01', '2026-02-02'));
    const { upstreams, database } = await here.update({ now: THURSDAY });
    expect(upstreams).toMatchObject([
      { id: 'osv', outcome: 'failed', ageDays: 3, error: { code: 'http-status' } },
      { id: 'kev', outcome: 'changed' },
    ]);
    expect(database.feeds.map(({ id, fetchedAt }) => [id, fetchedAt])).toEqual([
      ['ghsa', '2026-03-02T10:00:00Z'],
      ['kev', '2026-03-05T11:00:00Z'],
    ]);
    expect(fixOf(here)).toContain('4.17.20');
  });

  it('and never worked is named, for the database lacks it', async () => {
    const here = await world();
    here.other.fail('', { kind: 'status', status: 404 }, 1000);
    const { upstreams, never } = await here.update();
    expect(upstreams[1]).toMatchObject({ id: 'kev', outcome: 'failed', error: { code: 'internal' } });
    expect(upstreams[1]).not.toHaveProperty('updatedAt');
    expect(never).toEqual(['kev']);
  });

  it('with all others is an error, and the database stays', async () => {
    const here = await world();
    await here.update();
    const before = readFileSync(join(here.cacheDir, 'db', 'CURRENT'), 'utf8');
    for (const server of [here.osv, here.other]) server.fail('', { kind: 'status', status: 503 }, 1000);
    await expect(here.update({ now: THURSDAY })).rejects.toMatchObject({
      code: 'update-failed',
      exitCode: 3,
      params: { failures: 'osv: http-status, kev: http-status' },
    });
    expect(readFileSync(join(here.cacheDir, 'db', 'CURRENT'), 'utf8')).toBe(before);
    await expect(here.update({ names: ['kev'] })).rejects.toMatchObject({ code: 'http-status' });
  });
});

describe('which upstreams', () => {
  const nvd = single('nvd', 'nvd', 'x.json', false);

  it('are updated: those that are always, unless a setting or the command line says otherwise', async () => {
    const here = await world([osvUpstream, kev, nvd]);
    const asked = async (more: Partial<DbUpdateOptions>) => (await here.update(more)).upstreams.map(({ id }) => id);
    const settings = (id: string, enabled: boolean) => ({
      settings: { ...here.options.settings, [id]: { ...here.options.settings?.[id], enabled } },
    });
    expect(await asked({})).toEqual(['osv', 'kev']);
    expect(await asked(settings('nvd', true))).toEqual(['osv', 'kev', 'nvd']);
    expect(await asked(settings('kev', false))).toEqual(['osv']);
    expect(await asked({ names: ['kev'], ...settings('kev', false) })).toEqual(['kev']);
  });

  it('that was asked for by name once stays, until it is switched off', async () => {
    const here = await world([osvUpstream, { ...kev, always: false }]);
    const asked = async (more: Partial<DbUpdateOptions>) => (await here.update(more)).upstreams.map(({ id }) => id);
    expect(await asked({})).toEqual(['osv']);
    expect(await asked({ names: ['kev'] })).toEqual(['kev']);
    expect(await asked({ now: THURSDAY })).toEqual(['osv', 'kev']);
    const off = { ...here.options.settings, kev: { ...here.options.settings?.kev, enabled: false } };
    expect(await asked({ now: THURSDAY, settings: off })).toEqual(['osv']);
  });

  it('that is switched off is in the database no more', async () => {
    const here = await world();
    await here.update();
    const { database } = await here.update({ settings: { ...here.options.settings, kev: { enabled: false } } });
    expect(database.feeds.map(({ id }) => id)).toEqual(['ghsa']);
  });

  it('are unknown or remote offline is told before anything is done', async () => {
    const here = await world();
    await expect(here.update({ names: ['olm'] })).rejects.toMatchObject({ code: 'upstream-unknown', exitCode: 2 });
    await expect(here.update({ settings: { olm: { enabled: true } } })).rejects.toMatchObject({ code: 'upstream-unknown' });
    await expect(here.update({ offline: true })).rejects.toMatchObject({ code: 'offline' });
    expect(readdirSync(here.cacheDir)).toEqual([]);
  });

  it('are a folder works offline', async () => {
    const here = await world();
    const folder = temporary();
    for (const [name, content] of Object.entries(BUCKET)) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    const { database } = await here.update({ names: ['osv'], offline: true, settings: { osv: { urls: [folder] } } });
    expect(database.feeds.map(({ id }) => id)).toEqual(['ghsa']);
    expect(here.osv.log).toEqual([]);
  });

  it('alone never make a database that knows of no package', async () => {
    const here = await world();
    await expect(here.update({ names: ['kev'] })).rejects.toMatchObject({ code: 'update-useless' });
    expect(readdirSync(here.cacheDir)).toEqual(['feeds']);
    here.osv.fail('', { kind: 'status', status: 403 }, 100);
    await expect(here.update(), 'what is missing is the trouble').rejects.toMatchObject({ code: 'http-status' });
    const again = await testUpstream({ files: BUCKET });
    const { never } = await here.update({ names: ['osv'], settings: { osv: { urls: [again.url] } } });
    expect(never).toEqual([]);
  });

  it('are listed with where they come from, how old and how large they are', async () => {
    const here = await world([osvUpstream, kev, nvd]);
    await here.update({ names: ['osv'] });
    const [osv, ...others] = listUpstreams(here.options);
    expect(osv).toMatchObject({ id: 'osv', urls: [here.osv.url], enabled: true, updatedAt: '2026-03-02T10:00:00Z' });
    expect(osv!.size).toBeGreaterThan(400);
    expect(others).toMatchObject([
      { id: 'kev', enabled: true, size: 0 },
      { id: 'nvd', enabled: false, size: 0 },
    ]);
  });
});

describe('a feed that two upstreams have', () => {
  /** GitHub's own archive, say, in which the fix is another one. */
  const own = single('own', 'ghsa', 'ghsa.jsonl', false);
  const both = async () => {
    const here = await world([osvUpstream, own]);
    here.other.put('ghsa.jsonl', `${JSON.stringify(lodash('4.17.99'))}\n`);
    return here;
  };

  it('is read from the one that was updated last, and never from both', async () => {
    const here = await both();
    await here.update({ names: ['osv'] });
    await here.update({ names: ['own'], now: THURSDAY });
    expect(fixOf(here)).toBe(JSON.stringify([[[{ introduced: '3.7.0' }, { fixed: '4.17.99' }]]]));
    await here.update({ names: ['osv'], now: new Date('2026-03-06T00:00:00Z') });
    expect(fixOf(here)).toBe(JSON.stringify([[[{ introduced: '3.7.0' }, { fixed: '4.17.20' }]]]));
  });

  it('and that were updated together, from the first of the list', async () => {
    const here = await both();
    const { database } = await here.update({ names: ['own', 'osv'] });
    expect(database.records).toBe(1);
    expect(fixOf(here)).toContain('4.17.20');
  });
});

describe('two updates of one cache', () => {
  it('do not meet: the second one says who is at work', async () => {
    const here = await world();
    mkdirSync(join(here.cacheDir, 'feeds'));
    writeFileSync(join(here.cacheDir, 'feeds', '.update.lock'), JSON.stringify(thisProcess()));
    await expect(here.update()).rejects.toMatchObject({ code: 'update-running', params: { pid: process.pid } });
  });

  it.each([
    ['a process that is gone', JSON.stringify({ ...thisProcess(), pid: 2 ** 22 + 1 }), MONDAY],
    ['another machine that has been silent for long', JSON.stringify({ ...thisProcess(), space: 'elsewhere' }), new Date(0)],
    ['nobody who can be read, for long', '{', new Date(0)],
  ])('do not wait for %s', async (_, text, date) => {
    const here = await world();
    const path = join(here.cacheDir, 'feeds', '.update.lock');
    mkdirSync(join(here.cacheDir, 'feeds'));
    writeFileSync(path, text);
    utimesSync(path, date, date);
    expect((await here.update()).database.records).toBe(2);
    expect(readdirSync(join(here.cacheDir, 'feeds')).filter((name) => name.includes('lock'))).toEqual([]);
  });
});
