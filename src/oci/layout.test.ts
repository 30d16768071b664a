import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  buildImage,
  buildIndex,
  type ImageDescription,
  json,
  type LayoutEntry,
  layoutFiles,
  sha256,
} from '../../testing/image-builder/index.ts';
import type { Descriptor } from '../model/index.ts';
import { folderStore } from './file-store.ts';
import { openLayout, selectFromIndex } from './layout.ts';
import { MEDIA } from './media-types.ts';
import { resolveImage } from './resolve.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-layout-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

let count = 0;
function layout(entries: readonly LayoutEntry[], changes: Readonly<Record<string, Buffer | string>> = {}): string {
  const folder = join(work, String(count++));
  const files = new Map<string, Buffer | string>([...layoutFiles(entries), ...Object.entries(changes)]);
  for (const [name, content] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const image = (architecture: string, content = 'x') =>
  buildImage({
    platform: { os: 'linux', architecture },
    created: '2026-01-01T00:00:00Z',
    steps: [{ createdBy: 'COPY', files: [{ path: 'a', content }], compression: 'none' }],
  } satisfies ImageDescription);
const amd64 = image('amd64');
const arm64 = image('arm64');

async function open(folder: string, selector?: string, platform = 'amd64', explicit = false) {
  const opened = await openLayout(folderStore(folder));
  const tops = selectFromIndex(opened.index, selector, folder);
  return resolveImage(opened, tops, { platform: { os: 'linux', architecture: platform }, explicit }, folder);
}
const digestOf = async (...args: Parameters<typeof open>) => (await open(...args)).descriptor.digest;

describe('choosing', () => {
  it('the only image, whatever it is built for', async () => {
    expect(await digestOf(layout([{ image: arm64 }]))).toBe(arm64.descriptor.digest);
    await expect(open(layout([{ image: arm64 }]), undefined, 'amd64', true)).rejects.toMatchObject({ code: 'platform-missing' });
  });

  it('by tag, by full name, by digest', async () => {
    const other = image('amd64', 'other');
    const folder = layout([
      { image: amd64, tag: '1' },
      { image: other, tag: 'docker.io/library/app:2', annotations: { 'io.containerd.image.name': 'docker.io/library/app:2' } },
    ]);
    expect(await digestOf(folder, '1')).toBe(amd64.descriptor.digest);
    expect(await digestOf(folder, '2')).toBe(other.descriptor.digest);
    expect(await digestOf(folder, 'docker.io/library/app:2')).toBe(other.descriptor.digest);
    expect(await digestOf(folder, amd64.descriptor.digest)).toBe(amd64.descriptor.digest);
    await expect(open(folder)).rejects.toMatchObject({ code: 'image-ambiguous', params: { choices: '1, docker.io/library/app:2' } });
    await expect(open(folder, '3')).rejects.toMatchObject({ code: 'image-unmatched', params: { selector: '3' } });
  });

  it('by platform, among manifests of one tag and in indexes inside indexes', async () => {
    const flat = layout([
      { image: arm64, tag: '1' },
      { image: amd64, tag: '1' },
    ]);
    expect(await digestOf(flat, '1')).toBe(amd64.descriptor.digest);
    const nested = layout([{ image: buildIndex([buildIndex([arm64, amd64]) as never]), tag: '1' }]);
    const found = await open(nested);
    expect(found.descriptor.digest).toBe(amd64.descriptor.digest);
    expect(found.indexDigest).not.toBe(found.descriptor.digest);
    await expect(open(nested, '1', 's390x')).rejects.toMatchObject({
      code: 'platform-missing',
      params: { available: 'linux/arm64, linux/amd64' },
    });
  });

  it('what is there, where a copy of a multi-platform image holds one platform', async () => {
    const index = buildIndex([arm64, amd64]);
    const blobs = new Map([...index.blobs].filter(([digest]) => digest !== amd64.descriptor.digest));
    expect(await digestOf(layout([{ image: { ...index, blobs } }]))).toBe(arm64.descriptor.digest);
  });

  it('platforms from the configuration, where the index does not tell', async () => {
    const bare = ({ descriptor: { platform: _, ...descriptor }, ...rest }: typeof amd64) => ({ ...rest, descriptor });
    expect(await digestOf(layout([{ image: bare(arm64) }, { image: bare(amd64) }]))).toBe(amd64.descriptor.digest);
  });
});

describe('damage and malice', () => {
  const blobPath = (d: Pick<Descriptor, 'digest'>) => `blobs/${d.digest.replace(':', '/')}`;

  it.each([
    ['a marker of another version', { 'oci-layout': '{"imageLayoutVersion":"2.0.0"}' }, 'layout-invalid'],
    ['a marker that is not JSON', { 'oci-layout': 'x' }, 'layout-invalid'],
    ['an empty index', { 'index.json': '{"schemaVersion":2,"manifests":[]}' }, 'layout-invalid'],
    ['an index that is a manifest', { 'index.json': amd64.blobs.get(amd64.descriptor.digest)! }, 'manifest-invalid'],
    ['an index cut short', { 'index.json': '{"schemaVersion":2,' }, 'manifest-invalid'],
    ['a huge index', { 'index.json': Buffer.alloc((4 << 20) + 1, ' ') }, 'manifest-too-large'],
    [
      'a digest that is a path',
      { 'index.json': json({ schemaVersion: 2, manifests: [{ ...amd64.descriptor, digest: 'sha256:../../index.json' }] }) },
      'manifest-invalid',
    ],
    ['a manifest that was changed', { [blobPath(amd64.descriptor)]: Buffer.alloc(amd64.descriptor.size, 'x') }, 'digest-mismatch'],
    ['a manifest that was cut', { [blobPath(amd64.descriptor)]: Buffer.alloc(1) }, 'size-mismatch'],
  ])('%s', async (_, changes, code) => {
    await expect(open(layout([{ image: amd64 }], changes))).rejects.toMatchObject({ code });
  });

  it.each(['oci-layout', 'index.json'])('no %s', async (name) => {
    const folder = layout([{ image: amd64 }]);
    rmSync(join(folder, name));
    await expect(open(folder)).rejects.toMatchObject({ code: 'layout-invalid' });
  });

  it('a missing blob names itself', async () => {
    const folder = layout([{ image: amd64 }]);
    rmSync(join(folder, blobPath(amd64.config)));
    await expect(open(folder)).rejects.toMatchObject({ code: 'blob-missing', params: { digest: amd64.config.digest } });
  });

  it('a blob that is a folder or a link to a device is no blob', async () => {
    const folder = layout([{ image: amd64 }]);
    const path = join(folder, blobPath(amd64.config));
    rmSync(path);
    mkdirSync(path);
    await expect(open(folder)).rejects.toMatchObject({ code: 'blob-missing' });
    rmSync(path, { recursive: true });
    symlinkSync('/dev/zero', path);
    await expect(open(folder)).rejects.toMatchObject({ code: 'blob-missing' });
  });

  /** A document stored under its own digest, on top of an index. */
  const chain = (depth: number) => {
    let top: { descriptor: Descriptor; blobs: Map<`sha256:${string}`, Buffer> } = {
      descriptor: amd64.descriptor,
      blobs: new Map(amd64.blobs) as never,
    };
    for (let i = 0; i < depth; i++) top = buildIndex([top as never]) as never;
    return top;
  };

  it('indexes nested too deep', async () => {
    expect(await digestOf(layout([{ image: chain(4) as never }]))).toBe(amd64.descriptor.digest);
    await expect(open(layout([{ image: chain(5) as never }]))).rejects.toMatchObject({ code: 'manifest-invalid' });
  });

  it('very many indexes', async () => {
    const indexes = Array.from({ length: 70 }, (_, i) =>
      json({ schemaVersion: 2, mediaType: MEDIA.ociIndex, manifests: [], annotations: { i: String(i) } }),
    );
    const manifests = indexes.map((bytes) => ({ mediaType: MEDIA.ociIndex, digest: sha256(bytes), size: bytes.length }));
    const changes = Object.fromEntries(indexes.map((bytes) => [blobPath({ digest: sha256(bytes) }), bytes]));
    await expect(open(layout([], { 'index.json': json({ schemaVersion: 2, manifests }), ...changes }))).rejects.toMatchObject({
      code: 'manifest-invalid',
    });
  });

  it('an index that names itself by another type ends', async () => {
    const index = json({ schemaVersion: 2, mediaType: MEDIA.ociIndex, manifests: [{ ...amd64.descriptor, mediaType: MEDIA.ociIndex }] });
    const top = { mediaType: MEDIA.ociIndex, digest: sha256(index), size: index.length };
    const folder = layout([{ image: amd64 }], { 'index.json': json({ schemaVersion: 2, manifests: [top] }), [blobPath(top)]: index });
    await expect(open(folder)).rejects.toMatchObject({ code: 'manifest-invalid' });
  });

  it('an artifact is not an image', async () => {
    const empty = Buffer.from('{}');
    const config = { mediaType: 'application/vnd.cncf.helm.config.v1+json', digest: sha256(empty), size: 2 };
    const manifest = json({ schemaVersion: 2, mediaType: MEDIA.ociManifest, config, layers: [] });
    const descriptor = { mediaType: MEDIA.ociManifest, digest: sha256(manifest), size: manifest.length };
    const folder = layout([], {
      'index.json': json({ schemaVersion: 2, manifests: [descriptor] }),
      [blobPath(descriptor)]: manifest,
      [blobPath(config)]: empty,
    });
    await expect(open(folder)).rejects.toMatchObject({ code: 'not-an-image', params: { mediaType: config.mediaType } });
  });

  it('layers and diff ids that differ in number', async () => {
    const other = buildImage({ platform: { os: 'linux', architecture: 'amd64' }, created: '2026-01-01T00:00:00Z', steps: [] });
    const manifest = json({ schemaVersion: 2, mediaType: MEDIA.ociManifest, config: other.config, layers: amd64.layers });
    const descriptor = { mediaType: MEDIA.ociManifest, digest: sha256(manifest), size: manifest.length };
    const changes = { 'index.json': json({ schemaVersion: 2, manifests: [descriptor] }), [blobPath(descriptor)]: manifest };
    await expect(open(layout([{ image: other }], changes))).rejects.toMatchObject({ code: 'manifest-invalid' });
  });
});
