import { afterEach, describe, expect, it } from 'vitest';
import { buildImage, buildIndex, type ImageDescription } from '../../../testing/image-builder/index.ts';
import {
  type FakeRegistry,
  type RegistrySettings,
  refuse,
  send,
  sendRange,
  startRegistry,
  startServer,
} from '../../../testing/registry/index.ts';
import { createHttp, offlineHttp } from '../../util/http/index.ts';
import type { CredentialStore, Credentials } from '../credentials/types.ts';
import { parseReference } from '../reference.ts';
import { resolveImage } from '../resolve.ts';
import { openPusher, openRepository, type RegistryOptions } from './index.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const description: ImageDescription = {
  platform: { os: 'linux', architecture: 'amd64' },
  created: '2026-01-01T00:00:00Z',
  steps: [{ createdBy: 'COPY a / # buildkit', files: [{ path: 'etc/a', content: 'a'.repeat(5000) }], compression: 'none' }],
};
const image = buildImage(description);
const layer = image.layers[0]!;
const password: Credentials = { kind: 'password', username: 'alice', password: 'wonder:land', origin: 'the test' };
const choice = { platform: { os: 'linux', architecture: 'amd64' }, explicit: false };

async function registry(settings: RegistrySettings = {}): Promise<FakeRegistry> {
  const started = await startRegistry(settings);
  closers.push(started.close);
  started.content.putImage('team/app', '1.0', image);
  return started;
}

function having(credentials: Credentials | undefined): CredentialStore {
  return { find: async () => credentials };
}

function options(credentials?: Credentials, more: Partial<RegistryOptions> = {}): RegistryOptions {
  return { http: createHttp({ sleep: async () => undefined, random: () => 0 }), credentials: having(credentials), ...more };
}

/** Resolves, reads manifest and configuration, then the layer. */
async function pull(server: { host: string }, how: RegistryOptions, name = 'team/app:1.0'): Promise<number> {
  const reference = parseReference(`${server.host}/${name}`);
  const repository = openRepository(reference, how);
  const resolved = await resolveImage(repository, [await repository.resolve(reference)], choice, name);
  let size = 0;
  for (const one of resolved.manifest.layers) for await (const chunk of await repository.blob(one)) size += chunk.length;
  return size;
}

describe('pulling', () => {
  it('reads an image by tag and by digest, over plain http on loopback', async () => {
    const server = await registry();
    expect(await pull(server, options())).toBe(layer.size);
    expect(await pull(server, options(), `team/app@${image.descriptor.digest}`)).toBe(layer.size);
  });

  it('asks for the manifest once', async () => {
    const server = await registry();
    await pull(server, options());
    expect(server.requests.map((r) => `${r.method} ${r.url.replace(/sha256:\w+/, 'D')}`)).toEqual([
      'GET /v2/',
      'GET /v2/team/app/manifests/1.0',
      'GET /v2/team/app/blobs/D',
      'GET /v2/team/app/blobs/D',
    ]);
  });

  it('chooses the platform from an index and passes attestations over', async () => {
    const server = await registry();
    const arm = buildImage({ ...description, platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } });
    const note = buildImage({ ...description, platform: { os: 'unknown', architecture: 'unknown' } });
    server.content.putImage(
      'team/multi',
      'latest',
      buildIndex([note, arm, image], [{ 'vnd.docker.reference.type': 'attestation-manifest' }]),
    );
    const reference = parseReference(`${server.host}/team/multi`);
    const repository = openRepository(reference, options());
    const top = await repository.resolve(reference);
    const found = await resolveImage(repository, [top], { platform: { os: 'linux', architecture: 'arm64' }, explicit: true }, 'x');
    expect(found.descriptor.digest).toBe(arm.descriptor.digest);
    expect(found.indexDigest).toBe(top.digest);
    const s390x = { platform: { os: 'linux', architecture: 's390x' }, explicit: true };
    await expect(resolveImage(repository, [top], s390x, 'x')).rejects.toMatchObject({
      code: 'platform-missing',
      params: { wanted: 'linux/s390x', available: 'linux/arm64/v8, linux/amd64' },
    });
  });

  it('sends nothing when offline', async () => {
    const server = await registry();
    await expect(pull(server, { ...options(), http: offlineHttp() })).rejects.toMatchObject({ code: 'offline' });
    expect(server.requests).toEqual([]);
  });
});

