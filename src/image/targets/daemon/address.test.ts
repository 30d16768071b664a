import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findDaemon, usualSockets } from './address.ts';

const home = mkdtempSync(join(tmpdir(), 'plimsoll-address-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Contexts as `docker context create` writes them. */
function docker(folder: string, currentContext: string | undefined, contexts: Readonly<Record<string, unknown>>, tls?: string): string {
  const base = join(home, folder);
  mkdirSync(base, { recursive: true });
  writeFileSync(join(base, 'config.json'), JSON.stringify({ auths: {}, currentContext }));
  const idOf = (name: string) => createHash('sha256').update(name).digest('hex');
  for (const [name, docker] of Object.entries(contexts)) {
    const to = join(base, 'contexts/meta', idOf(name));
    mkdirSync(to, { recursive: true });
    writeFileSync(join(to, 'meta.json'), JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker } }));
  }
  if (tls !== undefined) mkdirSync(join(base, 'contexts/tls', idOf(tls), 'docker'), { recursive: true });
  return base;
}

describe('an address that is named', () => {
  it.each([
    ['docker', { DOCKER_HOST: 'unix:///a/b.sock' }, { kind: 'unix', path: '/a/b.sock' }],
    ['docker', { DOCKER_HOST: '/a/b.sock' }, { kind: 'unix', path: '/a/b.sock' }],
    ['docker', { DOCKER_HOST: 'tcp://build.example.com' }, { kind: 'tcp', url: 'http://build.example.com:2375' }],
    ['docker', { DOCKER_HOST: 'tcp://127.0.0.1:80/' }, { kind: 'tcp', url: 'http://127.0.0.1:80' }],
    ['docker', { DOCKER_HOST: 'tcp://[::1]:2375' }, { kind: 'tcp', url: 'http://[::1]:2375' }],
    ['podman', { CONTAINER_HOST: 'unix:///a/p.sock', DOCKER_HOST: 'unix:///a/b.sock' }, { kind: 'unix', path: '/a/p.sock' }],
    ['podman', { CONTAINER_HOST: 'tcp://h:8080' }, { kind: 'tcp', url: 'http://h:8080' }],
    ['containerd', { CONTAINERD_ADDRESS: '/a/c.sock' }, { kind: 'unix', path: '/a/c.sock' }],
    ['containerd', { CONTAINERD_ADDRESS: 'unix:///a/c.sock' }, { kind: 'unix', path: '/a/c.sock' }],
  ] as const)('%s %j', async (kind, env, expected) => {
    expect(await findDaemon(kind, { env, home })).toEqual(expected);
  });

  it.each([
    ['docker', { DOCKER_HOST: 'ssh://me@build' }, 'daemon-ssh'],
    ['podman', { CONTAINER_HOST: 'ssh://me@build/run/podman/podman.sock' }, 'daemon-ssh'],
    ['docker', { DOCKER_HOST: 'npipe:////./pipe/docker_engine' }, 'daemon-address'],
    ['docker', { DOCKER_HOST: 'tcp://' }, 'daemon-address'],
    ['docker', { DOCKER_HOST: 'tcp://user@host:2375' }, 'daemon-address'],
    ['docker', { DOCKER_HOST: 'tcp://host:2376', DOCKER_TLS_VERIFY: '1' }, 'daemon-address'],
    ['docker', { DOCKER_HOST: 'relative.sock' }, 'daemon-address'],
    ['containerd', { CONTAINERD_ADDRESS: 'tcp://host:1' }, 'daemon-address'],
  ] as const)('%s %j is refused', async (kind, env, code) => {
    await expect(findDaemon(kind, { env, home })).rejects.toMatchObject({ code, exitCode: 2 });
  });
});

describe('Docker contexts', () => {
  const contexts = {
    a: { Host: 'unix:///ctx/a.sock' },
    b: { Host: 'tcp://b:2375' },
    s: { Host: 'ssh://s' },
    t: { Host: 'tcp://t:2376' },
    n: {},
  };
  const base = docker('contexts', 'a', contexts, 't');
  const find = (env: Readonly<Record<string, string>>) => findDaemon('docker', { env: { DOCKER_CONFIG: base, ...env }, home });

  it('currentContext of config.json', async () => expect(await find({})).toEqual({ kind: 'unix', path: '/ctx/a.sock' }));
  it('DOCKER_CONTEXT before it', async () => expect(await find({ DOCKER_CONTEXT: 'b' })).toEqual({ kind: 'tcp', url: 'http://b:2375' }));
  it('DOCKER_HOST before both', async () =>
    expect(await find({ DOCKER_CONTEXT: 'b', DOCKER_HOST: 'unix:///h.sock' })).toEqual({ kind: 'unix', path: '/h.sock' }));
  it('in the home folder by default', async () => {
    docker('.docker', 'a', contexts);
    expect(await findDaemon('docker', { env: {}, home })).toEqual({ kind: 'unix', path: '/ctx/a.sock' });
  });

  it.each([
    ['of ssh', 's', 'daemon-ssh'],
    ['with certificates', 't', 'daemon-address'],
    ['without a host', 'n', 'daemon-context'],
    ['that nobody made', 'unknown', 'daemon-context'],
    ['with the name of a path', '../../etc', 'daemon-context'],
  ])('one %s is refused', async (_, name, code) => {
    await expect(find({ DOCKER_CONTEXT: name })).rejects.toMatchObject({ code, exitCode: 2 });
  });

  it('a configuration that is no JSON is not passed over', async () => {
    const broken = docker('broken', 'a', {});
    writeFileSync(join(broken, 'config.json'), '{');
    await expect(findDaemon('docker', { env: { DOCKER_CONFIG: broken }, home })).rejects.toMatchObject({ code: 'daemon-context' });
  });
});

describe('without a name', () => {
  const runtime = join(home, 'runtime');

  it('the usual sockets, in this order', () => {
    const around = { env: { XDG_RUNTIME_DIR: '/run/user/7' }, home: '/home/you' };
    expect(usualSockets('docker', around)).toEqual([
      '/var/run/docker.sock',
      '/run/user/7/docker.sock',
      '/home/you/.docker/run/docker.sock',
    ]);
    expect(usualSockets('podman', around)).toEqual(['/run/user/7/podman/podman.sock', '/run/podman/podman.sock']);
    expect(usualSockets('containerd', around)).toEqual(['/run/containerd/containerd.sock', '/run/k3s/containerd/containerd.sock']);
  });

  it('the first one that is there', async () => {
    mkdirSync(join(runtime, 'podman'), { recursive: true });
    writeFileSync(join(runtime, 'podman/podman.sock'), '');
    expect(await findDaemon('podman', { env: { XDG_RUNTIME_DIR: runtime }, home })).toEqual({
      kind: 'unix',
      path: join(runtime, 'podman/podman.sock'),
    });
  });
});
