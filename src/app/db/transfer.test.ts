import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FETCHED, writeAdvisories } from '../../../testing/advisories.ts';
import { missingPrograms, startDebianRegistry } from '../../../testing/registry/debian.ts';
import { type FakeRegistry, type RegistrySettings, refuse, startRegistry } from '../../../testing/registry/index.ts';
import { createHttp } from '../../util/http/index.ts';
import { dbBuild } from './build.ts';
import { dbSearch } from './search.ts';
import { dbStatus } from './status.ts';
import { dbExport, dbImport, dbPull, dbPush, type RemoteOptions } from './transfer.ts';

const NOW = new Date('2025-01-11T12:00:00Z');
const LATER = new Date('2025-01-12T12:00:00Z');
let root: string;
/** A database, and the next day's: one shard of three is another. */
let first: string;
let second: string;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'plimsoll-transfer-'));
  first = join(root, 'first');
  second = join(root, 'second');
  const feeds = join(root, 'feeds');
  writeAdvisories(feeds);
  await dbBuild({ from: feeds, out: first, now: NOW, fetchedAt: FETCHED });
  const npm = join(feeds, 'ghsa-npm.jsonl');
  writeFileSync(npm, readFileSync(npm, 'utf8').replace('4.17.20', '4.17.21'));
  await dbBuild({ from: feeds, out: second, now: LATER, fetchedAt: FETCHED });
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function registry(settings: RegistrySettings = {}): Promise<FakeRegistry> {
  const started = await startRegistry(settings);
  closers.push(started.close);
  return started;
}

/** A registry that has the first database under `team/db:latest`. */
async function holding(settings: RegistrySettings = {}): Promise<FakeRegistry & { readonly reference: string }> {
  let troubles = false;
  const intercept: RegistrySettings['intercept'] = (request, response) => troubles && settings.intercept?.(request, response) === true;
  const started = await registry({ ...settings, intercept });
  const reference = `${started.host}/team/db:latest`;
  await dbPush(reference, remote(first));
  troubles = true;
  return { ...started, reference };
}

function remote(folder: string, more: Partial<RemoteOptions> = {}): RemoteOptions & { now: Date } {
  return { folder, env: { HOME: root, DOCKER_CONFIG: root }, offline: false, http: quickHttp(), now: NOW, ...more };
}

function quickHttp(timeoutMs = 5000, pauses: number[] = []) {
  return createHttp({ sleep: async (ms) => void pauses.push(ms), random: () => 0, timeoutMs });
}

let folders = 0;
function fresh(): string {
  return join(root, `fresh-${folders++}`);
}

/** Name and bytes of every file of the current generation. */
function content(folder: string): Record<string, string> {
  const path = dbStatus({ named: folder, cacheDir: '' }, NOW, true).database.path;
  return Object.fromEntries(
    readdirSync(path)
      .filter((file) => file !== 'SOURCE')
      .map((file) => [file, readFileSync(join(path, file), 'latin1')]),
  );
}

function failure(promise: Promise<unknown>): Promise<{ code: string; params: Record<string, unknown> }> {
  return promise.then(
    () => expect.unreachable('it did not fail'),
    (error) => error,
  );
}

function blobRequests(server: FakeRegistry): readonly string[] {
  return server.requests.filter(({ method, url }) => method === 'GET' && url.includes('/blobs/')).map(({ url }) => url);
}

/** Sends half of what was asked for, then breaks the connection. */
function half(response: ServerResponse, bytes: Buffer): true {
  const from = Number(/bytes=(\d+)-/.exec(response.req.headers.range ?? '')?.[1] ?? 0);
  const rest = bytes.subarray(from);
  response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length });
  response.write(rest.subarray(0, Math.ceil(rest.length / 2)), () => response.destroy());
  return true;
}