describe('authentication', () => {
  const users = { alice: 'wonder:land' };

  it('basic', async () => {
    const server = await registry({ auth: { kind: 'basic', users } });
    expect(await pull(server, options(password))).toBe(layer.size);
    expect(server.requests.slice(1).every((r) => r.headers.authorization?.startsWith('Basic '))).toBe(true);
  });

  it('bearer, with one token for all requests', async () => {
    const server = await registry({ auth: { kind: 'bearer', users } });
    expect(await pull(server, options(password))).toBe(layer.size);
    const tokens = server.requests.filter((r) => r.url.startsWith('/token'));
    expect(tokens.map((r) => r.url)).toEqual(['/token?service=fake.registry&scope=repository%3Ateam%2Fapp%3Apull&account=alice']);
    expect(server.requests.filter((r) => r.url.startsWith('/v2/team')).every((r) => r.headers.authorization?.startsWith('Bearer '))).toBe(
      true,
    );
  });

  it('bearer, renewed when the token is spent', async () => {
    const server = await registry({ auth: { kind: 'bearer', users, tokenUses: 1 } });
    expect(await pull(server, options(password))).toBe(layer.size);
  });

  it('bearer, anonymous for public repositories; credentials are looked up only after a challenge', async () => {
    const server = await registry({ auth: { kind: 'bearer', users, publicRepositories: ['team/app'] } });
    expect(await pull(server, options())).toBe(layer.size);
    let asked = 0;
    const counting = { find: async () => void asked++ as undefined };
    await pull(await registry(), options(undefined, { credentials: counting }));
    expect(asked).toBe(0);
  });

  it('bearer, by refresh token, posted and never in an address', async () => {
    const server = await registry({ auth: { kind: 'bearer', users, refreshTokens: ['r-1'] } });
    expect(await pull(server, options({ kind: 'identity-token', token: 'r-1', origin: 'x' }))).toBe(layer.size);
    expect(server.requests.some((r) => r.url.includes('r-1'))).toBe(false);
  });

  it('a broken helper does not keep anybody from a public image, and is the decisive error for a private one', async () => {
    const { PlimsollError } = await import('../../util/errors.ts');
    const broken = {
      find: async () => Promise.reject(new PlimsollError('credential-helper-failed', { helper: 'h', registry: 'r', detail: 'd' })),
    };
    const server = await registry({ auth: { kind: 'bearer', users, publicRepositories: ['team/app'] } });
    server.content.putImage('team/secret', '1.0', image);
    expect(await pull(server, options(undefined, { credentials: broken }))).toBe(layer.size);
    await expect(pull(server, options(undefined, { credentials: broken }), 'team/secret:1.0')).rejects.toMatchObject({
      code: 'credential-helper-failed',
    });
  });

  it.each([
    ['basic', undefined, 'registry-unauthorized'],
    ['basic', { ...password, password: 'wrong' }, 'registry-credentials-refused'],
    ['bearer', undefined, 'registry-unauthorized'],
    ['bearer', { ...password, password: 'wrong' }, 'registry-credentials-refused'],
    ['bearer', { kind: 'identity-token', token: 'old', origin: 'x' }, 'registry-credentials-refused'],
    ['bearer', { ...password, username: 'bob', password: 'builder' }, 'registry-forbidden'],
  ] as const)('%s with %j fails with one decisive error', async (kind, credentials, code) => {
    const server = await registry({ auth: { kind, users: { ...users, bob: 'builder' }, powerless: ['bob'] } });
    await expect(pull(server, options(credentials))).rejects.toMatchObject({
      code,
      params: { registry: server.host, repository: 'team/app', scope: 'repository:team/app:pull' },
    });
  });

  it('a password never goes to a token service without TLS when the registry has it', async () => {
    const { fetchToken } = await import('./token.ts');
    const challenge = { scheme: 'bearer', params: { realm: 'http://tokens.example/token' } };
    const errand = { registry: 'r.example', repository: 'x', scope: 's', credentials: password, credentialsProblem: undefined };
    await expect(fetchToken(offlineHttp(), challenge, errand, 'https://r.example')).rejects.toMatchObject({ code: 'registry-protocol' });
  });
});

describe('redirected blobs', () => {
  it('are fetched from the other host without credentials', async () => {
    const storage = await startServer((request, response) => {
      const bytes = image.blobs.get(`sha256:${request.url?.split('sha256:')[1]}`);
      return bytes ? sendRange(response, bytes, {}) : refuse(response, 404, 'X', 'gone');
    });
    closers.push(storage.close);
    const server = await registry({ auth: { kind: 'bearer', users: { alice: 'wonder:land' } }, redirectBlobsTo: storage.url });
    expect(await pull(server, options(password))).toBe(layer.size);
    expect(storage.requests).toHaveLength(2);
    for (const request of storage.requests) expect(request.headers).not.toHaveProperty('authorization');
  });
});

