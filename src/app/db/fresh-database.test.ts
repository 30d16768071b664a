import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FETCHED, writeAdvisories } from '../../../testing/advisories.ts';
import { type FakeServer, type Intercept, refuse, sendRange, startRegistry } from '../../../testing/registry/index.ts';
import { serveFolder } from '../../../testing/web-folder.ts';
import type { ReportDatabase } from '../../model/index.ts';
import { createHttp } from '../../util/http/index.ts';
import { type ScanOptions, scan } from '../scan/index.ts';
import { dbBuild } from './build.ts';
import { dbSearch } from './search.ts';
import { dbStatus } from './status.ts';
import { dbExport, dbPull, dbPush } from './transfer.ts';

const NOW = new Date('2025-01-11T12:00:00Z');
const SOON = new Date('2025-01-11T17:59:00Z');
const LATER = new Date('2025-01-12T12:00:00Z');
const LODASH = ['CVE-2020-8203'];
const OPENSSL = ['CVE-2020-0001', 'CVE-2022-0778'];
let root: string;
/** What is published one day and the next: only the shard of npm is another, where lodash 4.17.15 is not affected any more. */
let first: string;
let second: string;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'plimsoll-fresh-'));
  const feeds = join(root, 'feeds');
  writeAdvisories(feeds);
  first = await published('first', feeds, NOW);
  const npm = join(feeds, 'ghsa-npm.jsonl');
  writeFileSync(npm, readFileSync(npm, 'utf8').replace('4.17.20', '4.17.15'));
  second = await published('second', feeds, LATER);
  tree('npm', { 'srv/node_modules/lodash/package.json': JSON.stringify({ name: 'lodash', version: '4.17.15' }) });
  tree('debian', {
    'etc/os-release': 'ID=debian\nVERSION_ID="11"\n',
    'var/lib/dpkg/status': 'Package: openssl\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.1.1k-1+deb11u1\n',
  });
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The folder of a layout. */
async function published(name: string, feeds: string, now: Date): Promise<string> {
  const database = join(root, `${name}.db`);
  await dbBuild({ from: feeds, out: database, now, fetchedAt: FETCHED });
  const layout = `${join(root, name)}/`;
  await dbExport(layout, { folder: database });
  return layout;
}

function tree(name: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name, path)), { recursive: true });
    writeFileSync(join(root, name, path), content);
  }
}

async function web(folder: string, intercept?: Intercept): Promise<FakeServer & { readonly source: string }> {
  const server = await serveFolder(folder, intercept);
  closers.push(server.close);
  return { ...server, source: `${server.url}/db/` };
}

let folders = 0;
const fresh = (): string => join(root, `cache-${folders++}`);

interface Scanned {
  readonly ids: readonly string[];
  readonly warnings: readonly string[];
  readonly database: ReportDatabase;
}

async function scanned(what: 'npm' | 'debian', cacheDir: string, options: ScanOptions): Promise<Scanned> {
  const http = createHttp({ sleep: async () => undefined, random: () => 0, timeoutMs: 500 });
  const common = { cacheDir, now: NOW, env: {}, maxDatabaseAgeDays: 100, ...(options.offline ? {} : { http }) };
  const { findings, warnings, database } = await scan(`rootfs:${join(root, what)}`, { ...common, ...options });
  return { ids: findings.map(({ id }) => id).sort(), warnings: warnings.map(({ code }) => code), database: database as ReportDatabase };
}

function here(cacheDir: string): readonly string[] {
  return dbStatus({ cacheDir }, NOW)
    .shards.filter((shard) => shard.here)
    .map(({ id }) => id);
}

function failure(promise: Promise<unknown>): Promise<{ code: string; params: Record<string, unknown>; message: string }> {
  return promise.then(
    () => expect.unreachable('it did not fail'),
    (error) => error,
  );
}

/** Requests for shards and manifests: all but index and marker. */
const blobs = ({ requests }: FakeServer): number => requests.filter(({ url }) => url.includes('/blobs/')).length;

