import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltImage, buildImage, buildIndex, json, ociArchive, sha256, writeLayout } from '../../../testing/image-builder/index.ts';
import { Content, type FakeRegistry, startRegistry } from '../../../testing/registry/index.ts';
import type { Platform } from '../../model/index.ts';
import { type ScanOptions, type ScanProgress, scan } from './index.ts';
import { scanPlatforms } from './platforms.ts';

const NOW = new Date('2025-01-11T12:00:00Z');
const work = mkdtempSync(join(tmpdir(), 'plimsoll-platforms-'));

const npm = (path: string, name: string) => ({ path, content: JSON.stringify({ name, version: '4.17.15' }) });

/** Two layers, the lower one the same on every platform; each platform has a package of its own. */
function image(platform: Platform): BuiltImage {
  return buildImage({
    platform,
    created: '2025-01-01T00:00:00Z',
    steps: [
      { createdBy: 'COPY shared', files: [npm('srv/node_modules/lodash/package.json', 'lodash')] },
      { createdBy: 'COPY own', files: [npm('srv/own/node_modules/own/package.json', `own-${platform.architecture}`)] },
    ],
  });
}

const amd64 = image({ os: 'linux', architecture: 'amd64' });
const arm64 = image({ os: 'linux', architecture: 'arm64', variant: 'v8' });
const s390x = image({ os: 'linux', architecture: 's390x' });
const ATTESTATION = { 'vnd.docker.reference.type': 'attestation-manifest' };
/** What BuildKit puts beside an image. Source: its attestation storage page. */
const attestation: BuiltImage = image({ os: 'unknown', architecture: 'unknown' });
const index = buildIndex([amd64, attestation, arm64], [{}, ATTESTATION]);

/** An index whose second image lacks its upper layer. */
const broken = (() => {
  const built = buildIndex([amd64, s390x, arm64]);
  const blobs = new Map(built.blobs);
  blobs.delete(s390x.layers[1]!.digest);
  return { ...built, blobs };
})();

/** A signature beside an image: an artifact that the index does not announce as one. */
const withArtifact = (() => {
  const config = json({});
  const descriptor = { mediaType: 'application/vnd.example.signature.v1+json', digest: sha256(config), size: config.length };
  const manifest = json({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    artifactType: 'application/vnd.example.signature.v1+json',
    config: descriptor,
    layers: [],
  });
  const digest = sha256(manifest);
  const blobs = new Map([
    [descriptor.digest, config],
    [digest, manifest],
  ]);
  const artifact = { descriptor: { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest, size: manifest.length }, blobs };
  return buildIndex([amd64, artifact as unknown as BuiltImage]);
})();

let registry: FakeRegistry;

beforeAll(async () => {
  const content = new Content();
  content.putImage('shop/web', '1', index);
  content.putImage('shop/one', '1', amd64);
  content.putImage('shop/broken', '1', broken);
  content.putImage('shop/signed', '1', withArtifact);
  registry = await startRegistry({ content });
});
afterAll(async () => {
  await registry.close();
  rmSync(work, { recursive: true, force: true });
});

const options: ScanOptions = { database: 'starter', cacheDir: join(work, 'none'), registry: { plainHttp: true }, now: NOW, env: {} };

const contents = ({ reports }: Awaited<ReturnType<typeof scanPlatforms>>) =>
  reports.map(({ inventory }) => [inventory.target.platform?.architecture, inventory.packages.map(({ name }) => name).sort()]);
const BOTH = [
  ['amd64', ['lodash', 'own-amd64']],
  ['arm64', ['lodash', 'own-arm64']],
];

