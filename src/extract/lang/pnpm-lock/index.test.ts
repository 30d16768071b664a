import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { expectedList, lockReader } from '../../../../testing/lock-files.ts';
import { pnpmLock } from './index.ts';
import { parseKey } from './key.ts';

const sample = (folder: string): string => readFileSync(new URL(`testdata/${folder}/pnpm-lock.yaml`, import.meta.url), 'utf8');
const FOLDERS = ['pnpm6', 'pnpm7', 'pnpm8', 'pnpm9'];
const read = lockReader(pnpmLock, 'shop/pnpm-lock.yaml');

extractorContract(
  pnpmLock,
  import.meta.url,
  FOLDERS.map((folder) => ({ path: `${folder}/pnpm-lock.yaml`, content: sample(folder) })),
);

describe('files that pnpm wrote', () => {
  it.each(FOLDERS)('%s holds what `pnpm list` lists', async (folder) => {
    const { lines, gaps } = await read(sample(folder));
    expect(gaps).toEqual([]);
    expect(lines).toEqual(expectedList(new URL(`testdata/${folder}/`, import.meta.url)));
  });

  it.each(FOLDERS)('%s tells what the importers ask for', async (folder) => {
    const { packages } = await read(sample(folder));
    const direct = packages.filter(({ role }) => role === 'direct').map(({ name, version }) => `${name} ${version}`);
    expect(direct.sort()).toEqual([
      '@babel/code-frame 7.0.0',
      'debug 4.1.0',
      'fsevents 2.3.2',
      'lodash 4.17.15',
      'lodash 4.17.20',
      'minimist 1.2.5',
      'mkdirp 0.5.5',
      'ms 2.0.0',
      'supports-color 5.5.0',
    ]);
  });
});

describe('keys', () => {
  it.each([
    ['/lodash/4.17.15', 'lodash', '4.17.15'],
    ['/@babel/core/7.0.0-rc.1_react@16.0.0+x@1.0.0', '@babel/core', '7.0.0-rc.1'],
    ['registry.example.com/lodash/4.17.15', 'lodash', '4.17.15'],
    ['registry.example.com/@a/b/1.0.0', '@a/b', '1.0.0'],
    ['/lodash@4.17.15', 'lodash', '4.17.15'],
    ['/@a/b@1.0.0(@c/d@2.0.0)(e@3.0.0)', '@a/b', '1.0.0'],
    ['@a/b@1.0.0(patch_hash=abc)', '@a/b', '1.0.0'],
    ['x@https://example.com/x/1.0.0', 'x', ''],
    ['x@git+https://git@example.com/x.git#abc', 'x', ''],
    ['x@file:vendor/x-1.0.0.tgz', 'x', ''],
  ])('%s', (key, name, version) => {
    expect(parseKey(key)).toEqual({ name, version });
  });

  it.each(['file:packages/x', 'x@file:../x', 'x@link:../x', 'link:../x'])('%s is local', (key) => {
    expect(parseKey(key)).toBe('local');
  });

  it.each(['github.com/user/name/0123456', '', '/', 'x', '/x/y/z/1.0.0'])('%j says nothing', (key) => {
    expect(parseKey(key)).toBeUndefined();
  });
});

it('takes name and version of archives and repositories from their entries', async () => {
  const text = `lockfileVersion: 5.4
packages:
  github.com/user/thing/0123456:
    resolution: {tarball: https://codeload.github.com/user/thing/tar.gz/0123456}
    name: thing
    version: 1.2.3
    dev: true
  file:lib:
    resolution: {directory: lib, type: directory}
    name: lib
    version: 1.0.0
`;
  expect(await read(text)).toMatchObject({ lines: ['thing 1.2.3 dev'], gaps: [] });
});

describe('malformed files', () => {
  it.each(['', 'packages:\n  /x/1.0.0:\n    dev: false\n', '{"a":1}', '- a\n', 'x'.repeat(10_000)])('%# is a gap', async (text) => {
    expect(await read(text)).toMatchObject({ packages: [], gaps: [{ code: 'malformed', incomplete: true }] });
  });

  it('an empty project is none', async () => {
    expect(await read("lockfileVersion: '9.0'\n\nsettings:\n  autoInstallPeers: true\n")).toMatchObject({ packages: [], gaps: [] });
  });

  it('merge conflicts and keys that nobody knows are counted, the others kept', async () => {
    const text = `lockfileVersion: '9.0'
packages:
<<<<<<< HEAD
  a@1.0.0:
    resolution: {integrity: x}
=======
  b@1.0.0: {}
>>>>>>> other
  'c d@1.0.0': {}
`;
    const { packages, gaps } = await read(text);
    expect(packages.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(gaps).toMatchObject([{ code: 'malformed', params: { what: '4 lines or entries of pnpm-lock.yaml' }, incomplete: true }]);
  });
});
