import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildImage, type IndexedForm, type IndexedOptions, type TarEntry, writeLayout } from '../../../testing/image-builder/index.ts';
import { type FakeRegistry, type RegistrySettings, sendRange, startRegistry, startServer } from '../../../testing/registry/index.ts';
import type { Report } from '../../model/index.ts';
import { dbBuild } from '../db/build.ts';
import { type ScanOptions, scan } from './index.ts';

const NOW = new Date('2026-11-01T12:00:00Z');
const filler = Buffer.from(Array.from({ length: 60_000 }, (_, i) => (i * i * 2654435761) >>> 13));
const manifestOf = (name: string, version: string): TarEntry => ({
  path: `srv/node_modules/${name}/package.json`,
  content: JSON.stringify({ name, version }),
});
const BASE: readonly TarEntry[] = [
  { path: 'etc/os-release', content: 'ID=debian\nVERSION_ID="12"\n' },
  { path: 'usr/share/filler', content: filler },
  {
    path: 'var/lib/dpkg/status',
    content: 'Package: bash\nStatus: install ok installed\nVersion: 5.2-1\nArchitecture: amd64\nMaintainer: x\n\n',
  },
  manifestOf('lodash', '4.17.15'),
  manifestOf('gone', '1.0.0'),
];
const APP: readonly TarEntry[] = [
  manifestOf('express', '4.0.0'),
  { path: 'srv/filler', content: filler },
  { path: 'srv/node_modules/.wh.gone', content: '' },
];

const database = mkdtempSync(join(tmpdir(), 'plimsoll-lazy-db-'));
beforeAll(async () => {
  const affected = [{ package: { ecosystem: 'npm', name: 'other' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }] }];
  const record = { schema_version: '1.6.0', id: 'GHSA-aaaa-bbbb-cccc', modified: '2024-01-01T00:00:00Z', affected };
  writeFileSync(join(database, 'ghsa-npm.jsonl'), `${JSON.stringify(record)}\n`);
  await dbBuild({ from: database, out: join(database, 'db'), now: NOW, fetchedAt: NOW.toISOString() });
});
afterAll(() => rmSync(database, { recursive: true, force: true }));

const closers: (() => unknown)[] = [];
let work: string;
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'plimsoll-lazy-'));
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  rmSync(work, { recursive: true, force: true });
});

function imageOf(form: IndexedForm | 'gzip', indexed: IndexedOptions = {}) {
  return buildImage({
    platform: { os: 'linux', architecture: 'amd64' },
    created: '2026-01-01T00:00:00Z',
    steps: [
      { createdBy: 'COPY base /', files: BASE, compression: form, indexed },
      { createdBy: 'COPY app /', files: APP, compression: form, indexed },
    ],
  });
}

async function served(image: ReturnType<typeof buildImage>, settings: RegistrySettings = {}): Promise<FakeRegistry> {
  const registry = await startRegistry(settings);
  closers.push(registry.close);
  registry.content.putImage('shop/web', '1', image);
  return registry;
}

const scanned = (where: { host: string } | string, options: ScanOptions = {}): Promise<Report> =>
  scan(typeof where === 'string' ? where : `${where.host}/shop/web:1`, {
    database: join(database, 'db'),
    platform: 'linux/amd64',
    cacheDir: join(work, 'cache'),
    now: NOW,
    env: {},
    lazy: true,
    ...options,
  });

const names = ({ inventory }: Report): string[] => inventory.packages.map(({ name }) => name).sort();
const codes = ({ warnings }: Report): string[] => warnings.map(({ code }) => code).filter((code) => code.startsWith('lazy'));
const blobRequests = ({ requests }: FakeRegistry) => requests.filter(({ url }) => url.includes('/blobs/'));

