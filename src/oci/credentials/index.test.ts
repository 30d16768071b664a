import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runProgram } from './helper.ts';
import { type CredentialSettings, credentialStore } from './index.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-credentials-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

let count = 0;
/** A home folder with these files. */
function home(files: Record<string, unknown> = {}): string {
  const folder = join(work, `home-${count++}`);
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

const auth = (user: string, password: string) => ({ auth: Buffer.from(`${user}:${password}`).toString('base64') });
const none = async () => ({ status: undefined, output: 'it is not installed' });
const store = (folder: string, more: Partial<CredentialSettings> = {}) =>
  credentialStore({ env: {}, home: folder, runHelper: none, ...more });

describe('files', () => {
  it.each([
    ['https://index.docker.io/v1/', 'docker.io'],
    ['docker.io', 'docker.io'],
    ['index.docker.io', 'docker.io'],
    ['registry.example', 'registry.example'],
    ['https://registry.example/v2/', 'registry.example'],
    ['http://localhost:5000', 'localhost:5000'],
  ])('the key %s is for %s', async (key, registry) => {
    const folder = home({ '.docker/config.json': { auths: { [key]: auth('u', 'p:q') } } });
    expect(await store(folder).find(registry, 'a/b')).toMatchObject({ kind: 'password', username: 'u', password: 'p:q' });
    expect(await store(folder).find('other.example', 'a/b')).toBeUndefined();
  });

  it('the most specific key of a Podman file counts', async () => {
    const auths = { 'quay.io': auth('all', '1'), 'quay.io/team': auth('team', '2'), 'quay.io/team/app': auth('app', '3') };
    const files = store(home({ '.config/containers/auth.json': { auths } }));
    const user = async (repository: string) => ((await files.find('quay.io', repository)) as { username: string }).username;
    expect(await user('team/app')).toBe('app');
    expect(await user('team/other')).toBe('team');
    expect(await user('teamwork/app')).toBe('all');
  });

  it('identity tokens and bearer tokens', async () => {
    const auths = { a: { ...auth('u', 'p'), identitytoken: 'i' }, b: { registrytoken: 'r' }, c: {}, d: { username: 'u', password: 'p' } };
    const files = store(home({ '.docker/config.json': { auths } }));
    expect(await files.find('a', 'x')).toMatchObject({ kind: 'identity-token', token: 'i' });
    expect(await files.find('b', 'x')).toMatchObject({ kind: 'bearer', token: 'r' });
    expect(await files.find('c', 'x')).toBeUndefined();
    expect(await files.find('d', 'x')).toMatchObject({ kind: 'password', username: 'u' });
  });

  it('DOCKER_CONFIG, XDG_RUNTIME_DIR, and REGISTRY_AUTH_FILE, which excludes the others', async () => {
    const folder = home({
      'd/config.json': { auths: { r: auth('docker', '1') } },
      'run/containers/auth.json': { auths: { r: auth('podman', '1'), p: auth('podman', '1') } },
      'file.json': { auths: { f: auth('file', '1') } },
    });
    const env = { DOCKER_CONFIG: join(folder, 'd'), XDG_RUNTIME_DIR: join(folder, 'run') };
    expect(await store(folder, { env }).find('r', 'x')).toMatchObject({ username: 'docker' });
    expect(await store(folder, { env }).find('p', 'x')).toMatchObject({ username: 'podman' });
    const only = store(folder, { env: { ...env, REGISTRY_AUTH_FILE: join(folder, 'file.json') } });
    expect(await only.find('f', 'x')).toMatchObject({ username: 'file', origin: join(folder, 'file.json') });
    expect(await only.find('r', 'x')).toBeUndefined();
  });

  it.each([
    ['not JSON', '{"auths":'],
    ['a list', '[]'],
    ['auths a list', '{"auths":[1]}'],
    ['auth a number', '{"auths":{"r":{"auth":12}}}'],
    ['auth without a colon', `{"auths":{"r":{"auth":"${Buffer.from('secret').toString('base64')}"}}}`],
    ['helper a number', '{"credHelpers":{"r":1}}'],
  ])('malformed: %s', async (_, content) => {
    const error = await store(home({ '.docker/config.json': content }))
      .find('r', 'x')
      .catch((e: Error) => e);
    expect(error).toMatchObject({ code: 'credentials-unreadable' });
    expect(String(error)).not.toContain('secret');
  });
});

describe('environment', () => {
  const folder = home({ '.docker/config.json': { auths: { r: auth('file', '1') } } });

  it('goes before files', async () => {
    const env = { PLIMSOLL_REGISTRY_USERNAME: 'env', PLIMSOLL_REGISTRY_PASSWORD: 'p' };
    expect(await store(folder, { env }).find('r', 'x')).toMatchObject({ username: 'env' });
  });

  it('a token, and for one host only where one is named', async () => {
    const env = { PLIMSOLL_REGISTRY_TOKEN: 't', PLIMSOLL_REGISTRY_HOST: 'own.example' };
    expect(await store(folder, { env }).find('own.example', 'x')).toMatchObject({ kind: 'bearer', token: 't' });
    expect(await store(folder, { env }).find('r', 'x')).toMatchObject({ username: 'file' });
  });
});

describe('helpers', () => {
  const answering = (answers: Record<string, string>) => {
    const calls: string[] = [];
    const runHelper = async (program: string, input: string) => {
      calls.push(`${program} ${input}`);
      const output = answers[input];
      return output === undefined ? { status: 1, output: 'credentials not found in native keychain\n' } : { status: 0, output };
    };
    return { calls, runHelper };
  };

  it('own helper, then the general one, then the entries', async () => {
    const folder = home({
      '.docker/config.json': { credHelpers: { own: 'ecr' }, credsStore: 'desktop', auths: { entry: auth('file', '1') } },
    });
    const { calls, runHelper } = answering({
      own: '{"ServerURL":"own","Username":"AWS","Secret":"s"}',
      'https://index.docker.io/v1/': '{"Username":"<token>","Secret":"refresh"}',
    });
    const files = store(folder, { runHelper });
    expect(await files.find('own', 'x')).toMatchObject({ kind: 'password', username: 'AWS', origin: 'docker-credential-ecr' });
    expect(await files.find('docker.io', 'library/x')).toMatchObject({ kind: 'identity-token', token: 'refresh' });
    expect(await files.find('entry', 'x')).toMatchObject({ username: 'file' });
    expect(calls).toEqual([
      'docker-credential-ecr own',
      'docker-credential-desktop https://index.docker.io/v1/',
      'docker-credential-desktop entry',
    ]);
  });

  it.each([
    ['not there', { status: undefined, output: 'it is not installed' }],
    ['that fails', { status: 1, output: 'boom' }],
    ['that talks nonsense', { status: 0, output: 'boom' }],
    ['that answers a list', { status: 0, output: '[]' }],
  ])('one %s is an error that names it', async (_, run) => {
    const files = store(home({ '.docker/config.json': { credsStore: 'x' } }), { runHelper: async () => run });
    await expect(files.find('r', 'x')).rejects.toMatchObject({
      code: 'credential-helper-failed',
      params: { helper: 'docker-credential-x', registry: 'r' },
    });
  });

  it('a name that is a path is refused before anything runs', async () => {
    const { calls, runHelper } = answering({});
    const files = store(home({ '.docker/config.json': { credsStore: '../../tmp/evil' } }), { runHelper });
    await expect(files.find('r', 'x')).rejects.toMatchObject({ code: 'credential-helper-failed' });
    expect(calls).toEqual([]);
  });

  it('a real program gets the registry on its input', async () => {
    const program = join(
      home({ helper: '#!/bin/sh\n[ "$1" = get ] && url=$(cat) && printf \'{"Username":"u","Secret":"%s"}\' "$url"\n' }),
      'helper',
    );
    chmodSync(program, 0o755);
    expect(await runProgram(program, 'r.example')).toEqual({ status: 0, output: '{"Username":"u","Secret":"r.example"}' });
    expect(await runProgram(`${program}-absent`, 'r')).toEqual({ status: undefined, output: 'it is not installed' });
  });
});
