import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { expectedList, lockReader } from '../../../../testing/lock-files.ts';
import { yarnLock } from './index.ts';

const sample = (folder: string): string => readFileSync(new URL(`testdata/${folder}/yarn.lock`, import.meta.url), 'utf8');
const FOLDERS = ['yarn1', 'yarn2', 'yarn3', 'yarn4'];
const read = lockReader(yarnLock, 'shop/yarn.lock');
const classic = (entries: string) => read(`# yarn lockfile v1\n\n\n${entries}`);
const berry = (entries: string) => read(`__metadata:\n  version: 8\n\n${entries}`);

extractorContract(
  yarnLock,
  import.meta.url,
  FOLDERS.map((folder) => ({ path: `${folder}/yarn.lock`, content: sample(folder) })),
);

describe('files that Yarn wrote', () => {
  it.each(FOLDERS)('%s holds what Yarn lists', async (folder) => {
    const { lines, gaps } = await read(sample(folder));
    expect(gaps).toEqual([]);
    expect(lines).toEqual(expectedList(new URL(`testdata/${folder}/`, import.meta.url)));
  });

  it.each(['yarn2', 'yarn3', 'yarn4'])('%s tells what the workspaces ask for', async (folder) => {
    const { packages } = await read(sample(folder));
    const direct = packages.filter(({ role }) => role === 'direct').map(({ name, version }) => `${name} ${version}`);
    expect([...new Set(direct)].sort()).toEqual([
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

describe('entries of Yarn 1', () => {
  it.each([
    ['"@a/b@^1.0.0", "@a/b@~1.1.0":\n  version "1.1.2"\n', ['@a/b 1.1.2']],
    ['c@^1.0.0:\r\n  version "1.1.2"\r\n', ['c 1.1.2']],
    ['"x@npm:@a/b@^1":\n  version "1.1.2"\n', ['@a/b 1.1.2']],
    ['"x@npm:y":\n  version "1.1.2"\n', ['y 1.1.2']],
    ['"x@git+ssh://git@example.com/x.git#v1":\n  version "1.1.2"\n', ['x 1.1.2']],
    ['"x@file:../x":\n  version "0.0.0"\n', []],
    ['"x@link:../x":\n  version "0.0.0"\n  uid ""\n', []],
    ['x@*:\n  version "1.0.0"\n  dependencies:\n    version "^2.0.0"\n', ['x 1.0.0']],
  ])('%j', async (entry, expected) => {
    expect(await classic(entry)).toMatchObject({ lines: expected, gaps: [] });
  });
});

describe('entries of Yarn 2 and later', () => {
  it.each([
    ['"x@npm:@a/b@^1":\n  version: 1.1.2\n  resolution: "@a/b@npm:1.1.2"\n  linkType: hard\n', ['@a/b 1.1.2']],
    ['"x@patch:x@npm%3A1.0.0#./x.patch":\n  version: 1.0.0\n  resolution: "x@patch:x@npm%3A1.0.0#./x.patch::hash=1"\n', ['x 1.0.0']],
    ['"x@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "x@workspace:."\n  linkType: soft\n', []],
    ['"x@https://example.com/x.git":\n  version: 1.0.0\n  resolution: "x@https://example.com/x.git#commit=1"\n', ['x 1.0.0']],
  ])('%j', async (entry, expected) => {
    expect(await berry(entry)).toMatchObject({ lines: expected, gaps: [] });
  });
});

describe('malformed files', () => {
  it.each(['', '{"a":1}', 'x'.repeat(10_000), '\0\0\0'])('%# is a gap', async (text) => {
    expect(await read(text)).toMatchObject({ packages: [], gaps: [{ code: 'malformed', incomplete: true }] });
  });

  it('an empty project is none', async () => {
    expect(await classic('')).toMatchObject({ packages: [], gaps: [] });
    expect(await berry('')).toMatchObject({ packages: [], gaps: [] });
  });

  it('entries that cannot be read are counted, the others kept', async () => {
    expect(
      await classic('<<<<<<< HEAD\na@1:\n  version "1.0.0"\nb@1:\n  resolved "x"\nc@1:\n  version "1 or 2"\n"d":\n  version "1"\n'),
    ).toMatchObject({ lines: ['a 1.0.0'], gaps: [{ params: { what: '4 entries of yarn.lock' }, incomplete: true }] });
    expect(await berry('<<<<<<< HEAD\n"a@1":\n  version: 1.0.0\n  resolution: "a@npm:1.0.0"\n"b@1":\n  version: 1.0.0\n')).toMatchObject({
      lines: ['a 1.0.0'],
      gaps: [{ params: { what: '2 lines or entries of yarn.lock' }, incomplete: true }],
    });
  });
});
