import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRegistry } from '../../../testing/registry/index.ts';
import { openTarget } from '../../image/targets/index.ts';
import type { Inventory } from '../../model/index.ts';
import { noCredentials } from '../../oci/credentials/index.ts';
import { createHttp } from '../../util/http/index.ts';
import { type IndexOptions, indexTarget } from './index-target.ts';

const have = (command: string): boolean => spawnSync(command, ['--version']).status === 0;
const registry = { http: createHttp(), credentials: noCredentials };
const work = mkdtempSync(join(tmpdir(), 'plimsoll-tools-'));
const run = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { cwd: work, encoding: 'utf8', timeout: 60_000, stdio: ['ignore', 'pipe', 'ignore'] }).trim();

/** Two folders that become a layer each; a third layer, or the second, takes `lodash` away. */
beforeAll(() => {
  const write = (path: string, content: Buffer | string): void => {
    mkdirSync(dirname(join(work, path)), { recursive: true });
    writeFileSync(join(work, path), content);
  };
  write('base/etc/os-release', 'ID=debian\nVERSION_ID="12"\n');
  write('base/var/lib/dpkg/status', 'Package: bash\nStatus: install ok installed\nArchitecture: amd64\nVersion: 5.2-1\n\n');
  write('base/srv/node_modules/lodash/package.json', '{"name":"lodash","version":"4.17.15"}');
  write('base/srv/node_modules/semver/package.json', '{"name":"semver","version":"5.0.0"}');
  write('base/srv/filler', randomBytes(300_000));
  write('app/srv/node_modules/express/package.json', '{"name":"express","version":"4.0.0"}');
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

async function inventory(spec: string, options: IndexOptions = {}): Promise<Inventory> {
  const target = await openTarget(spec, { registry });
  try {
    return await indexTarget(target, options);
  } finally {
    await target.close();
  }
}

async function expectPackages(spec: string): Promise<void> {
  const { packages, gaps, distro } = await inventory(spec);
  expect(packages.map(({ name, version }) => `${name} ${version}`)).toEqual(['bash 5.2-1', 'express 4.0.0', 'semver 5.0.0']);
  expect(gaps).toEqual([]);
  expect(distro?.id).toBe('debian');
}

describe.skipIf(!have('umoci') || !have('skopeo'))('umoci and skopeo (needs umoci and skopeo)', () => {
  beforeAll(() => {
    run('umoci', 'init', '--layout', 'umoci');
    run('umoci', 'new', '--image', 'umoci:1');
    run('umoci', 'insert', '--image', 'umoci:1', 'base', '/');
    run('umoci', 'insert', '--image', 'umoci:1', 'app', '/');
    run('umoci', 'insert', '--image', 'umoci:1', '--whiteout', '/srv/node_modules/lodash');
  });

  it('umoci', () => expectPackages(`oci:${work}/umoci:1`));

  it.each([
    ['oci:copied:1', 'oci:copied:1', []],
    ['oci-archive:copied.tar:1', 'oci-archive:copied.tar', []],
    ['docker-archive:docker.tar:shop/web:1', 'docker-archive:docker.tar', []],
    ['oci:zstd:1', 'oci:zstd:1', ['--dest-compress', '--dest-compress-format', 'zstd']],
  ])('skopeo copy to %s', async (to, spec, options) => {
    run('skopeo', 'copy', '-q', ...options, 'oci:umoci:1', to);
    await expectPackages(spec.replace(':', `:${work}/`));
  });
});

describe.skipIf(!have('buildah'))('buildah (needs buildah)', () => {
  const store = ['--storage-driver', 'vfs', '--root', join(work, 'root'), '--runroot', join(work, 'run')];
  const buildah = (...args: string[]): string => run('buildah', ...store, ...args);
  beforeAll(() => {
    const base = buildah('from', 'scratch');
    buildah('copy', '-q', base, 'base', '/');
    buildah('commit', '-q', base, 'base');
    const app = buildah('from', 'base');
    buildah('copy', '-q', app, 'app', '/');
    rmSync(join(buildah('mount', app), 'srv/node_modules/lodash'), { recursive: true });
    buildah('commit', '-q', app, 'app');
  }, 120_000);

  it.each(['gzip', 'zstd', 'zstd:chunked'])('buildah push --compression-format %s', async (format) => {
    const folder = `pushed-${format.replace(':', '-')}`;
    buildah('push', '-q', '--compression-format', format, 'app', `oci:${folder}:1`);
    await expectPackages(`oci:${join(work, folder)}:1`);
  });

  it('its zstd:chunked layers can be read lazily: the same inventory', async () => {
    const folder = join(work, 'lazy');
    buildah('push', '-q', '--compression-format', 'zstd:chunked', 'app', `oci:${folder}:1`);
    const server = await startRegistry();
    try {
      const blobs = join(folder, 'blobs/sha256');
      for (const name of readdirSync(blobs)) server.content.putBlob('app', readFileSync(join(blobs, name)));
      const { manifests } = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'));
      const [{ digest, mediaType }] = manifests;
      server.content.putManifest('app', '1', readFileSync(join(blobs, digest.slice(7))), mediaType);
      const lazy = await inventory(`${server.host}/app:1`, { lazy: () => undefined });
      const whole = await inventory(`${server.host}/app:1`);
      const [layer] = lazy.layers;
      expect(layer?.readMode).toBe('lazy');
      expect(layer?.bytesFetched).toBeLessThan((layer?.size ?? 0) / 5);
      expect(lazy.packages).toEqual(whole.packages);
      expect(whole.packages.map(({ name }) => name)).toEqual(['bash', 'express', 'semver']);
    } finally {
      await server.close();
    }
  });
});
