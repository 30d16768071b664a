import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import {
  buildImage,
  dockerArchive,
  type ImageDescription,
  json,
  ociArchive,
  sha256,
  writeLayout,
  writeTar,
} from '../../../testing/image-builder/index.ts';
import { noCredentials } from '../../oci/credentials/index.ts';
import type { ByteStream } from '../../util/bytes.ts';
import { offlineHttp } from '../../util/http/index.ts';
import type { ImageTarget } from '../types.ts';
import { type OpenOptions, openTarget } from './index.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-targets-'));
const temp = join(work, 'temp');
mkdirSync(temp);
afterAll(() => rmSync(work, { recursive: true, force: true }));

const options: OpenOptions = { registry: { http: offlineHttp(), credentials: noCredentials }, tempDir: temp };

const description: ImageDescription = {
  platform: { os: 'linux', architecture: 'amd64' },
  created: '2026-01-01T00:00:00Z',
  steps: [
    { createdBy: 'ADD rootfs.tar / # buildkit', files: [{ path: 'etc/os-release', content: 'ID=test\n' }], compression: 'none' },
    { createdBy: 'ENV A=b' },
    { createdBy: 'COPY app /app # buildkit', files: [{ path: 'app', content: 'app' }], compression: 'none' },
  ],
};
const image = buildImage(description);
const zipped = buildImage({ ...description, steps: description.steps.map(({ compression: _, ...step }) => step) });

let count = 0;
function file(content: Buffer | string): string {
  const path = join(work, `file-${count++}`);
  writeFileSync(path, content);
  return path;
}