describe('what comes back is checked', () => {
  /** Answers the layer's requests with `reply`; everything else as usual. */
  const layerReply = (reply: (response: Parameters<typeof send>[0], count: number) => unknown): RegistrySettings => {
    let count = 0;
    return {
      intercept: (request, response) => {
        if (!request.url?.endsWith(layer.digest)) return false;
        reply(response, count++);
        return true;
      },
    };
  };
  const stored = image.blobs.get(layer.digest)!;

  it('a changed layer', async () => {
    const changed = Buffer.from(stored);
    changed[700] = changed[700]! ^ 1;
    const server = await registry(layerReply((response) => send(response, 200, changed)));
    await expect(pull(server, options())).rejects.toMatchObject({ code: 'digest-mismatch' });
  });

  it('a short layer and a long one', async () => {
    const short = await registry(layerReply((response) => send(response, 200, stored.subarray(0, 100))));
    await expect(pull(short, options())).rejects.toMatchObject({ code: 'size-mismatch' });
    const long = await registry(layerReply((response) => send(response, 200, Buffer.concat([stored, stored]))));
    await expect(pull(long, options())).rejects.toMatchObject({ code: 'size-mismatch' });
  });

  it('a layer whose connection breaks is resumed where it broke', async () => {
    const server = await registry(
      layerReply((response, count) => {
        if (count > 0) return sendRange(response, stored, {});
        response.writeHead(200, { 'content-length': stored.length });
        return response.write(stored.subarray(0, 3000), () => response.destroy());
      }),
    );
    expect(await pull(server, options())).toBe(layer.size);
    expect(server.requests.at(-1)?.headers.range).toBe('bytes=3000-');
  });

  it('a layer that breaks again and again gives up', async () => {
    const server = await registry(
      layerReply((response) => {
        response.writeHead(200, { 'content-length': stored.length });
        response.flushHeaders();
        setImmediate(() => response.destroy());
      }),
    );
    await expect(pull(server, options())).rejects.toMatchObject({ code: 'network-failed' });
  });

  it('a manifest other than the digest asked for', async () => {
    const other = buildImage({ ...description, created: '2020-01-01T00:00:00Z' });
    const server = await registry({
      intercept: (request, response) => {
        if (!request.url?.includes('/manifests/sha256:')) return false;
        send(response, 200, other.blobs.get(other.descriptor.digest)!, { 'content-type': other.descriptor.mediaType });
        return true;
      },
    });
    await expect(pull(server, options(), `team/app@${image.descriptor.digest}`)).rejects.toMatchObject({ code: 'digest-mismatch' });
  });
});

describe('refusals say what and where', () => {
  const failing = (status: number, headers: Record<string, string> = {}, body = '{}'): RegistrySettings => ({
    intercept: (request, response) => {
      if (!request.url?.includes('/manifests/')) return false;
      send(response, status, Buffer.from(body), headers);
      return true;
    },
  });

  it.each([
    ['team/app:none', 'registry-manifest-unknown', { repository: 'team/app', reference: 'none' }],
    ['nobody/home:1', 'registry-repository-unknown', { repository: 'nobody/home' }],
  ])('%s', async (name, code, params) => {
    const server = await registry();
    await expect(pull(server, options(), name)).rejects.toMatchObject({ code, params });
  });

  it('a missing layer', async () => {
    const server = await registry();
    server.content.putManifest('team/half', '1', image.blobs.get(image.descriptor.digest)!, image.descriptor.mediaType);
    await expect(pull(server, options(), 'team/half:1')).rejects.toMatchObject({
      code: 'registry-blob-unknown',
      params: { repository: 'team/half' },
    });
  });

  it.each([
    [failing(429, { 'retry-after': '3600' }), 'registry-rate-limited'],
    [failing(403), 'registry-forbidden'],
    [failing(500, {}, JSON.stringify({ errors: [{ code: 'UNKNOWN', message: 'disk\u001b[31m full' }] })), 'registry-failed'],
    [failing(200, { 'content-type': 'text/html' }, '<html>'), 'registry-protocol'],
    [failing(200, {}, 'x'.repeat((4 << 20) + 1)), 'manifest-too-large'],
    [failing(200, { 'content-type': 'application/json' }, '{"schemaVersion":1}'), 'manifest-unsupported'],
  ])('case %#', async (settings, code) => {
    const error = await pull(await registry(settings), options()).catch((e: Error) => e);
    expect(error).toMatchObject({ code });
    expect(String(error)).not.toContain('\u001b');
  });

  it('a web server that is no registry', async () => {
    const server = await startServer((_, response) => send(response, 404, Buffer.from('not here')));
    closers.push(server.close);
    await expect(pull(server, options())).rejects.toMatchObject({ code: 'registry-protocol' });
  });
});

describe('pushing', () => {
  it('uploads what is missing and can be pulled again', async () => {
    const server = await registry({ auth: { kind: 'bearer', users: { alice: 'wonder:land' } } });
    const pusher = openPusher(parseReference(`${server.host}/new/app`), options(password));
    for (const one of [image.config, layer, layer]) await pusher.blob(image.blobs.get(one.digest)!, one.mediaType);
    await pusher.manifest(image.blobs.get(image.descriptor.digest)!, image.descriptor.mediaType, '2.0');
    expect(server.requests.filter((r) => r.method === 'PUT')).toHaveLength(3);
    expect(await pull(server, options(password), 'new/app:2.0')).toBe(layer.size);
  });
});
