import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { expectedList, lockReader } from '../../../../testing/lock-files.ts';
import { conanLock } from './index.ts';

const VERSIONS = ['conan1', 'conan2'];
const sample = (version: string) => readFileSync(new URL(`testdata/${version}/conan.lock`, import.meta.url), 'utf8');
const read = lockReader(conanLock, 'conan.lock');

extractorContract(
  conanLock,
  import.meta.url,
  VERSIONS.map((version) => ({ path: `${version}/conan.lock`, content: sample(version) })),
);

describe.each(VERSIONS)('a conan.lock made by %s', (version) => {
  it('has the references of the graph that Conan tells, and which are tools of the build', async () => {
    const { lines, gaps } = await read(sample(version));
    expect(lines).toEqual(expectedList(new URL(`testdata/${version}/`, import.meta.url)));
    expect(gaps).toEqual([]);
  });

  it('writes purls, with user and channel', async () => {
    const purls = (await read(sample(version))).packages.map(({ purl }) => purl);
    expect(purls).toContain('pkg:conan/zlib@1.2.11');
    expect(purls).toContain('pkg:conan/own@0.1.0?channel=stable&user=acme');
  });
});

describe('references (Conan documentation)', () => {
  it.each([
    ['zlib/1.2.11', 'pkg:conan/zlib@1.2.11'],
    ['zlib/1.2.11@', 'pkg:conan/zlib@1.2.11'],
    ['zlib/1.2.11@_/_#abc', 'pkg:conan/zlib@1.2.11'],
    ['zlib/1.2.11%1.5', 'pkg:conan/zlib@1.2.11'],
    ['zlib/1.2.11@acme/dev#abc:def#012', 'pkg:conan/zlib@1.2.11?channel=dev&user=acme'],
    ['lib/cci.20200203+1', 'pkg:conan/lib@cci.20200203%2B1'],
  ])('%s', async (reference, expected) => {
    const { packages, gaps } = await read(JSON.stringify({ version: '0.5', requires: [[reference, {}]], python_requires: [] }));
    expect(gaps).toEqual([]);
    expect(packages.map(({ purl }) => purl)).toEqual([expected]);
  });

  it('of nodes before Conan 1.28, and of recipes that others are written with', async () => {
    const nodes = {
      0: { path: 'conanfile.txt' },
      1: { pref: 'zlib/1.2.11#abc:def', python_requires: ['base/1.0#abc'] },
      2: { options: '' },
    };
    expect(await read(JSON.stringify({ graph_lock: { nodes } }))).toMatchObject({ lines: ['base 1.0 dev', 'zlib 1.2.11'], gaps: [] });
  });
});

describe('malformed', () => {
  it.each(['', '[]', '{}', '{"graph_lock":{}}', '{"requires":{}}', sample('conan2').slice(0, 99)])(
    '%.20j is no conan.lock',
    async (text) => {
      expect((await read(text)).gaps).toMatchObject([{ code: 'malformed', params: { what: 'conan.lock' }, incomplete: true }]);
    },
  );

  it.each(['7', '[]', '"zlib"', '"zlib/"', '"a b/1.0"', '"zlib/1.0@x"', '"../zlib/1.0"'])('the reference %s is told', async (reference) => {
    const { lines, gaps } = await read(`{"requires":[${reference},"a/1.0"],"build_requires":7}`);
    expect(lines).toEqual(['a 1.0']);
    expect(gaps).toMatchObject([{ code: 'malformed', incomplete: true }]);
  });
});