describe.each(['estargz', 'zstd:chunked'] as const)('%s', (form) => {
  it('gives the inventory of a whole reading, for a part of the bytes, and says so', async () => {
    const registry = await served(imageOf(form));
    const whole = await scanned(registry, { lazy: false });
    const lazy = await scanned(registry);
    expect(lazy.inventory.packages).toEqual(whole.inventory.packages);
    expect(names(lazy)).toEqual(['bash', 'express', 'lodash']);
    expect({ ...lazy.inventory, layers: [] }).toEqual({ ...whole.inventory, layers: [] });
    for (const layer of lazy.inventory.layers) {
      expect(layer.readMode).toBe('lazy');
      expect(layer.bytesFetched).toBeLessThan(layer.size / 4);
    }
    const [warning] = lazy.warnings.filter(({ code }) => code === 'lazy-layers');
    const fetched = lazy.inventory.layers.reduce((sum, layer) => sum + (layer.bytesFetched ?? 0), 0);
    const size = lazy.inventory.layers.reduce((sum, layer) => sum + layer.size, 0);
    expect(warning?.params).toEqual({ count: 2, layers: 2, fetched, size, percent: Math.round((100 * fetched) / size) });
    expect(whole.inventory.layers.some((layer) => 'readMode' in layer)).toBe(false);
    expect(codes(whole)).toEqual([]);
  });

  it('does not satisfy a gate unless that is allowed', async () => {
    const registry = await served(imageOf(form));
    const refused = await scanned(registry, { failOn: 'critical' });
    expect(refused.decision).toEqual({ outcome: 'unknown', reasons: [{ code: 'lazy-layers', params: { count: 2 } }] });
    expect((await scanned(registry, { failOn: 'critical', allowLazy: true })).decision.outcome).toBe('allow');
    expect((await scanned(registry, { failOn: 'critical', lazy: false })).decision.outcome).toBe('allow');
  });

  it('does not show what the table leaves out; the report of a whole reading does', async () => {
    const table: IndexedOptions = { table: (records) => records.filter(({ name }) => !String(name).includes('lodash')) };
    const registry = await served(imageOf(form, table));
    const lazy = await scanned(registry);
    expect(names(lazy)).toEqual(['bash', 'express']);
    expect(codes(lazy)).toEqual(['lazy-layers']);
    expect(names(await scanned(registry, { lazy: false }))).toEqual(['bash', 'express', 'lodash']);
  });

  it('is cached as what it is: never taken for a whole reading, while a whole reading serves both', async () => {
    const registry = await served(imageOf(form));
    const cached: ScanOptions = { cacheSize: 1e8 };
    const first = await scanned(registry, cached);
    const asked = blobRequests(registry).length;
    const second = await scanned(registry, cached);
    expect(second.inventory).toEqual(first.inventory);
    expect(blobRequests(registry).length).toBe(asked + 1); // the configuration
    const whole = await scanned(registry, { ...cached, lazy: false });
    expect(whole.inventory.layers.some((layer) => 'readMode' in layer)).toBe(false);
    expect(blobRequests(registry).length).toBe(asked + 4);
    const after = await scanned(registry, cached);
    expect(after.inventory).toEqual(whole.inventory);
    expect(codes(after)).toEqual([]);
  });

  it('what one table told is not used for an image that names another table for the same layer', async () => {
    const honest = imageOf(form);
    const registry = await served(honest);
    await scanned(registry, { cacheSize: 1e8 });
    const manifest = JSON.parse(String(honest.blobs.get(honest.descriptor.digest)));
    for (const layer of manifest.layers) {
      for (const key of Object.keys(layer.annotations)) {
        if (/digest|checksum/.test(key)) layer.annotations[key] = `sha256:${'0'.repeat(64)}`;
      }
    }
    registry.content.putManifest('shop/web', '1', Buffer.from(JSON.stringify(manifest)), manifest.mediaType);
    await expect(scanned(registry, { cacheSize: 1e8 })).rejects.toMatchObject({ code: 'digest-mismatch' });
  });

  it('asks a blob store directly once the registry has sent it there', async () => {
    const image = imageOf(form);
    const store = await startServer((request, response) => {
      sendRange(response, image.blobs.get((request.url ?? '').split('/').at(-1) as `sha256:${string}`) as Buffer, {});
    });
    closers.push(store.close);
    const registry = await served(image, { redirectBlobsTo: store.url });
    const report = await scanned(registry);
    expect(codes(report)).toEqual(['lazy-layers']);
    expect(blobRequests(registry)).toHaveLength(3);
    expect(store.requests.length).toBeGreaterThan(3);
  });

  it('goes on where a range breaks off in the middle', async () => {
    let broken = 0;
    const registry = await served(imageOf(form), {
      intercept: (request, response) => {
        const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
        if (range === null || broken >= 2) return false;
        broken++;
        const length = Number(range[2]) - Number(range[1]) + 1;
        const bytes = registry.content.blob('shop/web', (request.url ?? '').split('/').at(-1) as string) as Buffer;
        const headers = { 'content-length': length, 'content-range': `bytes ${range[1]}-${range[2]}/${bytes.length}` };
        response.writeHead(206, headers);
        response.write(bytes.subarray(Number(range[1]), Number(range[1]) + (length >> 1)), () => response.destroy());
        return true;
      },
    });
    expect(names(await scanned(registry))).toEqual(['bash', 'express', 'lodash']);
    expect(broken).toBe(2);
  });

  it('reads whole layers where the registry knows no ranges, and says so', async () => {
    const registry = await served(imageOf(form), {
      intercept: (request) => {
        delete request.headers.range;
        return false;
      },
    });
    const report = await scanned(registry);
    expect(names(report)).toEqual(['bash', 'express', 'lodash']);
    expect(report.warnings.filter(({ code }) => code.startsWith('lazy'))).toEqual([{ code: 'lazy-no-ranges', params: { count: 2 } }]);
  });

  it('reads whole layers where the table is of no use, and says so', async () => {
    const registry = await served(imageOf(form, { table: () => 'no table' }));
    const report = await scanned(registry);
    expect(names(report)).toEqual(['bash', 'express', 'lodash']);
    expect(report.warnings.filter(({ code }) => code.startsWith('lazy'))).toEqual([{ code: 'lazy-bad-table', params: { count: 2 } }]);
  });
});

it('layers without a table are read whole, and the report says so', async () => {
  const report = await scanned(await served(imageOf('gzip')));
  expect(report.warnings.filter(({ code }) => code.startsWith('lazy'))).toEqual([{ code: 'lazy-no-table', params: { count: 2 } }]);
});

it('what comes from no registry is read whole, which is said once', async () => {
  await writeLayout(join(work, 'image'), [{ image: imageOf('estargz') }]);
  expect(codes(await scanned(`oci:${join(work, 'image')}`))).toEqual(['lazy-no-registry']);
  expect(codes(await scanned(`dir:${work}`))).toEqual(['lazy-no-registry']);
});

it('a registry that answers another part than the one asked for is not trusted with parts', async () => {
  const image = imageOf('estargz');
  const registry = await served(image, {
    intercept: (request, response) => {
      if (request.headers.range === undefined) return false;
      response.writeHead(206, { 'content-length': 4, 'content-range': 'bytes 0-3/100' });
      response.end('abcd');
      return true;
    },
  });
  expect(codes(await scanned(registry))).toEqual(['lazy-no-ranges']);
});
