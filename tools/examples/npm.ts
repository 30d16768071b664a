import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TarEntry } from '../../testing/image-builder/index.ts';
import { npmSkeleton } from './skeletons.ts';

/** The files of `node_modules`, relative to the application, and whether npm brought them. */
export interface NpmLayer {
  readonly files: readonly TarEntry[];
  /** What kept npm from installing: the layer then holds a skeleton made from the lock file. */
  readonly failure?: string;
}

const TIMEOUT_MS = 60_000;

/**
 * What `npm ci` installs for the lock file in `app`: packages as published, verified by npm against the lock's hashes, no
 * install script run, from the registry that the user's npm is set to.
 */
export function npmLayer(app: string): NpmLayer {
  const work = mkdtempSync(join(tmpdir(), 'plimsoll-example-'));
  try {
    for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(app, file), join(work, file));
    const args = [
      'ci',
      '--prefix',
      work,
      '--omit=dev',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--fetch-retries=1',
      '--fetch-retry-mintimeout=1000',
      '--loglevel=error',
    ];
    // npm is a script of its own on Windows, which only a shell can start.
    const run = spawnSync('npm', args, { cwd: work, encoding: 'utf8', timeout: TIMEOUT_MS, shell: process.platform === 'win32' });
    if (run.status !== 0) return { files: npmSkeleton(app), failure: reason(run) };
    return { files: readTree(work, 'node_modules') };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function reason(run: ReturnType<typeof spawnSync>): string {
  if (run.error) return run.error.message;
  const lines = String(run.stderr)
    .split('\n')
    .filter((line) => line.startsWith('npm error') || line.startsWith('npm ERR!'));
  return lines[0]?.replace(/^npm (error|ERR!) /, '') ?? `npm ended with ${run.status ?? run.signal}`;
}

/** Everything below `root/path` with names relative to `root`, sorted, with one mode for files and one for programs. */
function readTree(root: string, path: string): TarEntry[] {
  const entries: TarEntry[] = [];
  for (const item of readdirSync(join(root, path), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = `${path}/${item.name}`;
    // npm's own record names the registry that was used: the image would differ from one user to the next.
    if (name === 'node_modules/.package-lock.json') continue;
    if (item.isSymbolicLink()) entries.push({ path: name, type: 'symlink', target: readlinkSync(join(root, name)) });
    else if (item.isDirectory()) entries.push({ path: name, type: 'directory' }, ...readTree(root, name));
    else
      entries.push({ path: name, content: readFileSync(join(root, name)), mode: statSync(join(root, name)).mode & 0o111 ? 0o755 : 0o644 });
  }
  return entries;
}
