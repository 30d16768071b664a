import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { expectedList, lockReader } from '../../../../testing/lock-files.ts';
import { bunLock } from './index.ts';

const sample = readFileSync(new URL('testdata/bun/bun.lock', import.meta.url), 'utf8');
const read = lockReader(bunLock, 'shop/bun.lock');

extractorContract(bunLock, import.meta.url, [{ path: 'shop/bun.lock', content: sample }]);

describe('files that Bun wrote', () => {
  it('hold what Bun installs, with and without development dependencies', async () => {
    const { lines, gaps } = await read(sample);
    expect(gaps).toEqual([]);
    expect(lines).toEqual(expectedList(new URL('testdata/bun/', import.meta.url)));
  });

  it('tell what the workspaces ask for', async () => {
    const { packages } = await read(sample);
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

describe('where a package comes from', () => {
  it.each([
    ['["x@1.0.0-rc.1+b", "", {}, "sha512-"]', ['x 1.0.0-rc.1+b']],
    ['["@a/b@1.0.0", "", {}, "sha512-"]', ['@a/b 1.0.0']],
    ['["x@github:user/x#0123", {}, "user-x-0123"]', ['x ']],
    ['["x@https://example.com/x.tgz", {}]', ['x ']],
    ['["x@file:x-1.0.0.tgz", {}]', ['x ']],
    ['["x@file:../x", {}]', []],
    ['["x@workspace:packages/x"]', []],
    ['["x@link:x"]', []],
  ])('%s', async (entry, expected) => {
    const text = `{"lockfileVersion": 1, "workspaces": {"": {"dependencies": {"x": "*",},},}, "packages": {"x": ${entry},},}`;
    expect(await read(text)).toMatchObject({ lines: expected, gaps: [] });
  });

  it('needs no comma to be taken out of a text', async () => {
    const text = '{"lockfileVersion": 1, "packages": {"x": ["x@1.0.0", "a ,] \\" ,}",], }, }';
    expect((await read(text)).lines).toEqual(['x 1.0.0 dev']);
  });
});

describe('malformed files', () => {
  it.each(['', '{', '[]', '{"packages":{}}', '\0', sample.slice(0, 900)])('%# is a gap', async (text) => {
    expect(await read(text)).toMatchObject({ packages: [], gaps: [{ code: 'malformed', incomplete: true }] });
  });

  it('entries that cannot be read are counted, the others kept', async () => {
    const text = '{"lockfileVersion":1,"packages":{"a":["a@1.0.0"],"b":7,"c":["c"],"d":[{}],"e":["../e@1.0.0"]}}';
    expect(await read(text)).toMatchObject({ lines: ['a 1.0.0 dev'], gaps: [{ params: { what: '4 entries of bun.lock' } }] });
  });

  it('the binary form is a gap that says what to do', async () => {
    expect(await read('#!/usr/bin/env bun\nbun-lockfile-format-v0\n', 'bun.lockb')).toMatchObject({
      packages: [],
      gaps: [{ code: 'unsupported', incomplete: true }],
    });
  });

  it('circles of dependencies end', async () => {
    const text =
      '{"lockfileVersion":1,"workspaces":{"":{"dependencies":{"a":""}}},"packages":{"a":["a@1.0.0","",{"dependencies":{"b":""}}],"b":["b@1.0.0","",{"dependencies":{"a":""}}]}}';
    expect((await read(text)).lines).toEqual(['a 1.0.0', 'b 1.0.0']);
  });
});
