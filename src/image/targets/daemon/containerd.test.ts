import { mkdtempSync, rmSync } from 'node:fs';
import type { ServerHttp2Stream } from 'node:http2';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import {
  type ContainerdContent,
  field,
  finish,
  frame,
  number,
  replyBytes,
  startContainerd,
} from '../../../../testing/daemon/containerd.ts';
import { buildImage, buildIndex } from '../../../../testing/image-builder/index.ts';
import { noCredentials } from '../../../oci/credentials/index.ts';
import { offlineHttp } from '../../../util/http/index.ts';
import { type OpenOptions, openTarget } from '../index.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-containerd-'));
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const imageFor = (architecture: string) =>
  buildImage({
    platform: { os: 'linux', architecture },
    created: '2026-01-01T00:00:00Z',
    steps: [
      { createdBy: 'ADD rootfs', files: [{ path: 'etc/os-release', content: `ID=${architecture}\n` }] },
      { createdBy: 'COPY app', files: [{ path: 'app', content: 'x'.repeat(300_000) }], compression: 'none' },
    ],
  });
const image = imageFor('amd64');
const other = imageFor('arm64');
const index = buildIndex([image, other]);
/** As after a pull: the index with the blobs of one platform. */
const pulled = new Map<string, Buffer>([...image.blobs, [index.descriptor.digest, index.blobs.get(index.descriptor.digest)!]]);
const content: ContainerdContent = {
  images: {
    'default': { 'docker.io/library/app:1.0': image.descriptor, 'docker.io/library/many:latest': index.descriptor },
    'k8s.io': { 'example.com/pod:1': image.descriptor, [image.config.digest]: image.descriptor },
  },
  blobs: pulled,
};

let count = 0;
async function containerd(instead: Parameters<typeof startContainerd>[2] = {}, has = content, chunk?: number) {
  const socket = join(work, `${count++}.sock`);
  const fake = await startContainerd(socket, has, instead, chunk);
  closing.push(fake.close);
  return { ...fake, env: { CONTAINERD_ADDRESS: socket } };
}

const options = (env: OpenOptions['env'], platform = 'linux/amd64'): OpenOptions => ({
  registry: { http: offlineHttp(), credentials: noCredentials },
  home: work,
  platform,
  ...(env === undefined ? {} : { env }),
});

async function open(spec: string, given: OpenOptions) {
  const target = await openTarget(spec, given);
  if (target.kind !== 'image') throw new Error('not an image');
  closing.unshift(target.close);
  return target;
}

async function sizes(target: Awaited<ReturnType<typeof open>>): Promise<number[]> {
  const all: number[] = [];
  for (const layer of target.layers) {
    let size = 0;
    for await (const chunk of await layer.open()) size += chunk.length;
    all.push(size);
  }
  return all;
}

describe('containerd:', () => {
  it.each([1000, 61, 700_000])('an image by its short name, content in pieces of %s', async (chunk) => {
    const { env, calls } = await containerd({}, content, chunk);
    const target = await open('containerd:app:1.0', options(env));
    expect(target.info).toMatchObject({
      kind: 'image',
      repository: 'docker.io/library/app',
      tags: ['1.0'],
      digest: image.descriptor.digest,
      configDigest: image.config.digest,
    });
    expect(await sizes(target)).toEqual(image.layers.map((layer) => layer.size));
    expect(calls).toEqual([
      'default Get app:1.0',
      'default Get docker.io/library/app:1.0',
      `default Read ${image.descriptor.digest}`,
      `default Read ${image.config.digest}`,
      ...image.layers.map((layer) => `default Read ${layer.digest}`),
    ]);
  });

  it('of an index the platform whose blobs are there', async () => {
    const { env } = await containerd();
    expect((await open('containerd:many', options(env))).info).toMatchObject({
      digest: image.descriptor.digest,
      indexDigest: index.descriptor.digest,
    });
    await expect(openTarget('containerd:many', options(env, 'linux/arm64'))).rejects.toMatchObject({ code: 'platform-missing' });
  });

  it('in the namespace that is named; an id of Kubernetes too', async () => {
    const { env } = await containerd();
    const inK8s = options({ ...env, CONTAINERD_NAMESPACE: 'k8s.io' });
    expect((await open('containerd:example.com/pod:1', inK8s)).info.tags).toEqual(['1']);
    expect((await open(`containerd:${image.config.digest}`, inK8s)).info.configDigest).toBe(image.config.digest);
    await expect(openTarget('containerd:example.com/pod:1', options(env))).rejects.toMatchObject({
      code: 'containerd-other-namespace',
      params: { namespace: 'default', other: 'k8s.io' },
    });
  });
});

