import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { missing } from '../programs.ts';

/** Those that are not installed, or cannot run because we are not root. */
export function missingDaemons(...programs: readonly string[]): readonly string[] {
  const absent = missing(...programs);
  return process.getuid?.() === 0 ? absent : [...absent, 'root'];
}

export interface RealDaemon {
  readonly socket: string;
  /** Its own client, with what it printed. */
  run(...args: readonly string[]): string;
  close(): Promise<void>;
}

/** Podman's own service with a store of its own below `folder`. */
export function startPodman(folder: string): Promise<RealDaemon> {
  const socket = join(folder, 'podman.sock');
  const store = ['--root', join(folder, 'store'), '--runroot', join(folder, 'run'), '--storage-driver', 'vfs'];
  const child = spawn('podman', [...store, 'system', 'service', '--time=0', `unix://${socket}`], { stdio: 'ignore' });
  return started(child, socket, 'podman', store);
}

/** containerd with root, state and sockets of its own below `folder`, without the part for Kubernetes. */
export function startContainerdService(folder: string): Promise<RealDaemon> {
  const socket = join(folder, 'containerd.sock');
  const config = join(folder, 'config.toml');
  writeFileSync(
    config,
    [
      'version = 2',
      `root = "${join(folder, 'root')}"`,
      `state = "${join(folder, 'state')}"`,
      'disabled_plugins = ["io.containerd.grpc.v1.cri"]',
      '[grpc]',
      `address = "${socket}"`,
      '[ttrpc]',
      `address = "${socket}.ttrpc"`,
    ].join('\n'),
  );
  const child = spawn('containerd', ['-c', config], { stdio: 'ignore' });
  return started(child, socket, 'ctr', ['--address', socket]);
}

async function started(child: ChildProcess, socket: string, client: string, options: readonly string[]): Promise<RealDaemon> {
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  while (!(existsSync(socket) && (await answers(socket)))) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}`);
    await pause(50);
  }
  return {
    socket,
    run: (...args) => execFileSync(client, [...options, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }),
    close: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    connection.once('connect', () => resolve(connection.destroy() !== undefined));
    connection.once('error', () => resolve(false));
  });
}