async function* stream(bytes: Buffer, size = 700): ByteStream {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function openImage(spec: string, more: Partial<OpenOptions> = {}): Promise<ImageTarget> {
  const target = await openTarget(spec, { ...options, ...more });
  if (target.kind !== 'image') throw new Error(`${spec} is a ${target.kind}`);
  return target;
}

/** Reads all layers and closes. */
async function layerSizes(target: ImageTarget): Promise<number[]> {
  const sizes: number[] = [];
  for (const layer of target.layers) {
    let size = 0;
    for await (const chunk of await layer.open()) size += chunk.length;
    sizes.push(size);
  }
  await target.close();
  expect(readdirSync(temp)).toEqual([]);
  return sizes;
}
const sizes = (one: typeof image) => one.layers.map((layer) => layer.size);

describe('layouts', () => {
  it('by prefix and without, with tag and digest', async () => {
    const folder = join(work, 'with:colon');
    await writeLayout(folder, [{ image: zipped, tag: 'v1' }]);
    for (const spec of [`oci:${folder}`, folder, `oci:${folder}:v1`, `${folder}:v1`, `oci:${folder}@${zipped.descriptor.digest}`]) {
      const target = await openImage(spec);
      expect(target.info).toMatchObject({
        kind: 'image',
        spec,
        name: folder,
        digest: zipped.descriptor.digest,
        configDigest: zipped.config.digest,
        tags: ['v1'],
      });
      expect(await layerSizes(target)).toEqual(sizes(zipped));
    }
    await expect(openImage(`oci:${folder}:v2`)).rejects.toMatchObject({ code: 'image-unmatched' });
  });

  it('layers know the instruction that made them; empty ones have none', async () => {
    const folder = join(work, 'history');
    await writeLayout(folder, [{ image }]);
    const target = await openImage(`oci:${folder}`);
    expect(target.layers.map((layer) => layer.info)).toEqual(
      [0, 1].map((index) => ({
        index,
        digest: image.layers[index]!.digest,
        diffId: image.diffIds[index],
        createdBy: index === 0 ? 'ADD rootfs.tar / # buildkit' : 'COPY app /app # buildkit',
        created: '2026-01-01T00:00:00Z',
        mediaType: 'application/vnd.oci.image.layer.v1.tar',
        size: image.layers[index]!.size,
      })),
    );
  });
});

describe('foreign layers', () => {
  it('are read where they are there, and named where they are not', async () => {
    const foreign = {
      ...image.layers[0]!,
      mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
      urls: ['https://example.com/layer'],
    };
    const manifest = json({
      schemaVersion: 2,
      mediaType: image.descriptor.mediaType,
      config: image.config,
      layers: [foreign, image.layers[1]!],
    });
    const descriptor = { ...image.descriptor, digest: sha256(manifest), size: manifest.length };
    const built = { ...image, descriptor, blobs: new Map([...image.blobs, [descriptor.digest, manifest]]) };
    const folder = join(work, 'foreign');
    await writeLayout(folder, [{ image: built }]);
    const target = await openImage(`oci:${folder}`);
    expect(await layerSizes(target)).toEqual(sizes(image));
    rmSync(join(folder, 'blobs', foreign.digest.replace(':', '/')));
    await expect(target.layers[0]!.open()).rejects.toMatchObject({ code: 'layer-foreign', params: { digest: foreign.digest } });
  });
});

describe('archives', () => {
  const docker = dockerArchive(image, ['team/app:1.0', 'team/app:latest']);
  const oci = ociArchive([{ image: zipped, tag: 'v1', annotations: { 'io.containerd.image.name': 'docker.io/team/app:v1' } }]);

  it.each([
    ['docker save', docker, image],
    ['docker save, gzip', gzipSync(docker), image],
    ['docker save, zstd', zstdCompressSync(docker), image],
    ['OCI', oci, zipped],
    ['OCI, gzip', gzipSync(oci), zipped],
  ])('%s: by content, by prefix, from standard input', async (_, bytes, expected) => {
    const path = file(bytes);
    for (const spec of [path, `docker-archive:${path}`, `oci-archive:${path}`, '-']) {
      const target = await openImage(spec, { stdin: stream(bytes) });
      expect(target.info).toMatchObject({ kind: 'image', repository: 'docker.io/team/app', configDigest: expected.config.digest });
      expect(target.layers.map((layer) => layer.info.diffId)).toEqual(expected.diffIds);
      expect(target.layers.map((layer) => layer.diffId)).toEqual([undefined, undefined]);
      expect(await layerSizes(target)).toEqual(sizes(expected));
    }
  });

  it('by tag, short and long', async () => {
    const path = file(docker);
    for (const selector of ['team/app:1.0', '1.0', 'docker.io/team/app:latest']) {
      const target = await openImage(`${path}:${selector}`);
      expect(target.info.tags).toEqual(['1.0', 'latest']);
      await target.close();
    }
    await expect(openImage(`${path}:2.0`)).rejects.toMatchObject({ code: 'image-unmatched' });
  });

  it('another platform than the one asked for by name', async () => {
    await expect(openImage(file(docker), { platform: 'linux/arm64' })).rejects.toMatchObject({ code: 'platform-missing' });
    const target = await openImage(file(docker), { platform: 'linux/amd64' });
    expect(target.info.platform).toEqual({ os: 'linux', architecture: 'amd64' });
    await target.close();
  });

  it('a pipe is copied first', async () => {
    const pipe = join(work, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const writer = import('node:fs/promises').then((fs) => fs.writeFile(pipe, docker));
    expect(await layerSizes(await openImage(pipe))).toEqual(sizes(image));
    await writer;
  });
});

describe('docker save archives of all ages', () => {
  const [first, second] = image.layers.map((layer) => image.blobs.get(layer.digest)!);
  const config = image.blobs.get(image.config.digest)!;
  const name = `${image.config.digest.slice(7)}.json`;
  const archive = (layers: readonly string[], entries: Parameters<typeof writeTar>[0], more: object = {}) =>
    writeTar([
      ...entries,
      { path: name, content: config },
      { path: 'manifest.json', content: json([{ Config: name, RepoTags: null, Layers: layers, ...more }]) },
    ]);

  it('layers that are links to others (Docker 1.10 to 24, Podman)', async () => {
    const bytes = archive(
      ['a/layer.tar', 'b/layer.tar'],
      [
        { path: 'x/layer.tar', content: first! },
        { path: 'a/layer.tar', type: 'symlink', target: '../x/layer.tar' },
        { path: 'y.tar', content: second! },
        { path: 'b/layer.tar', type: 'hardlink', target: 'y.tar' },
      ],
    );
    expect(await layerSizes(await openImage(file(bytes)))).toEqual(sizes(image));
  });

  it('compressed layers (crane) get the digest of what is stored', async () => {
    const packed = [gzipSync(first!), zstdCompressSync(second!)];
    const entries = packed.map((content, i) => ({ path: `${i}.tar.gz`, content }));
    const target = await openImage(file(archive(['0.tar.gz', '1.tar.gz'], entries)));
    expect(target.layers.map((layer) => layer.info.digest)).toEqual(packed.map(sha256));
    expect(target.layers.map((layer) => layer.info.mediaType.split('+')[1])).toEqual(['gzip', 'zstd']);
    // No manifest names these digests, so what is unpacked is checked.
    expect(target.layers.map((layer) => layer.diffId)).toEqual(image.diffIds);
    expect(await layerSizes(target)).toEqual(packed.map((one) => one.length));
  });

  it('a changed layer is noticed while it is read', async () => {
    const bytes = archive(
      ['a', 'b'],
      [
        { path: 'a', content: first! },
        { path: 'b', content: first! },
      ],
    );
    const target = await openImage(`docker-archive:${file(bytes)}`);
    await expect(layerSizes(target)).rejects.toMatchObject({ code: expect.stringMatching(/-mismatch$/) });
    await target.close();
  });

  it.each([
    ['leaves the archive', ['../../etc/passwd', 'b'], []],
    ['is absolute', ['/etc/passwd', 'b'], []],
    ['is missing', ['a', 'b'], []],
    ['is a link out of the archive', ['a', 'b'], [{ path: 'a', type: 'symlink', target: '../../../etc/passwd' }]],
    ['is a link to itself', ['a', 'b'], [{ path: 'a', type: 'symlink', target: 'a' }]],
    [
      'is a loop of links',
      ['a', 'b'],
      [
        { path: 'a', type: 'symlink', target: 'c' },
        { path: 'c', type: 'symlink', target: './a' },
      ],
    ],
    ['is a folder', ['a', 'b'], [{ path: 'a', type: 'directory' }]],
  ] as const)('a layer that %s', async (_, layers, entries) => {
    await expect(openImage(`docker-archive:${file(archive(layers, entries))}`)).rejects.toMatchObject({ code: 'archive-invalid' });
  });

  it.each([
    ['not JSON', 'x', 'archive-invalid'],
    ['an object', '{}', 'archive-invalid'],
    ['no image', '[]', 'archive-invalid'],
    ['too many images', JSON.stringify(Array(1001).fill({ Config: name, Layers: [] })), 'archive-invalid'],
    ['a configuration that is a number', '[{"Config":1}]', 'archive-invalid'],
    ['a configuration that is absent', '[{"Config":"x.json","Layers":[]}]', 'archive-invalid'],
    ['fewer layers than diff ids', JSON.stringify([{ Config: name, Layers: [] }]), 'manifest-invalid'],
    ['a huge one', ' '.repeat((4 << 20) + 1), 'manifest-too-large'],
    ['two images', JSON.stringify(Array(2).fill({ Config: name, Layers: [] })), 'image-ambiguous'],
  ])('manifest.json: %s', async (_, content, code) => {
    const bytes = writeTar([
      { path: name, content: config },
      { path: 'manifest.json', content },
    ]);
    await expect(openImage(file(bytes))).rejects.toMatchObject({ code });
  });

  it('a configuration that does not have the digest in its name', async () => {
    const bytes = writeTar([
      { path: name, content: `${config} ` },
      { path: 'manifest.json', content: json([{ Config: name, Layers: [] }]) },
    ]);
    await expect(openImage(file(bytes))).rejects.toMatchObject({ code: 'digest-mismatch' });
  });
});

describe('damaged archives', () => {
  const bytes = ociArchive([{ image }]);
  it.each([
    ['empty', Buffer.alloc(0), 'target-unrecognised'],
    ['text', Buffer.from('hello\n'.repeat(500)), 'target-unrecognised'],
    ['a jpeg', Buffer.from('ffd8ffe000104a464946', 'hex'), 'target-unrecognised'],
    ['xz', Buffer.from('fd377a585a0000', 'hex'), 'compression-unsupported'],
    ['a tar of something else', writeTar([{ path: 'README.md', content: 'x' }]), 'target-unrecognised'],
    ['cut in an entry', bytes.subarray(0, bytes.length - 2000), 'archive-invalid'],
    ['cut in a header', bytes.subarray(0, 512 * 2 + 100), expect.any(String)],
    ['gzip cut short', gzipSync(bytes).subarray(0, 600), expect.any(String)],
  ])('%s', async (_, content, code) => {
    for (const spec of [file(content), '-']) await expect(openImage(spec, { stdin: stream(content) })).rejects.toMatchObject({ code });
    expect(readdirSync(temp)).toEqual([]);
  });

  it('that unpack to more than allowed', async () => {
    await expect(openImage(file(gzipSync(bytes)), { maxUnpacked: 1024 })).rejects.toMatchObject({ code: 'archive-too-large' });
  });
});

describe('trees and tars of trees', () => {
  it('a root file system and any other folder', async () => {
    const root = join(work, 'root');
    mkdirSync(join(root, 'var/lib/dpkg'), { recursive: true });
    expect(await openTarget(root, options)).toMatchObject({ kind: 'tree', root, info: { kind: 'rootfs' } });
    expect(await openTarget(`dir:${root}`, options)).toMatchObject({
      kind: 'tree',
      info: { kind: 'dir', spec: `dir:${root}`, name: root },
    });
    expect(await openTarget(`rootfs:${work}`, options)).toMatchObject({ kind: 'tree', info: { kind: 'rootfs' } });
    expect(await openTarget(work, options)).toMatchObject({ kind: 'tree', info: { kind: 'dir' } });
  });

  it.each([
    ['plain', (tar: Buffer) => tar],
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ])('a tar of a root, %s, is one layer', async (_, compress) => {
    const tar = writeTar([
      { path: './', type: 'directory' },
      { path: './etc/os-release', content: 'ID=x' },
    ]);
    const stored = compress(tar);
    const path = file(stored);
    for (const spec of [path, `rootfs:${path}`]) {
      const target = await openImage(spec);
      expect(target.info).toEqual({ kind: 'rootfs', spec, name: path });
      expect(target.layers.map((layer) => layer.descriptor.digest)).toEqual([sha256(stored)]);
      expect(await layerSizes(target)).toEqual([stored.length]);
    }
    const piped = await openImage('-', { stdin: stream(stored) });
    expect(piped.layers[0]?.info.diffId).toBe(sha256(tar));
    expect(await layerSizes(piped)).toEqual([tar.length]);
  });
});

describe('what is not there', () => {
  it.each([
    './nothing',
    '/no/such/file',
    '../x',
    'oci:nothing',
    'oci-archive:nothing',
    'docker-archive:a:b',
    'rootfs:nothing',
    'dir:nothing',
    'nothing.tar',
    'nothing.tar.gz',
    'others/x.cyclonedx',
    'x.cdx',
  ])('%s', async (spec) => {
    await expect(openTarget(spec, options)).rejects.toMatchObject({ code: 'target-missing' });
  });

  it.each(['oci-archive', 'docker-archive'])('a folder where %s wants a file', async (prefix) => {
    await expect(openTarget(`${prefix}:${work}`, options)).rejects.toMatchObject({ code: 'target-not-file' });
  });

  it('a file where a folder is wanted', async () => {
    await expect(openTarget(`dir:${file('x')}`, options)).rejects.toMatchObject({ code: 'target-not-folder' });
  });

  it.each([
    ['alpine:3.20', 'registry-1.docker.io'],
    ['registry:ghcr.io/a/b', 'ghcr.io'],
    ['registry:5000/app', 'registry:5000'],
  ])('%s is asked for at %s', async (spec, host) => {
    await expect(openTarget(spec, options)).rejects.toMatchObject({ code: 'offline', params: { what: host } });
  });

  it('neither path nor reference', async () => {
    await expect(openTarget('Not A Reference', options)).rejects.toMatchObject({ code: 'target-neither', exitCode: 2 });
  });
});

const data = resolve(import.meta.dirname, '../../../../shared/data/rootfs');
describe.skipIf(!existsSync(data))('real archives (needs ../shared/data)', () => {
  it.each([
    ['310', '3.10', 'af341ccd2df8b0e2d67cf8dd32e087bfda4e5756ebd1c76bbf3efa0dc246590e', 5_818_880],
    ['311', '3.11', 'a187dde48cd289ac374ad8539930628314bc581a481cdb41409c9289419ddb72', 5_861_888],
  ])('docker save of alpine %s', async (file, tag, id, size) => {
    const target = await openImage(join(data, `docker-archive/alpine-${file}-dockersave.tar.gz`));
    expect(target.info).toMatchObject({ repository: 'docker.io/library/alpine', tags: [tag], configDigest: `sha256:${id}` });
    expect(target.layers[0]?.info.createdBy).toMatch(/^\/bin\/sh -c #\(nop\) ADD file:/);
    expect(await layerSizes(target)).toEqual([size]);
  });

  it.each(['3.4-gliderlabs2016-06', '3.9.6-x86_64', '3.10.3-x86_64', '3.20.3-x86_64'])('alpine root %s', async (version) => {
    const path = join(data, `alpine-${version}.tar.gz`);
    const target = await openImage(path);
    expect(target.info.kind).toBe('rootfs');
    expect(await layerSizes(target)).toEqual([readFileSync(path).length]);
  });
});