describe.each(['registry', 'web server', 'folder'])('a scan with a %s as its source', (kind) => {
  async function source(): Promise<{ text: string; requests: FakeServer['requests']; publish(folder: string): Promise<void> }> {
    const options = { env: {}, offline: false };
    if (kind === 'registry') {
      const server = await startRegistry();
      closers.push(server.close);
      const text = `${server.host}/team/db:1`;
      const publish = async (layout: string) => void (await dbPush(text, { ...options, folder: layout.replace(/\/$/, '.db') }));
      await publish(first);
      return { text, requests: server.requests, publish };
    }
    const folder = `${fresh()}/`;
    const publish = async (layout: string) => void (await dbExport(folder, { folder: layout.replace(/\/$/, '.db') }));
    await publish(first);
    if (kind === 'folder') return { text: folder, requests: [], publish };
    const server = await web(folder);
    return { text: server.source, requests: server.requests, publish };
  }

  it('fetches the parts that it needs, asks again after six hours, and takes what is new', async () => {
    const { text, requests, publish } = await source();
    const cache = fresh();
    const databaseSources = [text];
    const one = await scanned('npm', cache, { databaseSources });
    expect(one).toMatchObject({ ids: LODASH, database: { source: text, builtAt: '2025-01-11T12:00:00Z', starter: false } });
    expect(here(cache)).toEqual(['common', 'npm']);

    const [before, asked] = [requests.length, () => requests.slice(before)];
    expect((await scanned('npm', cache, { databaseSources, now: SOON })).ids).toEqual(LODASH);
    expect(asked()).toEqual([]);
    expect((await scanned('debian', cache, { databaseSources, now: SOON })).ids).toEqual(OPENSSL);
    expect(here(cache)).toEqual(['Debian:11', 'common', 'npm']);
    expect(asked().filter(({ method, url }) => method === 'GET' && url.includes('/blobs/')).length).toBeLessThanOrEqual(1);

    await publish(second);
    const two = await scanned('npm', cache, { databaseSources, now: LATER });
    expect(two).toMatchObject({ ids: [], database: { builtAt: '2025-01-12T12:00:00Z' } });
    expect(here(cache)).toEqual(['Debian:11', 'common', 'npm']);
    expect((await scanned('debian', cache, { databaseSources, now: LATER })).ids).toEqual(OPENSSL);
  });

  it('never says less where a part is not here and may not be fetched', async () => {
    const { text } = await source();
    const cache = fresh();
    await scanned('npm', cache, { databaseSources: [text] });
    expect((await scanned('npm', cache, { databaseSources: [text], update: 'never' })).ids).toEqual(LODASH);
    const refused = { code: 'database-incomplete', params: { parts: 'Debian:11' } };
    expect(await failure(scanned('debian', cache, { databaseSources: [text], update: 'never' }))).toMatchObject(refused);
    expect(await failure(scanned('debian', cache, {}))).toMatchObject(refused);
    expect(await failure(dbExport(join(root, 'x.tar'), { folder: join(cache, 'db') }))).toMatchObject({ code: 'database-incomplete' });
    expect(dbSearch({ cacheDir: cache }, 'lodash')).toMatchObject({ statements: [{ name: 'lodash' }], shards: { here: 2, of: 3 } });
    await dbPull([text], { folder: join(cache, 'db'), env: {}, offline: false, now: NOW });
    expect((await scanned('debian', cache, { databaseSources: [text], update: 'never' })).ids).toEqual(OPENSSL);
  });
});

describe('offline', () => {
  it('asks nobody, and says what is missing', async () => {
    const server = await web(first);
    const cache = fresh();
    const databaseSources = [server.source];
    await scanned('npm', cache, { databaseSources });
    const before = server.requests.length;
    expect((await scanned('npm', cache, { databaseSources, offline: true, now: LATER })).ids).toEqual(LODASH);
    const error = await failure(scanned('debian', cache, { databaseSources, offline: true }));
    expect(error).toMatchObject({ code: 'database-incomplete', message: expect.stringContaining('plimsoll db pull') });
    expect(await failure(scanned('npm', cache, { databaseSources, offline: true, update: 'always' }))).toMatchObject({ code: 'offline' });
    expect(server.requests).toHaveLength(before);
  });

  it('still reads a folder', async () => {
    const server = await web(first);
    const databaseSources = [server.source, first];
    expect((await scanned('npm', fresh(), { databaseSources, offline: true })).database.source).toBe(first);
    expect(server.requests).toHaveLength(0);
  });
});

