import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { gapRecorder, mergedView, openFile } from '../../../../testing/open-file.ts';
import { inTempFolder } from '../../../../testing/rpm-databases.ts';
import type { Settled } from '../../types.ts';
import { pacman } from './index.ts';

const LOCAL = 'var/lib/pacman/local';
const DESC = `%NAME%
demo-libs

%VERSION%
1:2.0.r3.gabc-4

%BASE%
demo

%DESC%
A demo

%ARCH%
x86_64

%BUILDDATE%
1700000000

%PACKAGER%
Some Body <somebody@example.org>

%LICENSE%
GPL-2.0-or-later
custom:demo

%VALIDATION%
pgp

`;
const FILES = '%FILES%\nusr/\nusr/bin/\nusr/bin/demo\nusr/share/demo/데이터\n\n%BACKUP%\netc/demo.conf\tdeadbeef\n\n';
const PLACE = `${LOCAL}/demo-libs-1:2.0.r3.gabc-4`;

extractorContract(pacman, import.meta.url, [
  { path: `${PLACE}/desc`, content: DESC },
  { path: `${PLACE}/files`, content: FILES, empty: true },
]);

interface Placed {
  readonly path: string;
  readonly content: string;
  readonly layer?: number;
}

async function settle(files: readonly Placed[], options: Parameters<typeof mergedView>[1] = {}): Promise<Settled & { noticed: unknown[] }> {
  const ctx = gapRecorder();
  const partials = [];
  for (const { path, content, layer = 0 } of files) {
    const partial = await pacman.extract(openFile(path, content), ctx);
    if (partial) partials.push({ path, layer, partial });
  }
  return { ...pacman.settle(mergedView(partials, options)), noticed: ctx.gaps };
}

const desc = (name: string, version: string, layer = 0): Placed => ({
  path: `${LOCAL}/${name}-${version}/desc`,
  content: `%NAME%\n${name}\n\n%VERSION%\n${version}\n\n`,
  layer,
});

describe('packages', () => {
  it('have source, packager, licences, purl and files', async () => {
    const { packages, noticed } = await settle([
      { path: `${PLACE}/desc`, content: DESC },
      { path: `${PLACE}/files`, content: FILES },
    ]);
    expect(noticed).toEqual([]);
    expect(packages).toEqual([
      {
        type: 'alpm',
        name: 'demo-libs',
        version: '1:2.0.r3.gabc-4',
        purl: 'pkg:alpm/demo-libs@1:2.0.r3.gabc-4?arch=x86_64',
        arch: 'x86_64',
        source: { name: 'demo', version: '1:2.0.r3.gabc-4' },
        maintainer: 'Some Body <somebody@example.org>',
        licenses: ['GPL-2.0-or-later', 'custom:demo'],
        evidence: { kind: 'package-database', confidence: 'high' },
        path: `${PLACE}/desc`,
        layer: 0,
        files: ['usr/bin/demo', 'usr/share/demo/데이터'],
      },
    ]);
  });

  it('know the layer that brought their version', async () => {
    const { packages } = await settle([desc('old', '1-1'), desc('new', '2-1', 1), desc('old', '1-1', 2)]);
    expect(packages.map(({ name, layer }) => [name, layer])).toEqual([
      ['new', 1],
      ['old', 0],
    ]);
  });
});

/** A package as makepkg makes them, without checksums. */
function makePackage(folder: string, info: readonly string[], files: readonly string[]): string {
  const root = join(folder, 'root-of-package');
  for (const file of files) {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), file);
  }
  writeFileSync(join(root, '.PKGINFO'), `${info.join('\n')}\n`);
  const path = join(folder, 'some.pkg.tar');
  spawnSync('tar', ['-cf', path, '-C', root, ...readdirSync(root)]);
  return path;
}

