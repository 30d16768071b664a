import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missingDaemons, type RealDaemon, startContainerdService, startPodman } from '../../../../testing/daemon/real.ts';
import { buildImage, dockerArchive, ociArchive } from '../../../../testing/image-builder/index.ts';
import { noCredentials } from '../../../oci/credentials/index.ts';
import { offlineHttp } from '../../../util/http/index.ts';
import { openTarget } from '../index.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-daemon-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const built = (compression: 'none' | 'gzip') =>
  buildImage({
    platform: { os: 'linux', architecture: 'amd64' },
    created: '2026-01-01T00:00:00Z',
    steps: [
      { createdBy: 'ADD rootfs', files: [{ path: 'etc/os-release', content: 'ID=test\n' }], compression },
      { createdBy: 'COPY app', files: [{ path: 'app', content: Buffer.alloc(3_000_000, 7).toString('latin1') }], compression },
    ],
  });
const plain = built('none');
const packed = built('gzip');

/** Opened offline, read to the end with every digest checked, and closed. */
async function read(spec: string, env: Readonly<Record<string, string>>) {
  const target = await openTarget(spec, {
    registry: { http: offlineHttp(), credentials: noCredentials },
    platform: 'linux/amd64',
    tempDir: work,
    home: work,
    env,
  });
  if (target.kind !== 'image') throw new Error('not an image');
  const sizes: number[] = [];
  for (const layer of target.layers) {
    let size = 0;
    for await (const chunk of await layer.open()) size += chunk.length;
    sizes.push(size);
  }
  await target.close();
  return { info: target.info, sizes };
}

const noPodman = missingDaemons('podman');
describe.skipIf(noPodman.length > 0)(`Podman's own service (needs a daemon, as root; lacks ${noPodman.join(', ') || 'nothing'})`, () => {
  let podman: RealDaemon;
  beforeAll(async () => {
    const archive = join(work, 'docker.tar');
    writeFileSync(archive, dockerArchive(plain, ['localhost/team/app:1.0']));
    podman = await startPodman(work);
    podman.run('load', '-i', archive);
  }, 60_000);
  afterAll(() => podman?.close());

  it.each([
    'podman:localhost/team/app:1.0',
    'podman:team/app:1.0',
    'docker:localhost/team/app:1.0',
    `docker:${plain.config.digest.slice(7)}`,
  ])(
    '%s',
    async (spec) => {
      const { info, sizes } = await read(spec, { CONTAINER_HOST: `unix://${podman.socket}`, DOCKER_HOST: `unix://${podman.socket}` });
      expect(info.configDigest).toBe(plain.config.digest);
      expect(sizes).toEqual(plain.layers.map((layer) => layer.size));
      if (spec.includes('team')) expect(info).toMatchObject({ repository: 'localhost/team/app', tags: ['1.0'] });
    },
    30_000,
  );

  it('an image that it does not have', async () => {
    await expect(read('podman:team/none:1', { CONTAINER_HOST: podman.socket })).rejects.toMatchObject({ code: 'daemon-image-unknown' });
  });
});

const noContainerd = missingDaemons('containerd', 'ctr');
describe.skipIf(noContainerd.length > 0)(`containerd (needs a daemon, as root; lacks ${noContainerd.join(', ') || 'nothing'})`, () => {
  let containerd: RealDaemon;
  beforeAll(async () => {
    const archive = join(work, 'oci.tar');
    writeFileSync(archive, ociArchive([{ image: packed, annotations: { 'io.containerd.image.name': 'docker.io/team/app:1.0' } }]));
    containerd = await startContainerdService(work);
    containerd.run('--namespace', 'here', 'images', 'import', '--no-unpack', archive);
    containerd.run('--namespace', 'k8s.io', 'images', 'import', '--no-unpack', archive);
  }, 60_000);
  afterAll(() => containerd?.close());
  const env = (namespace: string) => ({ CONTAINERD_ADDRESS: containerd.socket, CONTAINERD_NAMESPACE: namespace });

  it.each(['containerd:docker.io/team/app:1.0', 'containerd:team/app:1.0'])('%s', async (spec) => {
    const { info, sizes } = await read(spec, env('here'));
    expect(info).toMatchObject({ digest: packed.descriptor.digest, configDigest: packed.config.digest, repository: 'docker.io/team/app' });
    expect(sizes).toEqual(packed.layers.map((layer) => layer.size));
  });

  it('an image of another namespace, and none at all', async () => {
    await expect(read('containerd:team/app:1.0', env('empty'))).rejects.toMatchObject({ code: 'containerd-other-namespace' });
    await expect(read('containerd:team/none:1', env('here'))).rejects.toMatchObject({ code: 'containerd-image-unknown' });
  });
});
