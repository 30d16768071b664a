import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT, PlimsollError } from '../../../util/errors.ts';
import { contextAddress } from './docker-context.ts';
import { daemonFailure, daemonMissing, VARIABLES } from './failures.ts';
import type { Address, DaemonKind, Surroundings } from './types.ts';

/**
 * Where the daemon answers: what its own variable says, for Docker then the context in use, else the first usual socket that is there.
 * Throws `daemon-address`, `daemon-missing` or `daemon-denied`.
 */
export async function findDaemon(kind: DaemonKind, around: Surroundings): Promise<Address> {
  const named = around.env[VARIABLES[kind]];
  if (named) return parseAddress(kind, named, VARIABLES[kind], kind === 'docker' && Boolean(around.env.DOCKER_TLS_VERIFY));
  const context = kind === 'docker' ? await contextAddress(around) : undefined;
  if (context !== undefined) return parseAddress(kind, context.host, context.source, context.tls);
  const candidates = usualSockets(kind, around);
  for (const path of candidates) {
    if (await isThere(kind, path)) return { kind: 'unix', path };
  }
  throw daemonMissing(kind, candidates.join(', '), undefined);
}

/** Sources: dockerd and `podman system service`, "--host"; Docker's rootless mode; Docker Desktop; containerd's and k3s' defaults. */
export function usualSockets(kind: DaemonKind, { env, home }: Surroundings): readonly string[] {
  const runtime = env.XDG_RUNTIME_DIR;
  const ofUser = (...path: string[]) => (runtime ? [join(runtime, ...path)] : []);
  switch (kind) {
    case 'docker':
      return ['/var/run/docker.sock', ...ofUser('docker.sock'), join(home, '.docker/run/docker.sock')];
    case 'podman':
      return [...ofUser('podman', 'podman.sock'), '/run/podman/podman.sock'];
    case 'containerd':
      return ['/run/containerd/containerd.sock', '/run/k3s/containerd/containerd.sock'];
  }
}

async function isThere(kind: DaemonKind, path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw daemonFailure(error, kind, path);
  }
}

/** Docker's port where none is named. Source: dockerd, "--host". */
const DEFAULT_PORT = '2375';

/** `source` names, for messages, who says so. TLS that the user wants is never left out. */
function parseAddress(kind: DaemonKind, text: string, source: string, tls: boolean): Address {
  const refuse = (reason: string) => {
    const params = { address: text.slice(0, 300), source, reason };
    return new PlimsollError('daemon-address', params, { exitCode: EXIT.usage });
  };
  const path = text.startsWith('unix://') ? text.slice('unix://'.length) : text;
  if (path.startsWith('/')) return { kind: 'unix', path };
  if (text.startsWith('ssh://')) {
    throw new PlimsollError('daemon-ssh', { address: text.slice(0, 300), source }, { exitCode: EXIT.usage });
  }
  const host = /^(?:tcp|http):\/\/([A-Za-z0-9._-]+|\[[A-Fa-f0-9:]+\])(?::([0-9]{1,5}))?\/?$/.exec(text);
  if (host === null) throw refuse('it is neither unix:///path nor tcp://host:port');
  if (kind === 'containerd') throw refuse('containerd answers on a unix socket only');
  if (tls) throw refuse('it asks for TLS with client certificates, which is not supported');
  return { kind: 'tcp', url: `http://${host[1]}:${host[2] ?? DEFAULT_PORT}` };
}
