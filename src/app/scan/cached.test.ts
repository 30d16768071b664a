import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildImage, writeLayout } from '../../../testing/image-builder/index.ts';
import { Content, type FakeRegistry, startRegistry } from '../../../testing/registry/index.ts';
import { dbBuild } from '../db/build.ts';
import { type ScanOptions, type ScanProgress, scan } from './index.ts';

const NOW = new Date('2025-01-11T12:00:00Z');
const work = mkdtempSync(join(tmpdir(), 'plimsoll-scan-cached-'));
const image = buildImage({
  platform: { os: 'linux', architecture: 'amd64' },
  created: '2025-01-01T00:00:00Z',
  steps: ['base', 'app'].map((name) => ({
    createdBy: `COPY ${name}`,
    files: [{ path: `srv/${name}/node_modules/lodash/package.json`, content: JSON.stringify({ name: 'lodash', version: '4.17.15' }) }],
  })),
});
let registry: FakeRegistry;

beforeAll(async () => {
  const content = new Content();
  for (const [digest, bytes] of image.blobs) content.putBlob('shop/web', bytes, digest);
  content.putManifest('shop/web', '1.2', image.blobs.get(image.descriptor.digest) as Buffer, image.descriptor.mediaType);
  registry = await startRegistry({ content });
});
afterAll(async () => {
  await registry.close();
  rmSync(work, { recursive: true, force: true });
});

/** A database that knows these flaws of lodash. */
async function buildDb(...ids: readonly string[]): Promise<void> {
  const from = join(work, 'feeds');
  mkdirSync(from, { recursive: true });
  const records = ids.map((id) => ({
    schema_version: '1.6.0',
    id,
    modified: '2024-01-01T00:00:00Z',
    affected: [
      { package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }] },
    ],
  }));
  writeFileSync(join(from, 'ghsa-npm.jsonl'), records.map((each) => `${JSON.stringify(each)}\n`).join(''));
  await dbBuild({ from, out: join(work, 'cache/db'), now: NOW, fetchedAt: NOW.toISOString() });
}

/** The flaws that are found, the layers that the registry was asked for, and the last word of the progress. */
async function scanned(options: ScanOptions = {}): Promise<{ ids: string[]; layers: number; cached: number | undefined }> {
  const before = registry.requests.length;
  const progress: ScanProgress[] = [];
  const report = await scan(`${registry.host}/shop/web:1.2`, {
    platform: 'linux/amd64',
    cacheDir: join(work, 'cache'),
    cacheSize: 1e8,
    registry: { plainHttp: true },
    now: NOW,
    env: {},
    onProgress: (state) => progress.push(state),
    ...options,
  });
  const urls = registry.requests.slice(before).map(({ url }) => url);
  const last = progress.findLast((state) => state.stage === 'layers');
  return {
    ids: [...new Set(report.findings.map(({ id }) => id))].sort(),
    layers: urls.filter((url) => image.layers.some(({ digest }) => url.includes(digest))).length,
    cached: last?.stage === 'layers' ? last.cached : undefined,
  };
}

it('asks a registry for a layer once, and finds what a newer database knows without reading it again', async () => {
  const one = 'GHSA-p6mc-m468-83gw';
  const other = 'GHSA-35jh-r3h4-6jhm';
  await buildDb(one);
  expect(await scanned()).toEqual({ ids: [one], layers: 2, cached: 0 });
  expect(await scanned()).toEqual({ ids: [one], layers: 0, cached: 2 });
  await buildDb(one, other);
  expect(await scanned()).toEqual({ ids: [other, one], layers: 0, cached: 2 });
});

it('tells the last layer that changed a package whether the image is read, merged or known', async () => {
  await buildDb('GHSA-p6mc-m468-83gw');
  const files = [{ path: 'srv/node_modules/lodash/package.json', content: JSON.stringify({ name: 'lodash', version: '4.17.15' }) }];
  const touched = buildImage({
    platform: { os: 'linux', architecture: 'amd64' },
    created: '2025-01-01T00:00:00Z',
    steps: [
      { createdBy: 'RUN npm install', files },
      { createdBy: 'RUN chown -R app /srv', files },
    ],
  });
  await writeLayout(join(work, 'touched'), [{ image: touched }]);
  const options = { cacheDir: join(work, 'cache'), cacheSize: 1e8, now: NOW, env: {}, offline: true };
  for (const _ of ['read', 'merged', 'known']) {
    const { inventory, findings } = await scan(`oci:${join(work, 'touched')}`, options);
    const last = { index: 1, createdBy: 'RUN chown -R app /srv' };
    expect(inventory.packages).toMatchObject([{ name: 'lodash', layer: { index: 0 }, modified: last }]);
    expect(findings[0]?.locations).toMatchObject([{ layer: { index: 0 }, modified: last }]);
  }
});

it('keeps nothing and uses nothing where no room is given', async () => {
  await buildDb('GHSA-p6mc-m468-83gw');
  const cacheDir = join(work, 'empty');
  const database = join(work, 'cache/db');
  expect((await scanned({ cacheDir, database, cacheSize: 0 })).layers).toBe(2);
  expect((await scanned({ cacheDir, database, cacheSize: 0 })).layers).toBe(2);
  expect(() => readdirSync(cacheDir)).toThrow('ENOENT');
});

it('gives ten scans at the same time the same answer, on one cache and a database that is built anew meanwhile', async () => {
  await buildDb('GHSA-p6mc-m468-83gw');
  const scans = Array.from({ length: 10 }, () => scanned({ cacheDir: join(work, 'cache'), cacheSize: 1e5 }));
  const [, ...results] = await Promise.all([buildDb('GHSA-p6mc-m468-83gw'), ...scans]);
  for (const { ids } of results) expect(ids).toEqual(['GHSA-p6mc-m468-83gw']);
});
