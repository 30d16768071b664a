import { afterEach, describe, expect, it } from 'vitest';
import { buildImage } from '../../../testing/image-builder/index.ts';
import { type FakeRegistry, type RegistrySettings, refuse, startRegistry } from '../../../testing/registry/index.ts';
import { createHttp } from '../../util/http/index.ts';
import type { CredentialStore } from '../credentials/types.ts';
import { formatReference, parseReference } from '../reference.ts';
import { resolveImage } from '../resolve.ts';
import { openRepository, parseMirrors, type RegistryOptions } from './index.ts';
import { mirrorsOf } from './mirrors.ts';

const image = buildImage({
  platform: { os: 'linux', architecture: 'amd64' },
  created: '2026-01-01T00:00:00Z',
  steps: [{ createdBy: 'COPY a /', files: [{ path: 'etc/a', content: 'a'.repeat(5000) }], compression: 'none' }],
});
const other = buildImage({ platform: { os: 'linux', architecture: 'amd64' }, created: '2020-01-01T00:00:00Z', steps: [] });
const choice = { platform: { os: 'linux', architecture: 'amd64' }, explicit: false };
const giving: CredentialStore = { find: async () => ({ kind: 'password', username: 'alice', password: 'wonder', origin: 'the test' }) };
const none: CredentialStore = { find: async () => undefined };

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function registry(repository: string | undefined, settings: RegistrySettings = {}): Promise<FakeRegistry> {
  const started = await startRegistry(settings);
  closers.push(started.close);
  if (repository) started.content.putImage(repository, '1.0', image);
  return started;
}

/** Resolves, reads manifest, configuration and layers by way of the mirrors: the digest, and the bytes of the layers. */
async function pull(origin: FakeRegistry, mirrors: readonly string[], more: Partial<RegistryOptions> = {}, tag = '1.0') {
  const reference = parseReference(`${origin.host}/team/app${tag.startsWith('@') ? tag : `:${tag}`}`);
  const http = createHttp({ sleep: async () => undefined, random: () => 0, retries: 1 });
  const repository = openRepository(reference, { http, credentials: none, mirrors: parseMirrors(mirrors), ...more });
  const resolved = await resolveImage(repository, [await repository.resolve(reference)], choice, formatReference(reference));
  let size = 0;
  for (const layer of resolved.manifest.layers) for await (const chunk of await repository.blob(layer)) size += chunk.length;
  return { digest: resolved.descriptor.digest, size, name: repository.name };
}

const size = image.layers[0]?.size;

