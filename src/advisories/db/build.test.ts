import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDatabase } from './build.ts';
import { openDatabase } from './open.ts';

const NOW = new Date('2026-03-04T05:06:07Z');
const VECTOR = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const osv = (id: string, ecosystem: string, name: string, fixed: string, rest: object = {}) => ({
  id,
  modified: '2026-01-01T00:00:00Z',
  affected: [{ package: { ecosystem, name }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }] }],
  ...rest,
});

/** Feeds that contradict and complete each other. */
const FEEDS: Readonly<Record<string, readonly unknown[] | string>> = {
  'os/debian-osv.jsonl.gz': [
    osv('CVE-2020-0001', 'Debian:11', 'acme', '1.0-2', {
      severity: [{ type: 'CVSS_V3', score: VECTOR }],
      published: '2020-01-01T00:00:00Z',
    }),
    osv('DSA-1-1', 'Debian:11', 'acme', '1.0-2', { related: ['CVE-2020-0001', 'CVE-2020-0002'] }),
    osv('CVE-2099-0001', 'Debian:12', 'acme', '2.0-1', { modified: '2099-01-01T00:00:00Z' }),
  ],
  'lang/ghsa-pypi.jsonl.gz': [
    osv('GHSA-aaaa-aaaa-aaaa', 'PyPI', 'Acme_Lib', '1.1', { aliases: ['CVE-2020-0001'], database_specific: { severity: 'HIGH' } }),
    osv('GHSA-bbbb-bbbb-bbbb', 'PyPI', 'acme-lib', '1.2', { aliases: ['CVE-2020-0003', 'CVE-2020-0004'] }),
    osv('GHSA-cccc-cccc-cccc', 'PyPI', 'acme-lib', '1.3', { published: '2020-05-05T00:00:00Z' }),
  ],
  'lang/pypa.jsonl': [
    osv('PYSEC-2020-1', 'PyPI', 'acme-lib', '1.0.9', { aliases: ['GHSA-aaaa-aaaa-aaaa'] }),
    osv('PYSEC-2020-2', 'PyPI', 'acme-lib', '1.2', { aliases: ['GHSA-bbbb-bbbb-bbbb'] }),
    osv('PYSEC-2020-3', 'PyPI', 'acme-lib', '9', { withdrawn: '2021-01-01T00:00:00Z' }),
  ],
  'os/redhat-osv.jsonl.gz': ['baseos', 'appstream'].flatMap((stream) =>
    ['acme', 'acme-libs', 'acme-devel', 'acme-doc'].map((name) =>
      osv('RHSA-2020:0001', `Red Hat:enterprise_linux:8::${stream}`, name, '0:1.0-2.el8', {
        related: Array.from({ length: 30 }, (_, number) => `CVE-2020-${1000 + number}`),
      }),
    ),
  ),
  'enrich/epss-20260303.csv.gz': 'cve,epss,percentile\nCVE-2020-0001,0.5,0.9\nCVE-2020-0009,0.1,0.2\n',
  'enrich/cisa-kev-20260301.json.gz': JSON.stringify({ vulnerabilities: [{ cveID: 'CVE-2020-0001', dateAdded: '2026-02-01' }] }),
  'os/nobody-knows.jsonl.gz': [{}],
};

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'plimsoll-db-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function feeds(name: string, files: Readonly<Record<string, readonly unknown[] | string>> = FEEDS): string {
  const folder = join(root, name);
  for (const [file, content] of Object.entries(files)) {
    const path = join(folder, file);
    const text = typeof content === 'string' ? content : content.map((record) => `${JSON.stringify(record)}\n`).join('');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.endsWith('.gz') ? gzipSync(text) : text);
    utimesSync(path, new Date('2026-02-02T00:00:00Z'), new Date('2026-02-02T00:00:00Z'));
  }
  return folder;
}

const build = (from: string, out: string, rest: object = {}) =>
  buildDatabase({ from, out: join(root, out), now: NOW, workers: 0, ...rest });