describe('the images of an index', () => {
  it.each([
    ['without a cache', 0],
    ['with a cache', 1e8],
  ])('are all scanned, and each manifest, configuration and layer is fetched once (%s)', async (name, cacheSize) => {
    const before = registry.requests.length;
    const scanned = await scanPlatforms(`${registry.host}/shop/web:1`, { ...options, cacheSize, cacheDir: join(work, `cache ${name}`) });
    expect(contents(scanned)).toEqual(BOTH);
    expect(scanned.failed).toEqual([]);
    const urls = registry.requests.slice(before).flatMap(({ method, url }) => (method === 'GET' ? [url] : []));
    const asked = urls.flatMap((url) => url.match(/(?<=(?:manifests|blobs)\/)sha256:[0-9a-f]{64}/)?.[0] ?? []);
    const wanted = [amd64, arm64].flatMap((one) => [one.descriptor, one.config, ...one.layers].map(({ digest }) => digest));
    expect(asked.filter((digest) => digest !== index.descriptor.digest).sort()).toEqual([...new Set(wanted)].sort());
    expect(wanted.length - new Set(wanted).size).toBe(1);
  });

  it('give what each gives by itself', async () => {
    const target = `${registry.host}/shop/web:1`;
    const { reports } = await scanPlatforms(target, options);
    expect(reports).toEqual([
      await scan(target, { ...options, platform: 'linux/amd64' }),
      await scan(target, { ...options, platform: 'linux/arm64' }),
    ]);
  });

  it('are found in a layout and in an archive of one, which may come on standard input', async () => {
    await writeLayout(join(work, 'layout'), [{ image: index, tag: 'web' }]);
    const archive = ociArchive([{ image: index, tag: 'web' }]);
    writeFileSync(join(work, 'web.tar'), archive);
    async function* stdin() {
      yield archive;
    }
    for (const target of [`oci:${join(work, 'layout')}:web`, `oci-archive:${join(work, 'web.tar')}`, '-']) {
      expect(contents(await scanPlatforms(target, { ...options, stdin: stdin() })), target).toEqual(BOTH);
    }
  });

  it('are named by the progress', async () => {
    const progress: ScanProgress[] = [];
    await scanPlatforms(`${registry.host}/shop/web:1`, { ...options, onProgress: (state) => progress.push(state) });
    const seen = progress.map(({ stage, platform }) => `${stage} ${platform ?? ''}`.trim());
    expect([...new Set(seen)]).toEqual([
      'opening',
      'opening linux/amd64',
      'layers linux/amd64',
      'opening linux/arm64/v8',
      'layers linux/arm64/v8',
      'matching linux/amd64',
      'matching linux/arm64/v8',
    ]);
  });

  it('do without what is no image', async () => {
    const { reports, failed } = await scanPlatforms(`${registry.host}/shop/signed:1`, options);
    expect({ reports: reports.length, failed }).toEqual({ reports: 1, failed: [] });
  });
});

describe('an image that cannot be read', () => {
  it('is named, and the others are there', async () => {
    const scanned = await scanPlatforms(`${registry.host}/shop/broken:1`, options);
    expect(contents(scanned)).toEqual(BOTH);
    expect(scanned.failed).toMatchObject([
      { digest: s390x.descriptor.digest, platform: 'linux/s390x', error: { code: 'registry-blob-unknown' } },
    ]);
  });

  it('stops nothing but itself in a layout either', async () => {
    await writeLayout(join(work, 'broken'), [{ image: broken }]);
    const { reports, failed } = await scanPlatforms(`oci:${join(work, 'broken')}`, options);
    expect(reports).toHaveLength(2);
    expect(failed).toMatchObject([{ platform: 'linux/s390x', error: { code: 'blob-missing' } }]);
  });
});

describe('what is the matter with the whole run', () => {
  it('is thrown: data that is too old, an interrupt, an index without measure', async () => {
    const target = `${registry.host}/shop/web:1`;
    const old = { ...options, now: new Date('2099-01-01T00:00:00Z'), staleDatabase: 'fail' as const };
    await expect(scanPlatforms(target, old)).rejects.toMatchObject({ code: 'database-stale' });
    await expect(scanPlatforms(target, { ...options, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
    const many = Array.from({ length: 65 }, (_, i) => image({ os: 'linux', architecture: `cpu${i}` }));
    await writeLayout(join(work, 'many'), [{ image: buildIndex(many) }]);
    await expect(scanPlatforms(`oci:${join(work, 'many')}`, options)).rejects.toMatchObject({ code: 'manifest-invalid' });
  });
});

describe('what has no platforms to choose from', () => {
  it('is scanned as it is', async () => {
    await writeLayout(join(work, 'root'), [{ image: amd64 }]);
    for (const target of [`${registry.host}/shop/one:1`, `dir:${join(work, 'root')}`, `rootfs:${join(work, 'root')}`]) {
      expect(await scanPlatforms(target, options)).toEqual({ reports: [await scan(target, options)], failed: [] });
    }
  });

  it('fails as it does', async () => {
    await expect(scanPlatforms(`${registry.host}/shop/none:1`, options)).rejects.toMatchObject({ code: 'registry-repository-unknown' });
    await expect(scan(`${registry.host}/shop/web:1`, { ...options, platform: 'all' })).rejects.toMatchObject({ code: 'platform-invalid' });
  });
});