describe('a mirror', () => {
  it('is asked first, and the registry not at all', async () => {
    const [origin, mirror] = [await registry('team/app'), await registry('copies/team/app')];
    const pulled = await pull(origin, [`${origin.host}=${mirror.host}/copies`]);
    expect(pulled).toEqual({ digest: image.descriptor.digest, size, name: `${origin.host}/team/app` });
    expect(origin.requests).toEqual([]);
    expect(mirror.requests.length).toBeGreaterThan(3);
  });

  it.each<[string, RegistrySettings, string | undefined]>([
    ['has not got the image', {}, undefined],
    ['wants a password', { auth: { kind: 'basic', users: { bob: 'builder' } } }, 'team/app'],
    ['is out of order', { intercept: (_, response) => refuse(response, 503, 'UNAVAILABLE', 'later') !== undefined }, 'team/app'],
    ['limits the rate', { intercept: (request, response) => request.url !== '/v2/' && refuse(response, 429, 'TOOMANYREQUESTS', 'later') !== undefined }, 'team/app'], // biome-ignore format: a case
    ['has the manifest only', { intercept: (request, response) => /blobs/.test(request.url ?? '') && refuse(response, 404, 'BLOB_UNKNOWN', 'none') !== undefined }, 'team/app'], // biome-ignore format: a case
  ])('that %s is passed over', async (_, settings, repository) => {
    const [origin, mirror] = [await registry('team/app'), await registry(repository, settings)];
    expect(await pull(origin, [`${origin.host}=${mirror.host}`])).toMatchObject({ digest: image.descriptor.digest, size });
  });

  it('that is not there is asked no more after the first time', async () => {
    const [origin, gone] = [await registry('team/app'), await registry(undefined)];
    await gone.close();
    closers.splice(closers.indexOf(gone.close), 1);
    expect(await pull(origin, [`${origin.host}=${gone.host}`])).toMatchObject({ digest: image.descriptor.digest, size });
  });

  it('cannot put another image under a digest, nor other bytes into a layer', async () => {
    const origin = await registry('team/app');
    const lying = await registry(undefined);
    lying.content.putImage('team/app', '1.0', other);
    const bytes = lying.content.manifest('team/app', '1.0')?.bytes as Buffer;
    const forging = await registry(undefined, {
      intercept: (request, response) => {
        if (!/manifests\/sha256/.test(request.url ?? '')) return false;
        response.writeHead(200, { 'content-type': image.descriptor.mediaType, 'content-length': bytes.length }).end(bytes);
        return true;
      },
    });
    const mirrors = [`${origin.host}=${forging.host}`, `${origin.host}=${lying.host}`];
    const pulled = await pull(origin, mirrors, {}, `@${image.descriptor.digest}`);
    expect(pulled.digest).toBe(image.descriptor.digest);

    const damaged = await registry('team/app');
    damaged.content.putBlob('team/app', Buffer.alloc(size ?? 0), image.layers[0]?.digest);
    await expect(pull(origin, [`${origin.host}=${damaged.host}`])).rejects.toMatchObject({ code: 'digest-mismatch' });
  });

  it('gets no credentials that were given for the registry', async () => {
    const auth = { kind: 'basic', users: { alice: 'wonder' } } as const;
    const [origin, mirror] = [await registry('team/app', { auth }), await registry('team/app', { auth })];
    await pull(origin, [`${origin.host}=${mirror.host}`], { credentials: giving, mirrorCredentials: none });
    expect(mirror.requests.some(({ headers }) => headers.authorization !== undefined)).toBe(false);
    expect(origin.requests.some(({ headers }) => headers.authorization !== undefined)).toBe(true);
  });

  it('leaves the error of the registry itself where nobody has the image', async () => {
    const [origin, mirror] = [await registry('team/app'), await registry(undefined)];
    await expect(pull(origin, [`${origin.host}=${mirror.host}`], {}, '2.0')).rejects.toMatchObject({
      code: 'registry-manifest-unknown',
      params: { registry: origin.host },
    });
  });
});

describe('which mirrors', () => {
  const of = (name: string, ...mirrors: string[]): string[] =>
    mirrorsOf(parseReference(name), parseMirrors(mirrors)).map(({ registry: host, repository }) => `${host}/${repository}`);

  it.each([
    ['alpine', ['docker.io=m.example'], ['m.example/library/alpine']],
    ['alpine', ['docker.io=m.example/hub/'], ['m.example/hub/library/alpine']],
    ['alpine', ['docker.io=a.example', 'docker.io=b.example'], ['a.example/library/alpine', 'b.example/library/alpine']],
    ['alpine', ['docker.io=a.example', 'docker.io/library=b.example/l'], ['b.example/l/alpine']],
    ['team/app', ['docker.io=a.example', 'docker.io/library=b.example/l'], ['a.example/team/app']],
    ['ghcr.io/team/app', ['ghcr.io/te=a.example'], []],
    ['ghcr.io/team/app', ['ghcr.io/team/app=a.example/copy'], ['a.example/copy']],
    ['ghcr.io.evil.example/x', ['ghcr.io=a.example'], []],
    ['localhost:5000/x', ['localhost:5000=localhost:6000'], ['localhost:6000/x']],
  ])('%s with %j: %j', (name, mirrors, expected) => {
    expect(of(name, ...mirrors)).toEqual(expected);
  });

  it.each([
    'docker.io',
    'docker.io=',
    '=a.example',
    'a=b',
    'docker.io=a.example=b',
    'docker.io=https://a.example',
    'docker.io=a.example:tag/x:1',
  ])('%s is refused', (text) => {
    expect(() => parseMirrors([text])).toThrow(expect.objectContaining({ code: 'setting-mirror' }));
  });
});
