import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { expectedList, lockReader } from '../../../../testing/lock-files.ts';
import { isWanted, openFile } from '../../../../testing/open-file.ts';
import { goMod } from './index.ts';

const folder = new URL('testdata/tidy/', import.meta.url);
const sample = readFileSync(new URL('go.mod', folder), 'utf8');
const read = lockReader(goMod, 'go.mod');

extractorContract(goMod, import.meta.url, [{ path: 'go.mod', content: sample }]);

describe('a go.mod made by go mod tidy', () => {
  it('has the modules that the go command builds in, as replaced, and the library of its toolchain', async () => {
    const { lines, gaps } = await read(sample);
    expect(lines.map((line) => line.trim()).filter((line) => line !== 'stdlib 1.21.5')).toEqual(expectedList(folder));
    expect(lines).toContain('stdlib 1.21.5');
    expect(gaps).toEqual([]);
  });

  it('tells direct from indirect', async () => {
    const { packages } = await read(sample);
    expect(packages.filter(({ role }) => role === 'indirect')).toMatchObject([
      { name: 'github.com/shurcooL/sanitized_anchor_name', purl: 'pkg:golang/github.com/shurcooL/sanitized_anchor_name@v1.0.0' },
    ]);
  });
});

describe('replacements (Go Modules Reference, "replace directive")', () => {
  const mod = (...lines: string[]) => `module x\ngo 1.20\nrequire a.b/c v1.0.0\n${lines.join('\n')}\n`;

  it.each([
    ['of every version', 'replace a.b/c => d.e/f v2.0.0', 'd.e/f v2.0.0'],
    ['of this version', 'replace a.b/c v1.0.0 => d.e/f v2.0.0', 'd.e/f v2.0.0'],
    ['of another version', 'replace a.b/c v1.1.0 => d.e/f v2.0.0', 'a.b/c v1.0.0'],
    ['of this one before that of every one', 'replace (\na.b/c => g v3.0.0\na.b/c v1.0.0 => d.e/f v2.0.0\n)', 'd.e/f v2.0.0'],
    ['by a folder', 'replace a.b/c => ../c // why', 'a.b/c '],
    ['with quotes', 'replace "a.b/c" => `d.e/f` v2.0.0', 'd.e/f v2.0.0'],
  ])('%s', async (_, line, expected) => {
    expect(await read(mod(line))).toMatchObject({ lines: [expected], gaps: [] });
  });
});

describe('the standard library', () => {
  it.each([
    ['toolchain go1.22.3', ['stdlib 1.22.3']],
    ['toolchain go1.22rc2', ['stdlib 1.22rc2']],
    ['toolchain go1.22.3-custom.1', ['stdlib 1.22.3']],
    ['toolchain default', []],
    ['', []],
  ])('%j', async (line, expected) => {
    expect((await read(`module x\ngo 1.22.0\n${line}\n`)).lines).toEqual(expected);
  });
});

it.each(['go 1.16', ''])('says that indirect modules are missing with %j', async (line) => {
  const { lines, gaps } = await read(`module x\n${line}\nrequire a.b/c v1.0.0\n`);
  expect(lines).toEqual(['a.b/c v1.0.0']);
  expect(gaps).toMatchObject([{ code: 'unsupported', incomplete: true }]);
});

it.each([
  ['tools/go.mod', true],
  ['internal/testdata/mod/go.mod', false],
  ['_examples/go.mod', false],
  ['vendor/a.b/c/go.mod', false],
])('%s is of the project: %s', (path, wanted) => {
  expect(isWanted(goMod.wants, openFile(path, sample), Buffer.from(sample))).toBe(wanted);
});

it('takes an empty file for what it is: a way to keep the go command out of a folder', async () => {
  expect(await read('\n')).toMatchObject({ lines: [], gaps: [] });
});

describe('malformed', () => {
  it.each(['{}', 'go 1.20\n', '// nothing'])('%j is no go.mod', async (text) => {
    expect((await read(text)).gaps).toMatchObject([{ code: 'malformed', params: { what: 'go.mod' }, incomplete: true }]);
  });

  it.each(['require d.e/f', 'require (\nd.e/f v1.0.0 v2', 'replace d.e/f v1.0.0', 'require (', 'require / v1.0.0'])(
    '%j is told, and the others are kept',
    async (line) => {
      const { lines, gaps } = await read(`module x\ngo 1.20\nrequire a.b/c v1.0.0\n${line}\n`);
      expect(lines).toEqual(['a.b/c v1.0.0']);
      expect(gaps).toMatchObject([{ code: 'malformed', incomplete: true }]);
    },
  );
});
