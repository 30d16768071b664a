import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { expectedList, lockReader } from '../../../../testing/lock-files.ts';
import { pythonLock } from './index.ts';

const FILES = [
  'pdm/pdm.lock',
  'pipenv/Pipfile.lock',
  'poetry1/poetry.lock',
  'poetry2/poetry.lock',
  'pylock/pylock.toml',
  'uv/uv.lock',
] as const;
const sample = (file: string): string => readFileSync(new URL(`testdata/${file}`, import.meta.url), 'utf8');
const read = lockReader(pythonLock, 'shop/poetry.lock');
const metadata = '[metadata]\nlock-version = "2.1"\n';

extractorContract(
  pythonLock,
  import.meta.url,
  FILES.map((file) => ({ path: file, content: sample(file) })),
);

describe('files that the tools wrote', () => {
  it.each(FILES)('%s holds what its tool exports', async (file) => {
    const { lines, gaps } = await read(sample(file), file);
    expect(gaps).toEqual([]);
    expect(lines.map(normal).sort()).toEqual(expectedList(new URL(`testdata/${file}`, import.meta.url)));
  });

  it('give a purl in the normal form of names', async () => {
    const text = `[[package]]\nname = "Ruamel.yaml_clib"\nversion = "0.2.7"\n${metadata}`;
    expect((await read(text)).packages).toMatchObject([{ name: 'Ruamel.yaml_clib', purl: 'pkg:pypi/ruamel-yaml-clib@0.2.7' }]);
  });
});

describe('where a package comes from', () => {
  it.each([
    ['poetry.lock', '[package.source]\ntype = "directory"\nurl = "../x"', []],
    ['poetry.lock', '[package.source]\ntype = "git"\nurl = "https://example.com/x"', ['x 1.0']],
    ['pdm.lock', 'path = "./x"', []],
    ['pdm.lock', 'path = "./x-1.0.tar.gz"', ['x 1.0']],
    ['pdm.lock', 'editable = true', []],
    ['pdm.lock', 'git = "https://example.com/x"', ['x 1.0']],
  ])('%s: %s', async (file, field, expected) => {
    const text = `[[package]]\nname = "x"\nversion = "1.0"\n${field}\n${metadata}`;
    expect(await read(text, file)).toMatchObject({ lines: expected, gaps: [] });
  });

  it.each([
    ['{ editable = "." }', []],
    ['{ virtual = "." }', []],
    ['{ directory = "x" }', []],
    ['{ git = "https://example.com/x" }', ['x 1.0 dev']],
  ])('uv.lock: source = %s', async (source, expected) => {
    const text = `version = 1\n[[package]]\nname = "x"\nversion = "1.0"\nsource = ${source}\n`;
    expect(await read(text, 'uv.lock')).toMatchObject({ lines: expected, gaps: [] });
  });

  it('Pipfile.lock: folders are left out, repositories have no version', async () => {
    const text =
      '{"_meta":{},"default":{"a":{"path":"."},"b":{"git":"x","ref":"y"},"c":{"version":"==1.0"}},"docs":{"d":{"version":"==2"}}}';
    expect(await read(text, 'Pipfile.lock')).toMatchObject({ lines: ['b ', 'c 1.0', 'd 2'], gaps: [] });
  });
});

describe('development', () => {
  it.each([
    ['category = "dev"', 'x 1 dev'],
    ['category = "main"', 'x 1'],
    ['groups = ["dev", "test"]', 'x 1 dev'],
    ['groups = ["main", "dev"]', 'x 1'],
    ['groups = ["socks"]', 'x 1'],
    ['groups = []', 'x 1'],
  ])('%s', async (field, expected) => {
    expect((await read(`[[package]]\nname = "x"\nversion = "1"\n${field}\n${metadata}`)).lines).toEqual([expected]);
  });
});

describe('malformed files', () => {
  it.each([
    ['poetry.lock', ''],
    ['poetry.lock', '[[package]]\nname = "x"\nversion = "1"\n'],
    ['poetry.lock', 'package = 7\n[metadata]\n'],
    ['poetry.lock', '[[package]\n'],
    ['poetry.lock', sample('poetry2/poetry.lock').slice(0, 2000)],
    ['uv.lock', '[[package]]\nname = "x"\nversion = "1"\n'],
    ['uv.lock', sample('uv/uv.lock').slice(0, 2000)],
    ['pylock.toml', '[[packages]]\nname = "x"\n'],
    ['Pipfile.lock', '{"default":{}}'],
    ['Pipfile.lock', '{"_meta":{},"default":'],
  ])('%s %# is a gap', async (file, text) => {
    expect(await read(text, file)).toMatchObject({ packages: [], gaps: [{ code: 'malformed', incomplete: true }] });
  });

  it.each([
    [
      'poetry.lock',
      `package = [{ name = "a", version = "1" }, { name = 7 }, 8, { name = "../b" }, { name = "c", version = 1 }]\n${metadata}`,
    ],
    [
      'uv.lock',
      'version = 1\npackage = [{ name = "a", version = "1" }, { name = 7 }, 8, { name = "../b" }, { name = "c", version = 1 }]\n',
    ],
    ['Pipfile.lock', '{"_meta":{},"default":{"a":{"version":"==1"},"b":7,"c":{},"d":{"version":"1 2"}},"develop":8}'],
  ])('%s: entries that cannot be read are counted, the others kept', async (file, text) => {
    const { packages, gaps } = await read(text, file);
    expect(packages).toMatchObject([{ name: 'a', version: '1' }]);
    expect(gaps).toMatchObject([{ params: { what: `4 entries of ${file}` }, incomplete: true }]);
  });
});

/** Names as the index compares them. */
function normal(line: string): string {
  const [name = '', ...rest] = line.split(' ');
  return [name.replace(/[-_.]+/g, '-').toLowerCase(), ...rest].join(' ');
}
