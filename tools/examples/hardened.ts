import { join } from 'node:path';
import type { ImageDescription } from '../../testing/image-builder/index.ts';
import { debianBase, dpkgStatusD, readDebianPackages } from './facts.ts';
import type { NpmLayer } from './npm.ts';
import { fromApp } from './vulnerable.ts';

const HEALTHCHECK = "fetch('http://127.0.0.1:8080').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))";

/** examples/hardened: the instructions of its Dockerfile's last stage with what each left behind. `folder` is the example's. */
export function hardenedImage(folder: string, npm: NpmLayer): ImageDescription {
  const labels = { 'org.opencontainers.image.title': 'harbour-board', 'org.opencontainers.image.licenses': 'Apache-2.0' };
  const users = ['root:x:0:0:root:/root:/sbin/nologin', 'nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin'];
  const app = join(folder, 'app');
  return {
    platform: { os: 'linux', architecture: 'amd64' },
    created: '2026-11-20T00:00:00Z',
    config: {
      User: '65532:65532',
      Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'NODE_ENV=production'],
      Entrypoint: ['/nodejs/bin/node'],
      Cmd: ['server.js'],
      WorkingDir: '/srv/app',
      Labels: labels,
      ExposedPorts: { '8080/tcp': {} },
      Healthcheck: { Test: ['CMD', '/nodejs/bin/node', '-e', HEALTHCHECK], Interval: 30_000_000_000, Timeout: 3_000_000_000 },
    },
    steps: [
      {
        createdBy: 'bazel build',
        files: [...debianBase(folder, '13.7', users), ...dpkgStatusD(readDebianPackages(folder, 'layers/base.tsv'))],
      },
      {
        createdBy: `LABEL ${Object.entries(labels)
          .map(([key, value]) => `${key}=${value}`)
          .join(' ')}`,
      },
      { createdBy: 'ENV NODE_ENV=production' },
      { createdBy: 'WORKDIR /srv/app', files: [{ path: 'srv/app', type: 'directory' }] },
      {
        createdBy: 'COPY --chown=0:0 /srv/app ./ # buildkit',
        files: [
          ...fromApp(app, ['package.json', 'package-lock.json', 'server.js']),
          ...npm.files.map((file) => ({ ...file, path: `srv/app/${file.path}` })),
        ],
      },
      { createdBy: 'USER 65532:65532' },
      { createdBy: 'EXPOSE map[8080/tcp:{}]' },
      { createdBy: 'HEALTHCHECK &{["CMD" "/nodejs/bin/node" "-e" ...] "30s" "3s" "0s" "0s" \'\\x00\'}' },
      { createdBy: 'CMD ["server.js"]' },
    ],
  };
}
