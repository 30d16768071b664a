import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startContainerd } from '../../../testing/daemon/containerd.ts';
import { startEngine } from '../../../testing/daemon/engine.ts';
import { buildImage, dockerArchive } from '../../../testing/image-builder/index.ts';
import type { ImageSource } from '../../image/targets/index.ts';
import { scan } from './index.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-scan-daemon-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const image = buildImage({
  platform: { os: 'linux', architecture: 'amd64' },
  created: '2026-01-01T00:00:00Z',
  steps: [
    {
      createdBy: 'ADD rootfs',
      compression: 'none',
      files: [
        { path: 'etc/os-release', content: 'ID=alpine\nVERSION_ID=3.20.0\n' },
        { path: 'lib/apk/db/installed', content: 'P:musl\nV:1.2.5-r0\nA:x86_64\n\n' },
      ],
    },
  ],
});

describe('scan --offline of a daemon on this machine', () => {
  it.each(['docker', 'podman', 'containerd'])('%s', async (kind) => {
    const socket = join(work, `${kind}.sock`);
    const name = 'example.com/app:1';
    const daemon =
      kind === 'containerd'
        ? await startContainerd(socket, { images: { default: { [name]: image.descriptor } }, blobs: image.blobs })
        : await startEngine(socket, new Map([[name, { id: image.config.digest, archive: dockerArchive(image, [name]) }]]));
    try {
      const report = await scan(`${kind}:${name}`, {
        offline: true,
        database: 'starter',
        cacheDir: work,
        env: { DOCKER_HOST: `unix://${socket}`, CONTAINER_HOST: `unix://${socket}`, CONTAINERD_ADDRESS: socket },
      });
      expect(report.inventory.target).toMatchObject({ spec: `${kind}:${name}`, repository: 'example.com/app', tags: ['1'] });
      expect(report.inventory.packages.map(({ name, version }) => `${name} ${version}`)).toEqual(['musl 1.2.5-r0']);
    } finally {
      await daemon.close();
    }
  });
});

describe('an image named without a prefix', () => {
  const name = 'example.com/app:1';
  const find = async (imageSources: readonly ImageSource[], has: readonly string[]) => {
    const socket = join(work, 'named.sock');
    const images = has.map((each) => [each, { id: image.config.digest, archive: dockerArchive(image, [each]) }] as const);
    const engine = await startEngine(socket, new Map(images));
    const env = { DOCKER_HOST: `unix://${join(work, 'nobody.sock')}`, CONTAINER_HOST: `unix://${socket}` };
    try {
      return await scan(name, { offline: true, database: 'starter', cacheDir: work, env, imageSources });
    } finally {
      await engine.close();
    }
  };

  it('is that of the first source that has it', async () => {
    const { inventory } = await find(['docker', 'podman', 'registry'], [name]);
    expect(inventory.target).toMatchObject({ spec: name, name: expect.stringContaining(name), repository: 'example.com/app' });
    expect(inventory.packages).toHaveLength(1);
  });

  it.each([
    [['docker', 'podman', 'registry'], [], 'offline'],
    [['podman'], [], 'daemon-image-unknown'],
    [['podman', 'docker'], [], 'daemon-missing'],
  ] as const)('is asked for of %s in this order; the last one says what is wrong', async (sources, has, code) => {
    await expect(find(sources, has)).rejects.toMatchObject({ code });
  });
});