describe('a source that fails', () => {
  const down = 'http://127.0.0.1:9/db/';

  it('is named in a warning, and the next one answers', async () => {
    const result = await scanned('npm', fresh(), { databaseSources: [down, first] });
    expect(result).toMatchObject({ ids: LODASH, warnings: ['database-source-failed'], database: { source: first } });
  });

  it('leaves what is here going on, with a warning and its age', async () => {
    const cache = fresh();
    await scanned('npm', cache, { databaseSources: [first] });
    const report = await scan(`rootfs:${join(root, 'npm')}`, {
      ...{ cacheDir: cache, env: {}, now: LATER, databaseSources: [down] },
      http: createHttp({ sleep: async () => undefined }),
    });
    expect(report.findings.map(({ id }) => id)).toEqual(LODASH);
    expect(report.warnings).toEqual([
      { code: 'database-not-updated', params: { sources: `${down}: network-failed`, age: 11 } },
      expect.objectContaining({ code: 'stale-database' }),
    ]);
    const databaseSources = [down, '/nowhere/at/all'];
    expect((await scanned('npm', cache, { databaseSources })).warnings).toEqual(['database-not-updated']);
    expect(await failure(scanned('npm', cache, { databaseSources, update: 'always' }))).toMatchObject({ code: 'database-sources-failed' });
    expect(await failure(scanned('debian', cache, { databaseSources: [down] }))).toMatchObject({ code: 'network-failed' });
  });

  it('is an error where nothing is here: the starter does not stand in for it', async () => {
    expect(await failure(scanned('npm', fresh(), { databaseSources: [down] }))).toMatchObject({ code: 'network-failed' });
  });

  it('stalls: the next one is asked', async () => {
    const silent = await web(first, (request, response) => {
      if (!request.url?.includes('/blobs/')) return false;
      response.writeHead(200, { 'content-length': 1000 }).flushHeaders();
      return true;
    });
    const result = await scanned('npm', fresh(), { databaseSources: [silent.source, first] });
    expect(result).toMatchObject({ ids: LODASH, warnings: ['database-source-failed'] });
  });

  it('breaks and asks for patience: it is taken up by range where it broke', async () => {
    let refusals = 0;
    const server = await web(first, (request, response) => {
      if (!request.url?.includes('/blobs/')) return false;
      if (refusals++ === 0) return refuse(response, 429, 'TOOMANYREQUESTS', 'slow down', { 'retry-after': '7' }) !== undefined;
      return request.headers.range === undefined && half(response, join(first, request.url.replace(/^\/db\//, '')));
    });
    expect((await scanned('npm', fresh(), { databaseSources: [server.source] })).ids).toEqual(LODASH);
    expect(server.requests.filter(({ headers }) => headers.range !== undefined).length).toBeGreaterThanOrEqual(4);
  });

  it('offers other bytes than it says: refused, and the next one gives them', async () => {
    const server = await web(first, (request, response) => {
      const path = join(first, request.url?.replace(/^\/db\//, '') ?? '');
      if (!request.url?.includes('/blobs/') || readFileSync(path)[0] === 0x7b) return false;
      sendRange(response, Buffer.alloc(statSync(path).size, 7), {});
      return true;
    });
    expect((await failure(scanned('npm', fresh(), { databaseSources: [server.source] }))).code).toBe('digest-mismatch');
    expect((await scanned('npm', fresh(), { databaseSources: [server.source, first] })).ids).toEqual(LODASH);
  });
});

describe('what is here', () => {
  it('is not replaced by something older, and parts of it are not taken from there', async () => {
    const cache = fresh();
    await scanned('npm', cache, { databaseSources: [second], now: LATER });
    const behind = await scanned('npm', cache, { databaseSources: [first], now: LATER });
    expect(behind).toMatchObject({ ids: [], warnings: [], database: { builtAt: '2025-01-12T12:00:00Z' } });
    expect((await failure(scanned('debian', cache, { databaseSources: [first], now: LATER }))).code).toBe('database-source-older');
    expect(await scanned('debian', cache, { databaseSources: [first, second], now: LATER })).toMatchObject({
      ids: OPENSSL,
      warnings: ['database-source-failed'],
    });
  });

  it('is mended where it is damaged', async () => {
    const cache = fresh();
    const { database } = await scanned('npm', cache, { databaseSources: [first] });
    truncateSync(join(database.path, 'npm.tbl'), 20);
    expect((await failure(scanned('npm', cache, {}))).code).toBe('database-damaged');
    expect((await scanned('npm', cache, { databaseSources: [first] })).ids).toEqual(LODASH);
    truncateSync(join(database.path, 'manifest.json'), 20);
    expect((await scanned('npm', cache, { databaseSources: [first] })).ids).toEqual(LODASH);
  });

  it('may be a folder of its own, and one that was named as a single generation is left alone', async () => {
    const folder = join(fresh(), 'db');
    expect((await scanned('npm', '/nowhere', { database: folder, databaseSources: [first] })).ids).toEqual(LODASH);
    const generation = dbStatus({ named: `${second.slice(0, -1)}.db`, cacheDir: '' }, NOW).database.path;
    const files = readdirSync(generation);
    expect((await scanned('npm', '/nowhere', { database: generation, databaseSources: [first] })).ids).toEqual([]);
    expect(readdirSync(generation)).toEqual(files);
    expect((await scanned('npm', '/nowhere', { database: 'starter', databaseSources: [first] })).warnings).toContain('starter-database');
  });

  it('is the starter where no source is set, with a line that says how to get more', async () => {
    expect((await scanned('npm', fresh(), {})).warnings).toContain('starter-database');
    expect((await failure(scanned('npm', fresh(), { update: 'always' }))).code).toBe('database-source-missing');
  });
});

describe('a source as users write it', () => {
  it.each([
    ['http://mirror.example/db/', 'database-source-invalid'],
    ['http://', 'database-source-invalid'],
    ['file://elsewhere/db', 'database-source-invalid'],
    ['Not A Reference', 'reference-invalid'],
  ])('is refused where it can be none: %s', async (source, code) => {
    expect((await failure(scanned('npm', fresh(), { databaseSources: [source] }))).code).toBe(code);
  });

  it.each([
    ['a file address', () => `file://${first}`],
    ['a layout by its prefix', () => `oci:${first}`],
  ])('may be %s', async (_, source) => {
    expect((await scanned('npm', fresh(), { databaseSources: [source()] })).ids).toEqual(LODASH);
  });

  it('may be an archive, and an address with a password that no report shows', async () => {
    const archive = join(root, 'first.tar');
    await dbExport(archive, { folder: join(root, 'first.db') });
    expect((await scanned('npm', fresh(), { databaseSources: [archive] })).database.source).toBe(archive);
    const server = await web(first, ({ headers }, response) => {
      if (headers.authorization === `Basic ${btoa('ann:s3cret')}`) return false;
      refuse(response, 401, 'UNAUTHORIZED', 'who are you?');
      return true;
    });
    const { database } = await scanned('npm', fresh(), { databaseSources: [server.source.replace('http://', 'http://ann:s3cret@')] });
    expect(database.source).toBe(server.source);
    expect((await failure(scanned('npm', fresh(), { databaseSources: [server.source] }))).code).toBe('http-status');
    expect(blobs(server)).toBeGreaterThan(0);
  });
});

function half(response: ServerResponse, path: string): true {
  const bytes = readFileSync(path);
  response.writeHead(200, { 'content-length': bytes.length });
  response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
  return true;
}
