import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type EngineImage, startEngine } from '../../../../testing/daemon/engine.ts';
import { buildImage, dockerArchive, ociArchive } from '../../../../testing/image-builder/index.ts';
import { noCredentials } from '../../../oci/credentials/index.ts';
import { createHttp, offlineHttp } from '../../../util/http/index.ts';
import { type OpenOptions, openTarget } from '../index.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-engine-'));
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const image = buildImage({
  platform: { os: 'linux', architecture: 'amd64' },
  created: '2026-01-01T00:00:00Z',
  steps: [
    { createdBy: 'ADD rootfs', files: [{ path: 'etc/os-release', content: 'ID=test\n' }], compression: 'none' },
    { createdBy: 'COPY app', files: [{ path: 'app', content: 'x'.repeat(100_000) }], compression: 'none' },
  ],
});
const old: EngineImage = { id: image.config.digest, archive: dockerArchive(image, ['example.com/team/app:1.0']) };
const modern: EngineImage = { id: image.descriptor.digest, archive: ociArchive([{ image, tag: '1.0' }]) };
const built: EngineImage = { id: image.config.digest, archive: dockerArchive(image, ['localhost/mine:latest']) };
const images = new Map([
  ['example.com/team/app:1.0', old],
  [image.config.digest, old],
  ['modern:latest', modern],
  ['localhost/mine:latest', built],
]);

let count = 0;
async function engine(instead: Readonly<Record<string, (response: ServerResponse) => void>> = {}) {
  const socket = join(work, `${count++}.sock`);
  const fake = await startEngine(socket, images, instead);
  closing.push(fake.close);
  return { ...fake, env: { DOCKER_HOST: `unix://${socket}`, CONTAINER_HOST: `unix://${socket}` } };
}

/** Offline throughout: a socket of this machine is no network. */
const options = (env: OpenOptions['env']): OpenOptions => ({
  registry: { http: offlineHttp(), credentials: noCredentials },
  tempDir: work,
  home: work,
  ...(env === undefined ? {} : { env }),
});

async function open(spec: string, given: OpenOptions) {
  const target = await openTarget(spec, given);
  if (target.kind !== 'image') throw new Error('not an image');
  closing.push(target.close);
  return target;
}

describe('docker: and podman:', () => {
  it('an image by its name, as docker save gives it', async () => {
    const { env, requests } = await engine();
    const target = await open('docker:example.com/team/app:1.0', options(env));
    expect(target.info).toMatchObject({
      kind: 'image',
      spec: 'docker:example.com/team/app:1.0',
      repository: 'example.com/team/app',
      tags: ['1.0'],
      configDigest: image.config.digest,
    });
    let size = 0;
    for await (const chunk of await target.layers[1]!.open()) size += chunk.length;
    expect(size).toBe(image.layers[1]!.size);
    expect(requests).toEqual(['GET /images/example.com/team/app:1.0/json', 'GET /images/example.com/team/app:1.0/get']);
  });

  it('by its id', async () => {
    const { env } = await engine();
    expect((await open(`docker:${image.config.digest}`, options(env))).info.configDigest).toBe(image.config.digest);
  });

  it('an archive that is a layout', async () => {
    const { env } = await engine();
    expect((await open('docker:modern', options(env))).info).toMatchObject({ digest: image.descriptor.digest, tags: ['1.0'] });
  });

  it('for Podman a name without a registry is one of localhost first', async () => {
    const { env, requests } = await engine();
    expect((await open('podman:mine', options(env))).info.repository).toBe('localhost/mine');
    await open('podman:modern', options(env));
    expect(requests).toEqual([
      'GET /images/localhost/mine/json',
      'GET /images/localhost/mine/get',
      'GET /images/localhost/modern/json',
      'GET /images/modern/json',
      'GET /images/modern/get',
    ]);
  });

  it('a name with a port that is called like the prefix is a reference', async () => {
    await expect(openTarget('docker:5000/app', options({}))).rejects.toMatchObject({ code: 'offline' });
  });

  it('tcp:// through the network that is injected; offline it is refused', async () => {
    const fake = await startEngine({ port: 0 }, images);
    closing.push(fake.close);
    const env = { DOCKER_HOST: `tcp://127.0.0.1:${fake.port}` };
    const online = () => ({ ...options(env), registry: { http: createHttp({ retries: 0 }), credentials: noCredentials } });
    expect((await open('docker:modern', online())).info.digest).toBe(image.descriptor.digest);
    await expect(openTarget('docker:modern', options(env))).rejects.toMatchObject({ code: 'offline' });
    await fake.close();
    await expect(openTarget('docker:modern', online())).rejects.toMatchObject({ code: 'daemon-missing' });
  });
});

describe('what goes wrong', () => {
  const send = (status: number, body: string) => (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  };

  it.each([
    ['an unknown image', 'docker:none', {}, 'daemon-image-unknown'],
    ['an unknown image of Podman', 'podman:none', {}, 'daemon-image-unknown'],
    ['an error of the daemon', 'docker:x', { 'GET /images/x/json': send(500, '{"message":"disk is broken"}') }, 'daemon-refused'],
    ['an error when saving', 'docker:modern', { 'GET /images/modern/get': send(500, '{"message":"no space"}') }, 'daemon-refused'],
    ['something else that answers', 'docker:x', { 'GET /images/x/json': send(404, '<html>') }, 'daemon-protocol'],
    ['a description that is none', 'docker:x', { 'GET /images/x/json': send(200, '[]') }, 'daemon-protocol'],
    ['a description without end', 'docker:x', { 'GET /images/x/json': send(200, 'x'.repeat(5 << 20)) }, 'response-too-large'],
    [
      'a stream that breaks off',
      'docker:modern',
      {
        'GET /images/modern/get': (response: ServerResponse) => {
          response.writeHead(200);
          response.write(modern.archive.subarray(0, 5000), () => response.destroy());
        },
      },
      'daemon-protocol',
    ],
    ['an archive that is none', 'docker:modern', { 'GET /images/modern/get': send(200, 'hello') }, 'archive-invalid'],
    [
      'a redirect to TLS',
      'docker:x',
      { 'GET /images/x/json': (r: ServerResponse) => r.writeHead(302, { location: 'https://localhost/' }).end() },
      'redirect-invalid',
    ],
  ] as const)('%s', async (_, spec, instead, code) => {
    const { env } = await engine(instead as Parameters<typeof engine>[0]);
    await expect(openTarget(spec, options(env))).rejects.toMatchObject({ code });
    expect(readdirSync(work).filter((name) => !name.endsWith('.sock'))).toEqual([]);
  });

  it('no socket, and one that nobody answers on', async () => {
    await expect(openTarget('docker:a', options({ DOCKER_HOST: `unix://${work}/none` }))).rejects.toMatchObject({
      code: 'daemon-missing',
      params: { daemon: 'Docker', variable: 'DOCKER_HOST' },
    });
    const left = join(work, 'left.sock');
    writeFileSync(left, '');
    await expect(openTarget('podman:a', options({ CONTAINER_HOST: left }))).rejects.toMatchObject({ code: 'daemon-missing' });
    rmSync(left);
  });

  it.each(['../containers/json?all=1', 'a/../../info', 'a?b', 'a b', '', '.', 'a//b', 'a%2e'])('the name %j', async (name) => {
    const { env, requests } = await engine();
    await expect(openTarget(`docker:${name}`, options(env))).rejects.toMatchObject({ code: 'reference-invalid', exitCode: 2 });
    expect(requests).toEqual([]);
  });
});