describe('against pacman', () => {
  const have = spawnSync('pacman', ['--version']).status === 0 && process.getuid?.() === 0;

  it.skipIf(!have)('lists what it installed and lists itself (needs pacman, and to be root)', async () => {
    const info = ['pkgname = some', 'pkgbase = base', 'pkgver = 2:1.0_a-3', 'arch = any', 'license = MIT', 'license = Zlib', 'size = 1'];
    const files = ['usr/bin/some', 'usr/share/some/of it', 'etc/some.conf'];
    const { database, listed, owned } = inTempFolder((folder) => {
      const made = makePackage(folder, [...info, 'builddate = 1700000000', 'packager = P <p@example.org>'], files);
      const [root, db, config] = [join(folder, 'root'), join(folder, 'root', 'var/lib/pacman'), join(folder, 'pacman.conf')];
      mkdirSync(db, { recursive: true });
      writeFileSync(config, '[options]\nArchitecture = x86_64\nSigLevel = Never\n');
      const common = ['--config', config, '--root', root, '--dbpath', db, '--cachedir', folder];
      const ask = (...more: string[]): string[] =>
        spawnSync('pacman', [...more, ...common], { encoding: 'utf8' })
          .stdout.replaceAll(`${root}/`, '')
          .split('\n')
          .filter(Boolean);
      ask('-U', '--noconfirm', made);
      const local = join(db, 'local');
      const entries = readdirSync(local, { recursive: true, encoding: 'utf8' }).filter((path) => /\/(desc|files)$/.test(path));
      const database = entries.map((path) => ({ path: `${LOCAL}/${path}`, content: readFileSync(join(local, path), 'utf8') }));
      return { database, listed: ask('-Q'), owned: ask('-Ql') };
    });
    const { packages, noticed } = await settle(database);
    expect(noticed).toEqual([]);
    expect(packages.map(({ name, version }) => `${name} ${version}`)).toEqual(listed);
    expect(packages[0]?.files?.map((path) => `some ${path}`)).toEqual(owned.filter((line) => !line.endsWith('/')));
    expect(packages[0]).toMatchObject({
      arch: 'any',
      source: { name: 'base' },
      licenses: ['MIT', 'Zlib'],
      maintainer: 'P <p@example.org>',
    });
    expect([...(packages[0]?.files ?? [])].sort()).toEqual([...files].sort());
  });
});

describe('what cannot be read is a gap', () => {
  it.each([
    ['no name', '%VERSION%\n1-1\n\n', 'malformed'],
    ['no version', '%NAME%\na\n\n%VERSION%\n\n', 'malformed'],
    ['an endless name', `%NAME%\n${'a'.repeat(10_000)}\n\n%VERSION%\n1\n\n`, 'malformed'],
    ['an end in the middle of a line', '%NAME%\na\n\n%VERSION%\n1.2', 'truncated'],
    ['nothing', '\n', 'malformed'],
  ])('%s', async (_, content, code) => {
    expect((await settle([{ path: `${PLACE}/desc`, content }])).noticed).toMatchObject([{ code, incomplete: true }]);
  });

  it('a file beyond the limit', async () => {
    const ctx = gapRecorder();
    expect(await pacman.extract({ ...openFile(`${PLACE}/desc`, DESC), size: 1 << 30 }, ctx)).toBeUndefined();
    expect(ctx.gaps).toMatchObject([{ code: 'too-large', incomplete: true }]);
  });

  it('a database that a later layer deleted, but not a package that was removed', async () => {
    const [one, other] = [desc('a', '1-1'), desc('b', '1-1')];
    const all = await settle([one, other], { removed: [one.path, other.path], layers: 2 });
    expect(all.gaps).toMatchObject([{ code: 'unreadable', stage: 'os/pacman', incomplete: true }]);
    expect((await settle([one, other], { removed: [one.path], layers: 2 })).gaps).toEqual([]);
  });
});

it('leaves files of these names elsewhere alone', () => {
  const accepts = (path: string) => pacman.wants.accept?.(Buffer.alloc(0), openFile(path, ''));
  expect(accepts(`${PLACE}/desc`)).toBe(true);
  expect(accepts('app/desc')).toBe(false);
  expect(accepts(`${LOCAL}/desc`)).toBe(false);
  expect(accepts(`${LOCAL}/a/b/files`)).toBe(false);
});