describe('what goes wrong', () => {
  const bytes = (all: Buffer, trailers?: Record<string, string>) => (stream: ServerHttp2Stream) => replyBytes(stream, all, trailers);
  const target = (digest: string, size: number) =>
    field(1, field(3, Buffer.concat([field(1, image.descriptor.mediaType), field(2, digest), number(3, size)])));
  const { digest, size } = image.descriptor;
  const blob = image.blobs.get(digest)!;

  it.each([
    ['an unknown image', {}, 'containerd-image-unknown', 'none'],
    ['PERMISSION_DENIED', { Get: (s: ServerHttp2Stream) => finish(s, 7, 'not you') }, 'daemon-refused'],
    ['an error behind the messages', { Read: bytes(frame(field(2, blob)), { 'grpc-status': '13' }) }, 'daemon-refused'],
    ['no status at the end', { Get: bytes(frame(target(digest, size)), {}) }, 'daemon-protocol'],
    ['HTTP 404', { Get: (s: ServerHttp2Stream) => s.respond({ ':status': 404 }, { endStream: true }) }, 'daemon-protocol'],
    [
      'a web page',
      { Get: (s: ServerHttp2Stream) => s.respond({ ':status': 200, 'content-type': 'text/html' }, { endStream: true }) },
      'daemon-protocol',
    ],
    ['a cut message', { Get: bytes(frame(target(digest, size)).subarray(0, 20)) }, 'daemon-protocol'],
    ['a cut prefix', { Get: bytes(Buffer.alloc(3)) }, 'daemon-protocol'],
    ['a message that announces 4 GB', { Get: bytes(Buffer.from('00ffffffff', 'hex')) }, 'daemon-protocol'],
    ['a compressed message', { Get: bytes(Buffer.from('0100000000', 'hex')) }, 'daemon-protocol'],
    ['no message', { Get: bytes(Buffer.alloc(0)) }, 'daemon-protocol'],
    ['bytes that are no message', { Get: bytes(frame(Buffer.from('ffff', 'hex'))) }, 'daemon-protocol'],
    ['a digest that is none', { Get: bytes(frame(target('sha256:../..', size))) }, 'daemon-protocol'],
    ['a stream that is reset', { Get: (s: ServerHttp2Stream) => s.close(2) }, 'daemon-protocol'],
    ['other content', { Read: bytes(frame(field(2, Buffer.alloc(size)))) }, 'digest-mismatch'],
    ['less content', { Read: bytes(frame(field(2, blob.subarray(1)))) }, 'size-mismatch'],
    ['more content', { Read: bytes(frame(field(2, Buffer.concat([blob, blob])))) }, 'size-mismatch'],
    ['content out of order', { Read: bytes(frame(Buffer.concat([number(1, 9), field(2, blob)]))) }, 'daemon-protocol'],
    ['a manifest of 100 MB', { Get: bytes(frame(target(digest, 100 << 20))) }, 'manifest-too-large'],
    ['a manifest that is not there', { Get: bytes(frame(target(other.descriptor.digest, size))) }, 'containerd-blob-missing'],
  ] as const)('%s', async (_, instead, code, name: string = 'app:1.0') => {
    const { env } = await containerd(instead as Parameters<typeof startContainerd>[2]);
    await expect(openTarget(`containerd:${name}`, options(env))).rejects.toMatchObject({ code });
  });

  it('a layer that was dropped after it was unpacked', async () => {
    const blobs = new Map([...pulled].filter(([one]) => one !== image.layers[0]!.digest));
    const { env } = await containerd({}, { ...content, blobs });
    const opened = await open('containerd:app:1.0', options(env));
    await expect(opened.layers[0]!.open()).rejects.toMatchObject({ code: 'containerd-blob-missing' });
  });

  it('a daemon that ends within a layer', async () => {
    let calls = 0;
    const fake = await containerd({}, content);
    const opened = await open('containerd:app:1.0', options(fake.env));
    const stream = await opened.layers[1]!.open();
    await expect(async () => {
      for await (const chunk of stream) if (chunk.length > 0 && calls++ === 0) await fake.close();
    }).rejects.toMatchObject({ code: 'daemon-protocol' });
  });

  it('no socket, and a server that speaks something else', async () => {
    await expect(openTarget('containerd:a', options({ CONTAINERD_ADDRESS: join(work, 'none') }))).rejects.toMatchObject({
      code: 'daemon-missing',
    });
    const socket = join(work, 'plain.sock');
    const server = createServer((connection) =>
      connection
        .on('error', () => undefined)
        .resume()
        .end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    );
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    closing.push(() => new Promise((resolve) => server.close(() => resolve())));
    await expect(openTarget('containerd:a', options({ CONTAINERD_ADDRESS: socket }))).rejects.toMatchObject({ code: 'daemon-protocol' });
  });
});
