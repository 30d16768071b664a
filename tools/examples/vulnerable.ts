import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageDescription, TarEntry } from '../../testing/image-builder/index.ts';
import { debianBase, dpkgLists, dpkgStatus, readDebianPackages, readTable } from './facts.ts';
import type { NpmLayer } from './npm.ts';
import { eggInfo, javaArchives, pythonPackages } from './skeletons.ts';

const SHELL = 'RUN /bin/sh -c';

/** examples/vulnerable: the instructions of its Dockerfile with what each left behind. `folder` is the example's. */
export function vulnerableImage(folder: string, npm: NpmLayer): ImageDescription {
  const app = join(folder, 'app');
  const base = readDebianPackages(folder, 'layers/base.tsv');
  const apt = [...base, ...readDebianPackages(folder, 'layers/apt.tsv')];
  const nodesource = [...apt, ...readDebianPackages(folder, 'layers/nodesource.tsv')];
  const owned = readTable(folder, 'layers/apt-files.tsv', 2) as [string, string][];
  const env = [
    'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    'SECRET_KEY=qv7RzL2mXw9TgB4nYk8HsD3fJc6PaE5uNb1Vt0Qx',
    'DATABASE_URL=postgres://board:Tq8vZr3Lw6Ny@db:5432/board',
  ];
  return {
    platform: { os: 'linux', architecture: 'amd64' },
    created: '2024-09-01T00:00:00Z',
    config: {
      Env: env,
      Cmd: ['node', 'server.js'],
      WorkingDir: '/srv/app',
      User: 'root',
      ExposedPorts: { '22/tcp': {}, '443/tcp': {}, '80/tcp': {} },
    },
    steps: [
      {
        createdBy: '# debian.sh --arch amd64 out/ bullseye',
        files: [...debianBase(folder, '11.11', ['root:x:0:0:root:/root:/bin/bash']), dpkgStatus(base)],
      },
      {
        createdBy: `${SHELL} apt-get update && apt-get install -y ca-certificates curl git libxml2 openssl python3-requests # buildkit`,
        files: [dpkgStatus(apt), ...dpkgLists(owned), ...owned.map(([, path]) => eggInfo(path))],
      },
      {
        createdBy: `${SHELL} curl -fsSL https://deb.nodesource.com/setup_16.x | bash - && apt-get install -y nodejs # buildkit`,
        files: [dpkgStatus(nodesource)],
      },
      ...env.slice(1).map((variable) => ({ createdBy: `ENV ${variable}` })),
      { createdBy: 'WORKDIR /srv/app', files: [{ path: 'srv/app', type: 'directory' }] },
      { createdBy: 'COPY requirements.txt ./ # buildkit', files: fromApp(app, ['requirements.txt']) },
      {
        createdBy: `${SHELL} curl -fsSL https://bootstrap.pypa.io/pip/3.9/get-pip.py | python3 - && pip3 install -r requirements.txt # buildkit`,
        files: pythonPackages(join(app, 'requirements.txt'), 'usr/local/lib/python3.9/dist-packages'),
      },
      { createdBy: 'COPY /out ./ # buildkit', files: javaArchives(folder, 'layers/jars.tsv'), compression: 'zstd' },
      { createdBy: 'COPY . . # buildkit', files: fromApp(app, ['package.json', 'package-lock.json', 'requirements.txt', 'server.js']) },
      {
        createdBy: `${SHELL} npm ci --ignore-scripts # buildkit`,
        files: npm.files.map((file) => ({ ...file, path: `srv/app/${file.path}` })),
      },
      { createdBy: `${SHELL} chmod -R 777 /srv/app # buildkit`, files: [{ ...fromApp(app, ['server.js'])[0]!, mode: 0o777 }] },
      { createdBy: 'USER root' },
      { createdBy: 'EXPOSE map[22/tcp:{} 443/tcp:{} 80/tcp:{}]' },
      { createdBy: 'CMD ["node" "server.js"]' },
    ],
  };
}

/** The named files of the build context, below /srv/app. */
export function fromApp(app: string, names: readonly string[]): TarEntry[] {
  return names.map((name) => ({ path: `srv/app/${name}`, content: readFileSync(join(app, name)) }));
}
