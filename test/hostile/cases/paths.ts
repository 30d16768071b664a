import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entry, gnuLong, header, tar } from '../../../testing/odd-tar/index.ts';
import type { HostileCase } from '../case.ts';
import { ALPINE, MUSL, writeRawImage } from '../raw-image.ts';

const one = (folder: string, ...pieces: readonly Buffer[]) => ({ scan: [writeRawImage(folder, [{ stored: tar(ALPINE, ...pieces) }])] });
const link = (name: string, linkName: string, flag: '1' | '2' = '2') => header({ name, linkName, flag });

/** Names and links that lead out of the root, or nowhere. */
export const PATHS: readonly HostileCase[] = [
  {
    id: 'path-traversal',
    input: 'a layer with an entry `../../outside`',
    answer: { gap: 'unsupported' },
    make: (folder) => {
      const made = one(folder, entry({ name: '../../outside/package.json' }, '{"name":"evil","version":"1.0.0"}'));
      return {
        ...made,
        after: () => {
          if (existsSync(join(folder, '../../outside'))) throw new Error('a file was written outside of the root');
        },
      };
    },
  },
  {
    id: 'absolute-path',
    input: 'a layer whose entries have absolute names: they are names below the root',
    answer: { packages: [...MUSL, 'inner 1.0.0'].sort(), how: 'read below the root' },
    make: (folder) => one(folder, entry({ name: '/srv/node_modules/inner/package.json' }, '{"name":"inner","version":"1.0.0"}')),
  },
  {
    id: 'hard-link-outside',
    input: 'a hard link `package.json` to `../../../etc/passwd`',
    answer: { gap: 'unsupported' },
    make: (folder) => one(folder, link('srv/node_modules/x/package.json', '../../../../../etc/passwd', '1')),
  },
  {
    id: 'symlink-outside',
    input: 'a package database that is a symbolic link to `/etc/passwd`',
    answer: { gap: 'not-here' },
    make: (folder) => ({
      scan: [
        writeRawImage(folder, [
          { stored: tar(entry({ name: 'etc/os-release' }, 'ID=alpine\nVERSION_ID=3.20.3\n'), link('lib/apk/db/installed', '/etc/passwd')) },
        ]),
      ],
    }),
  },
  {
    id: 'link-loop',
    input: 'symbolic links and hard links that lead to each other and to themselves',
    answer: { gap: 'unsupported' },
    make: (folder) =>
      one(
        folder,
        link('var/lib/dpkg/status', 'status-b', '1'),
        link('var/lib/dpkg/status-b', 'var/lib/dpkg/status', '1'),
        link('usr/lib/os-release', 'os-release'),
        link('a', 'b'),
        link('b', 'a'),
        link('srv/app/package.json', 'srv/app/package.json', '1'),
      ),
  },
  {
    id: 'folder-link-loop',
    input: 'a root file system with folders that link to their parents, and a link to `/`',
    answer: { packages: MUSL, how: 'links are not walked through' },
    make: (folder) => {
      mkdirSync(join(folder, 'etc'), { recursive: true });
      mkdirSync(join(folder, 'lib/apk/db'), { recursive: true });
      writeFileSync(join(folder, 'etc/os-release'), 'ID=alpine\nVERSION_ID=3.20.3\n');
      writeFileSync(join(folder, 'lib/apk/db/installed'), 'P:musl\nV:1.2.5-r0\nA:x86_64\no:musl\n\n');
      symlinkSync('..', join(folder, 'etc/up'));
      symlinkSync('/', join(folder, 'host'));
      return { scan: [`rootfs:${folder}`] };
    },
  },
  {
    id: 'long-path',
    input: 'an entry whose name has a million characters',
    answer: { error: 'tar-limit' },
    make: (folder) => one(folder, gnuLong('L', 'a/'.repeat(500_000)), entry({ name: 'x' })),
  },
  {
    id: 'control-characters',
    input: 'a package whose name and version carry terminal escapes',
    answer: { packages: [...MUSL, 'evil 1.0.0'].sort(), how: 'control characters are taken out' },
    make: (folder) =>
      one(
        folder,
        entry(
          { name: 'srv/node_modules/evil/package.json' },
          JSON.stringify({ name: 'evil', version: '1.0.0', license: '\u001b]0;x\u0007\u001b[2J' }),
        ),
      ),
  },
];