describe('a database built from a folder of feeds', () => {
  let built: Awaited<ReturnType<typeof build>>;
  beforeAll(async () => {
    built = await build(feeds('feeds'), 'db');
  });

  it('keeps two sources that disagree as two statements', () => {
    const database = openDatabase(join(root, 'db'));
    const statements = database.lookup({ ecosystem: 'PyPI', name: 'acme-lib' });
    expect(statements.filter(({ id }) => /aaaa|2020-1$/.test(id)).map(({ id, feed, ranges }) => [id, feed, ranges[0]?.[1]])).toEqual([
      ['GHSA-aaaa-aaaa-aaaa', 'ghsa', { fixed: '1.1' }],
      ['PYSEC-2020-1', 'pypa', { fixed: '1.0.9' }],
    ]);
    database.close();
  });

  it('joins what all feeds know of a flaw under its CVE, by any of its names', () => {
    const database = openDatabase(join(root, 'db'));
    const flaw = {
      id: 'CVE-2020-0001',
      aliases: ['GHSA-aaaa-aaaa-aaaa', 'PYSEC-2020-1'],
      cvss: [{ vector: VECTOR, source: 'nvd' }],
      epss: { score: 0.5, percentile: 0.9, date: '2026-03-03' },
      kev: { dateAdded: '2026-02-01', ransomware: false },
      published: '2020-01-01T00:00:00Z',
      severities: [{ level: 'high', source: 'ghsa' }],
    };
    for (const name of ['CVE-2020-0001', 'GHSA-aaaa-aaaa-aaaa', 'PYSEC-2020-1']) expect(database.flaw(name)).toEqual(flaw);
    expect(database.flaw('CVE-2020-0009')?.epss?.score).toBe(0.1);
    expect(database.flaw('DSA-1-1')).toBeUndefined();
    database.close();
  });

  it('reads an advisory on two CVEs as a bundle, and so one that only follows it', () => {
    const database = openDatabase(join(root, 'db'));
    const bundles = database.lookup({ ecosystem: 'PyPI', name: 'acme-lib' }).filter(({ form }) => form === 'errata');
    expect(bundles.map(({ id, flaws }) => [id, flaws])).toEqual([
      ['GHSA-bbbb-bbbb-bbbb', ['CVE-2020-0003', 'CVE-2020-0004']],
      ['PYSEC-2020-2', ['CVE-2020-0003', 'CVE-2020-0004']],
    ]);
    expect(database.names('GHSA-bbbb-bbbb-bbbb')).toEqual(['CVE-2020-0003', 'CVE-2020-0004']);
    expect(database.flaw('GHSA-bbbb-bbbb-bbbb')).toBeUndefined();
    expect(database.flaw('CVE-2020-0003')?.aliases).toEqual(['GHSA-bbbb-bbbb-bbbb', 'PYSEC-2020-2']);
    database.close();
  });

  it('stores long heads once and gives them back whole', () => {
    const database = openDatabase(join(root, 'db'));
    for (const stream of ['baseos', 'appstream']) {
      const [erratum] = database.lookup({ ecosystem: `Red Hat:enterprise_linux:8::${stream}`, name: 'acme-libs' });
      expect(erratum).toMatchObject({ id: 'RHSA-2020:0001', form: 'errata' });
      expect(erratum?.flaws).toHaveLength(30);
    }
    const shard = database.manifest.shards.find(({ id }) => id === 'Red Hat:8');
    expect(shard).toMatchObject({ keys: 8, statements: 8, feeds: ['redhat-osv'] });
    database.close();
  });

  it('knows which ecosystems it covers, and which shards and feeds some ecosystems need', () => {
    const database = openDatabase(join(root, 'db'));
    expect(['Debian:11', 'PyPI', 'Debian:10', 'npm'].map((ecosystem) => database.covers(ecosystem))).toEqual([true, true, false, false]);
    const shards = database.shardsFor(['Debian:11', 'npm']);
    expect(shards).toEqual(['Debian:11', 'common']);
    expect(database.feedsOf(shards)).toEqual(['debian-osv', 'epss', 'kev']);
    database.close();
  });

  it('says of each feed how many records, how old and how new', () => {
    const { feeds: infos, records, builtAt } = built.manifest;
    expect(builtAt).toBe('2026-03-04T05:06:07Z');
    expect(records).toBe(3 + 3 + 2 + 8 + 2 + 1);
    const debian = infos.find(({ id }) => id === 'debian-osv');
    // The record of 2099 is a mistake of upstream and no news.
    expect(debian).toMatchObject({ records: 3, fetchedAt: '2026-02-02T00:00:00Z', newestRecord: '2026-01-01T00:00:00Z' });
  });

  it('counts what says nothing, and names the files that it did not read', () => {
    expect(built.unread).toEqual(['os/nobody-knows.jsonl.gz']);
    expect(built.files.find(({ feed }) => feed === 'pypa')?.leftOut).toEqual({ withdrawn: { count: 1, example: 'PYSEC-2020-3' } });
  });

  it('leaves nothing but generations and the pointer', () => {
    expect(readdirSync(join(root, 'db')).sort()).toEqual([built.path.split('/').at(-1), 'CURRENT']);
  });
});

