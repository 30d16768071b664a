import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FETCHED, writeAdvisories } from '../../testing/advisories.ts';
import { type BuiltImage, buildImage, dockerArchive, writeLayout } from '../../testing/image-builder/index.ts';

export const ROOT = join(import.meta.dirname, '../..');
export const SHARED = join(ROOT, '../shared/data');

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly input?: Buffer;
}

/** Milliseconds for hooks that set up: what the launcher waits for at most, and as much for the building itself. The launcher ends by itself. */
export const SET_UP = 1_200_000;

/**
 * A checkout's first command installs and builds, for minutes perhaps. It is done here as whoever runs the tests: npm finds its registry and cache by
 * their home and variables, which the commands that are tested do not get.
 */
async function setUp(): Promise<void> {
  const { code, err } = await run(join(ROOT, 'plimsoll'), ['--version'], { env: process.env });
  if (code !== 0) throw new Error(`the checkout cannot be set up: ${err}`);
}

/** Runs a program to its end. Its environment is `env` and a path, and nothing else of this process's. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: options.cwd ?? ROOT, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', ...options.env } });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }));
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input);
  });
}

/** A folder with an image as layout and archive, a database, and a home that nobody lives in. */
export class Workshop {
  readonly folder = mkdtempSync(join(tmpdir(), 'plimsoll-e2e-'));
  readonly layout = join(this.folder, 'image');
  readonly archive = join(this.folder, 'image.tar');
  readonly env = { HOME: join(this.folder, 'home'), PLIMSOLL_CACHE_DIR: join(this.folder, 'cache') };

  /** Runs the launcher as a user would. */
  plimsoll(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
    return run(join(ROOT, 'plimsoll'), args, { ...options, env: { ...this.env, ...options.env } });
  }

  async open(): Promise<void> {
    await setUp();
    const image = sampleImage();
    await writeLayout(this.layout, [{ image, tag: 'latest' }]);
    writeFileSync(this.archive, dockerArchive(image, ['shop/web:1.2']));
    const feeds = join(this.folder, 'advisories');
    writeAdvisories(feeds);
    const built = await this.plimsoll(['db', 'build', '--from', feeds, '--fetched-at', FETCHED]);
    if (built.code !== 0) throw new Error(built.err);
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const STATUS = `Package: libssl1.1
Status: install ok installed
Architecture: amd64
Maintainer: Debian OpenSSL Team <pkg-openssl-devel@lists.alioth.debian.org>
Source: openssl
Version: 1.1.1k-1+deb11u1
Description: shared libraries
`;

/** Debian 11 with an OpenSSL of 2021, and a layer with an old lodash. */
export function sampleImage(): BuiltImage {
  const osRelease = 'ID=debian\nVERSION_ID="11"\nVERSION_CODENAME=bullseye\nPRETTY_NAME="Debian GNU/Linux 11 (bullseye)"\n';
  const lodash = JSON.stringify({ name: 'lodash', version: '4.17.15' });
  return buildImage({
    platform: { os: 'linux', architecture: process.arch === 'arm64' ? 'arm64' : 'amd64' },
    created: '2026-01-01T00:00:00Z',
    steps: [
      {
        createdBy: '/bin/sh -c #(nop) ADD file:base in / ',
        files: [
          { path: 'etc/os-release', content: Buffer.from(osRelease) },
          { path: 'var/lib/dpkg/status', content: Buffer.from(STATUS) },
        ],
      },
      {
        createdBy: 'COPY node_modules /srv/node_modules # buildkit',
        files: [{ path: 'srv/node_modules/lodash/package.json', content: Buffer.from(lodash) }],
        compression: 'zstd',
      },
    ],
  });
}
