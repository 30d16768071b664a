import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { expectedList, lockReader } from '../../../../testing/lock-files.ts';
import { mixLock } from './index.ts';

const folder = new URL('testdata/mix/', import.meta.url);
const sample = readFileSync(new URL('mix.lock', folder), 'utf8');
const read = lockReader(mixLock, 'mix.lock');

extractorContract(mixLock, import.meta.url, [{ path: 'mix.lock', content: sample }]);

describe("a mix.lock made by Mix's writer", () => {
  it('has the packages that Mix reads in it, by their own name and not by that of the application', async () => {
    const { lines, gaps } = await read(sample);
    expect(lines.map((line) => line.trim())).toEqual(expectedList(folder));
    expect(gaps).toEqual([]);
  });

  it('writes purls: the organisation is the namespace, Git gives the commit', async () => {
    const purls = (await read(sample)).packages.map(({ purl }) => purl);
    expect(purls).toContain('pkg:hex/plug@1.10.0');
    expect(purls).toContain('pkg:hex/acme/secret@3.0.0');
    expect(purls.find((purl) => purl.startsWith('pkg:hex/from_git'))).toMatch(
      /^pkg:hex\/from_git\?vcs_url=git%2Bhttps:%2F%2Fexample\.com%2Ffrom_git\.git%40[0-9a-f]{40}$/,
    );
  });
});

describe('the forms of Elixir', () => {
  it.each([
    ['nothing', '%{}\n', []],
    ['one line', '%{"a": {:hex, :a, "1.0.0", "", [:mix], []}, "b": {:hex, :b, "2.0.0"}}', ['a 1.0.0', 'b 2.0.0']],
    ['plain keys, arrows, comments', '# x\n%{a: {:hex, :a, "1.0.0"}, # y\n"b" => {:hex, :"b", "2.0.0"},}', ['a 1.0.0', 'b 2.0.0']],
    ['escapes', '%{"a": {:hex, :a, "1.0.0", "\\"}, \\\\", nil, true, -1.5, %{x: [1]}}}', ['a 1.0.0']],
    ['own folders', '%{"a": {:path, "../a"}}', []],
  ])('%s', async (_, text, expected) => {
    expect(await read(text)).toMatchObject({ lines: expected, gaps: [] });
  });
});

describe('malformed', () => {
  it.each(['', '{}', '[a: 1]', 'File.rm_rf!("/")'])('%j is no mix.lock', async (text) => {
    expect((await read(text)).gaps).toMatchObject([{ code: 'malformed', params: { what: 'mix.lock' }, incomplete: true }]);
  });

  it.each([
    '"b": {:hex, :b',
    '"b": {:hex, :b, 7}}',
    '"b": :c}',
    '"b": {:svn, "x"}}',
    '"b": {:hex, :"../b", "1"}}',
    `"b": ${'['.repeat(5000)}`,
  ])('a package of the form %.30j is told, and the others are kept', async (one) => {
    const { lines, gaps } = await read(`%{"a": {:hex, :a, "1.0.0"}, ${one}`);
    expect(lines).toEqual(['a 1.0.0']);
    expect(gaps).toMatchObject([{ code: 'malformed', incomplete: true }]);
  });
});