describe('db push', () => {
  it('sends an artifact of OCI 1.1, a shard a layer, with the credit of every feed', async () => {
    const server = await holding();
    const stored = server.content.manifest('team/db', 'latest')!;
    const manifest = JSON.parse(stored.bytes.toString());
    expect(stored.mediaType).toBe('application/vnd.oci.image.manifest.v1+json');
    expect(manifest).toMatchObject({
      schemaVersion: 2,
      artifactType: 'application/vnd.plimsoll.db.v1',
      config: { mediaType: 'application/vnd.plimsoll.db.manifest.v1+json' },
      annotations: { 'vnd.plimsoll.db.attribution': expect.stringContaining('GitHub Advisory Database: CC-BY-4.0') },
    });
    const npm = JSON.parse(content(first)['manifest.json']!).shards.find((shard: { id: string }) => shard.id === 'npm');
    expect(manifest.layers).toContainEqual({
      mediaType: 'application/vnd.plimsoll.db.shard.v1',
      digest: `sha256:${npm.sha256}`,
      size: npm.size,
      annotations: { 'org.opencontainers.image.title': 'npm.tbl', 'vnd.plimsoll.db.shard': 'npm' },
    });
  });

  it('sends what is not there yet, and the tag last', async () => {
    const server = await holding();
    const before = server.requests.length;
    await dbPush(server.reference, remote(second));
    const written = server.requests.slice(before).filter(({ method }) => method === 'PUT');
    expect(written).toHaveLength(3);
    expect(written.at(-1)?.url).toContain('/manifests/latest');
  });

  it('refuses a digest, a database that is not there and one that was changed', async () => {
    const server = await registry();
    const digest = `sha256:${'0'.repeat(64)}`;
    expect(await failure(dbPush(`${server.host}/a/b@${digest}`, remote(first)))).toMatchObject({ code: 'reference-invalid' });
    expect(await failure(dbPush(`${server.host}/a/b:1`, remote(fresh())))).toMatchObject({ code: 'database-missing' });
    const changed = fresh();
    await dbPull([(await holding()).reference], remote(changed));
    const path = join(dbStatus({ named: changed, cacheDir: '' }, NOW).database.path, 'npm.tbl');
    writeFileSync(path, Buffer.alloc(statSync(path).size));
    expect(await failure(dbPush(`${server.host}/a/b:1`, remote(changed)))).toMatchObject({ code: 'database-damaged' });
    expect(server.content.manifest('a/b', '1')).toBeUndefined();
  });
});