describe('building', () => {
  it('gives the same bytes in one thread and in two, whatever the order of the records', async () => {
    const backwards = Object.fromEntries(
      Object.entries(FEEDS).map(([file, records]) => [file, typeof records === 'string' ? records : [...records].reverse()]),
    );
    const one = await build(feeds('same'), 'one');
    const two = await build(feeds('backwards', backwards), 'two', { workers: 2, threadsFrom: 0 });
    expect(two.manifest.shards).toEqual(one.manifest.shards);
    expect(two.manifest.digest).toBe(one.manifest.digest);
  });

  it('takes fetch dates from feeds.json, and from the caller before that', async () => {
    const from = feeds('dated', { ...FEEDS, 'feeds.json': JSON.stringify({ 'debian-osv': '2026-01-15T10:00:00+02:00' }) });
    const dates = async (rest: object) =>
      (await build(from, 'dated-db', rest)).manifest.feeds.map(({ id, fetchedAt }) => `${id} ${fetchedAt}`);
    expect((await dates({})).slice(0, 2)).toEqual(['debian-osv 2026-01-15T08:00:00Z', 'redhat-osv 2026-02-02T00:00:00Z']);
    expect((await dates({ fetchedAt: '2026-02-20T00:00:00Z' }))[0]).toBe('debian-osv 2026-02-20T00:00:00Z');
  });

  it('reads the same from a folder however it is written', async () => {
    const from = feeds('written');
    for (const written of [`${root}/written/os/..`, `${from}/`, `${root}//written/.`]) {
      expect((await build(written, 'written-db')).unread, written).toEqual(['os/nobody-knows.jsonl.gz']);
    }
  });

  it('keeps the generation before for its readers, and no older one', async () => {
    const paths = [];
    for (const id of ['CVE-2020-0001', 'CVE-2020-0002', 'CVE-2020-0003']) {
      paths.push((await build(feeds(id, { 'debian-osv.jsonl': [osv(id, 'Debian:11', 'acme', '1')] }), 'generations')).path);
    }
    const left = readdirSync(join(root, 'generations')).filter((name) => name !== 'CURRENT');
    expect(left.sort()).toEqual(
      paths
        .slice(1)
        .map((path) => path.split('/').at(-1)!)
        .sort(),
    );
    expect(openDatabase(join(root, 'generations')).info.path).toBe(paths[2]);
  });

  it('does not disturb who is reading: an opened database stays what it was', async () => {
    const from = (id: string) => feeds(`reading-${id}`, { 'debian-osv.jsonl': [osv(id, 'Debian:11', 'acme', '1')] });
    await build(from('CVE-2020-0001'), 'reading');
    const readers = Array.from({ length: 20 }, () => openDatabase(join(root, 'reading')));
    await build(from('CVE-2020-0002'), 'reading');
    const idsIn = (database: (typeof readers)[number]) => database.lookup({ ecosystem: 'Debian:11', name: 'acme' }).map(({ id }) => id);
    expect(readers.flatMap(idsIn)).toEqual(Array.from({ length: 20 }, () => 'CVE-2020-0001'));
    expect(idsIn(openDatabase(join(root, 'reading')))).toEqual(['CVE-2020-0002']);
    for (const reader of readers) reader.close();
  });

  it('tells what goes on', async () => {
    const seen: string[] = [];
    await build(feeds('progress'), 'progress-db', {
      onProgress: (progress: { phase: string; done: number; total: number }) =>
        seen.push(`${progress.phase} ${progress.done === progress.total}`),
    });
    expect(seen.filter((line) => line.endsWith('true'))).toEqual(['read true', 'write true']);
  });

  it.each([
    ['a folder that is not there', 'nowhere', 'target-missing', {}],
    ['a file without a record', 'hollow', 'database-input', { 'ghsa.jsonl.gz': '' }],
    ['a file of which nothing can be read', 'garbage', 'database-input', { 'ghsa.jsonl.gz': 'not json\n{"id":5}\nnull\n' }],
    ['no feed in it', 'empty', 'database-no-feeds', { 'notes.txt': 'hello' }],
    ['a file that was cut off', 'cut', 'database-input', { 'debian-osv.jsonl.gz.part': '', 'ghsa.jsonl.gz': '' }],
  ])('fails with a code on %s, and leaves the old database', async (_, name, code, files) => {
    const from = name === 'nowhere' ? join(root, name) : feeds(name, files);
    if (name === 'cut') writeFileSync(join(from, 'ghsa.jsonl.gz'), gzipSync('x'.repeat(100_000)).subarray(0, 50));
    const out = join(root, 'kept');
    const old = await build(feeds('feeds'), 'kept');
    await expect(build(from, 'kept')).rejects.toMatchObject({ code });
    expect(readFileSync(join(out, 'CURRENT'), 'utf8').trim()).toBe(old.path.split('/').at(-1));
    expect(readdirSync(out).filter((entry) => entry.startsWith('.'))).toEqual([]);
  });

  it('counts one record of many that says nothing usable, and refuses a repository none of which does', async () => {
    const good = JSON.stringify(osv('PYSEC-2026-1', 'PyPI', 'acme', '1.3'));
    const empty = JSON.stringify({ id: 'PYSEC-2026-2', affected: [{ package: { ecosystem: 'PyPI', name: 'acme' } }] });
    const some = feeds('records', {
      'pypa/README.md': 'x',
      'pypa/vulns/a/PYSEC-2026-1.json': good,
      'pypa/vulns/a/PYSEC-2026-2.json': empty,
    });
    const { manifest, files, unread } = await build(some, 'records-out');
    expect(manifest.records).toBe(1);
    expect(files.flatMap(({ problems }) => Object.keys(problems))).toEqual(['no ranges and no versions']);
    expect(unread).toEqual(['pypa/README.md']);
    const none = feeds('no-records', { 'pypa/vulns/a/PYSEC-2026-2.json': empty, 'pypa/vulns/a/PYSEC-2026-3.yaml': '- moved' });
    await expect(build(none, 'records-out')).rejects.toMatchObject({ code: 'database-input' });
  });

  it('counts the only changed record beside an archive that says nothing usable', async () => {
    const vex = { document: { tracking: { id: 'moved' } } };
    const folder = feeds('changed', {
      'pypa/all.jsonl': [osv('PYSEC-2026-1', 'PyPI', 'acme', '1.3')],
      'pypa/PYSEC-2026-2.json': JSON.stringify({ id: 'PYSEC-2026-2', affected: [{ package: { ecosystem: 'PyPI', name: 'acme' } }] }),
      'redhat-vex/archive.jsonl': [{ document: { tracking: { id: 'CVE-2026-0001', status: 'deleted' } } }],
      'redhat-vex/2026/cve-2026-0002.json': JSON.stringify(vex),
    });
    const { files } = await build(folder, 'changed-out');
    expect(files.flatMap(({ problems }) => Object.keys(problems)).sort()).toEqual(['no ranges and no versions', 'no usable id']);
  });

  it('fails with a code where the database cannot be', async () => {
    writeFileSync(join(root, 'a-file'), '');
    await expect(build(feeds('feeds'), 'a-file')).rejects.toMatchObject({ code: 'database-unwritable' });
    await expect(build(join(root, 'a-file'), 'kept')).rejects.toMatchObject({ code: 'target-not-folder' });
  });
});