describe('db pull', () => {
  it('brings the same bytes', async () => {
    const out = fresh();
    const pulled = await dbPull([(await holding()).reference], remote(out));
    expect(pulled).toMatchObject({ changed: true, shards: 3, reused: 0 });
    expect(content(out)).toEqual(content(first));
  });

  it('fetches the shards that are another, and nothing where all is the same', async () => {
    const server = await holding();
    const out = fresh();
    await dbPull([server.reference], remote(out));
    const before = blobRequests(server).length;
    expect(await dbPull([server.reference], remote(out))).toMatchObject({ changed: false, fetched: 0 });
    expect(blobRequests(server).length - before).toBe(0);
    await dbPush(server.reference, remote(second));
    expect(await dbPull([server.reference], remote(out))).toMatchObject({ changed: true, reused: 2 });
    expect(blobRequests(server).length - before).toBe(2);
    expect(content(out)).toEqual(content(second));
    expect(dbSearch({ named: out, cacheDir: '' }, 'lodash').statements[0]?.ranges).toEqual([
      [{ introduced: '3.7.0' }, { fixed: '4.17.21' }],
    ]);
  });

  it('says where it replaced something newer', async () => {
    const server = await holding();
    const out = fresh();
    await dbImport(await exported(second), { folder: out, now: NOW });
    expect(await dbPull([server.reference], remote(out))).toMatchObject({ replacedNewer: '2025-01-12T12:00:00Z' });
  });

  it('mends a database that was damaged', async () => {
    const server = await holding();
    const out = fresh();
    const { database } = await dbPull([server.reference], remote(out));
    truncateSync(join(database.path, 'npm.tbl'), 10);
    expect(await dbPull([server.reference], remote(out))).toMatchObject({ changed: true, reused: 2 });
    expect(content(out)).toEqual(content(first));
  });

  it('goes on where a connection broke, and waits as long as Retry-After says', async () => {
    let refused = 0;
    const server = await holding({
      intercept: (request, response) => {
        const digest = /\/blobs\/(sha256:.*)$/.exec(request.url ?? '')?.[1];
        if (digest === undefined) return false;
        if (refused++ === 0) {
          refuse(response, 429, 'TOOMANYREQUESTS', 'slow down', { 'retry-after': '7' });
          return true;
        }
        const bytes = server.content.blob('team/db', digest)!;
        return !request.headers.range && half(response, bytes);
      },
    });
    const out = fresh();
    const pauses: number[] = [];
    await dbPull([server.reference], remote(out, { http: quickHttp(5000, pauses) }));
    expect(pauses).toContain(7000);
    expect(server.requests.filter(({ headers }) => headers.range !== undefined).length).toBeGreaterThanOrEqual(4);
    expect(content(out)).toEqual(content(first));
  });

  it('survives a server that stalls', async () => {
    let stalls = 1;
    const server = await holding({
      intercept: (request, response) => {
        if (!request.url?.includes('/blobs/') || stalls-- <= 0) return false;
        response.writeHead(200, { 'content-length': 1000 });
        response.flushHeaders();
        return true;
      },
    });
    const out = fresh();
    await dbPull([server.reference], remote(out, { http: quickHttp(300) }));
    expect(content(out)).toEqual(content(first));
  });

  it('takes the first source that has it, and what a broken one brought is not fetched again', async () => {
    const broken = await holding({
      intercept: (request, response) => {
        const digest = /\/blobs\/(sha256:.*)$/.exec(request.url ?? '')?.[1];
        const bytes = digest === undefined ? undefined : server.content.blob('team/db', digest);
        if (bytes === undefined || bytes[0] === 0x7b || !bytes.equals(npm)) return false;
        refuse(response, 404, 'BLOB_UNKNOWN', 'gone');
        return true;
      },
    });
    const server = await holding();
    const npm = Buffer.from(content(first)['npm.tbl']!, 'latin1');
    const empty = await registry();
    const out = fresh();
    const failures: string[] = [];
    const pulled = await dbPull([`${empty.host}/team/db`, broken.reference, server.reference], {
      ...remote(out),
      onFailure: ({ error }) => failures.push(error.code),
    });
    expect(failures).toEqual(['registry-repository-unknown', 'registry-blob-unknown']);
    expect(pulled).toMatchObject({ from: server.reference, reused: 2 });
    expect(content(out)).toEqual(content(first));
  });

  it('leaves the old database as it was where no source has a whole one', async () => {
    const server = await holding();
    const out = fresh();
    await dbPull([server.reference], remote(out));
    await dbPush(server.reference, remote(second));
    const npm = Buffer.from(content(second)['npm.tbl']!, 'latin1');
    const { layers } = JSON.parse(server.content.manifest('team/db', 'latest')!.bytes.toString());
    const digest = layers.find((layer: { size: number }) => layer.size === npm.length).digest;
    server.content.putBlob('team/db', Buffer.alloc(npm.length, 7), digest);
    expect(await failure(dbPull([server.reference], remote(out)))).toMatchObject({ code: 'digest-mismatch' });
    server.content.putBlob('team/db', npm.subarray(1), digest);
    expect(await failure(dbPull([server.reference], remote(out)))).toMatchObject({ code: 'size-mismatch' });
    expect(await failure(dbPull([server.reference, `${server.host}/none/db`], remote(out)))).toMatchObject({
      code: 'database-sources-failed',
    });
    expect(content(out)).toEqual(content(first));
  });

  it('asks nothing of the network offline, and wants to know where from', async () => {
    const server = await holding();
    const before = server.requests.length;
    const { http: _, ...offline } = remote(fresh(), { offline: true });
    expect(await failure(dbPull([server.reference, 'example.com/db'], offline))).toMatchObject({ code: 'offline' });
    expect(server.requests).toHaveLength(before);
    expect(await failure(dbPull([], remote(fresh())))).toMatchObject({ code: 'database-source-missing', exitCode: 2 });
  });

  it('does not write into a generation that was named as the database', async () => {
    const server = await holding();
    const { path } = dbStatus({ named: first, cacheDir: '' }, NOW).database;
    expect(await failure(dbPull([server.reference], remote(path)))).toMatchObject({ code: 'database-unwritable' });
  });
});

const missing = missingPrograms();

describe.skipIf(missing.length > 0)(`with the reference registry (needs ${missing.join(', ') || 'nothing more'})`, () => {
  it('pushes and pulls with credentials, over TLS', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plimsoll-debian-registry-'));
    const server = await startDebianRegistry(folder, 'ann', 's3cret');
    try {
      const caFile = join(folder, 'ca.pem');
      const { http: _, ...options } = remote(first, { registry: { caFile, username: 'ann', password: 's3cret' } });
      const out = fresh();
      const { to } = await dbPush(`${server.host}/team/db:1`, options);
      await dbPull([to], { ...options, folder: out });
      expect(content(out)).toEqual(content(first));
      const wrong = { ...options, folder: fresh(), registry: { caFile, username: 'ann', password: 'no' } };
      expect(await failure(dbPull([to], wrong))).toMatchObject({ code: 'registry-credentials-refused' });
    } finally {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);
});

describe('db export and import', () => {
  it('carries the same bytes, and the same database gives the same archive', async () => {
    const [one, two, out] = [`${fresh()}.tar`, `${fresh()}.tar`, fresh()];
    await dbExport(one, { folder: first });
    await dbImport(one, { folder: out, now: NOW });
    expect(content(out)).toEqual(content(first));
    await dbExport(two, { folder: out });
    expect(readFileSync(two).equals(readFileSync(one))).toBe(true);
  });

  it('refuses an archive with a changed byte, at any place, and leaves the old database', async () => {
    const [archive, changed, out] = [`${fresh()}.tar`, `${fresh()}.tar`, fresh()];
    const { size } = await dbExport(archive, { folder: second });
    await dbImport(`${await exported(first)}`, { folder: out, now: NOW });
    const bytes = readFileSync(archive);
    expect(bytes.length).toBe(size);
    for (let at = 257; at < size - 1024; at += 391) {
      const copy = Buffer.from(bytes);
      copy[at]! ^= 0x15;
      writeFileSync(changed, copy);
      const before = content(out);
      const outcome = await dbImport(changed, { folder: out, now: NOW }).then(
        () => 'taken',
        (error) => error.name,
      );
      // What is between the files of a tar is nobody's.
      if (outcome === 'taken') {
        expect(content(out)).toEqual(content(second));
        rmSync(out, { recursive: true });
        await dbImport(`${await exported(first)}`, { folder: out, now: NOW });
      } else {
        expect(outcome).toBe('PlimsollError');
        expect(content(out)).toEqual(before);
      }
    }
  });

  it.each([0, 1, 600, 5000])('refuses an archive that ends after %i bytes', async (length) => {
    const archive = await exported(first);
    truncateSync(archive, length);
    expect(await failure(dbImport(archive, { folder: fresh(), now: NOW }))).toMatchObject({ name: 'PlimsollError' });
  });

  it('says which file cannot be written or is not there', async () => {
    expect(await failure(dbExport(join(root, 'none', 'x.tar'), { folder: first }))).toMatchObject({ code: 'database-archive-unwritable' });
    expect(await failure(dbImport(join(root, 'none.tar'), { folder: fresh(), now: NOW }))).toMatchObject({ code: 'target-missing' });
    writeFileSync(join(root, 'a-file'), '');
    const archive = await exported(first);
    expect(await failure(dbImport(archive, { folder: join(root, 'a-file', 'db'), now: NOW }))).toMatchObject({
      code: 'database-unwritable',
    });
  });
});

async function exported(folder: string): Promise<string> {
  const archive = `${fresh()}.tar`;
  await dbExport(archive, { folder });
  return archive;
}
