import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { gapRecorder, isWanted, mergedView, openFile } from '../../../../testing/open-file.ts';
import { npm } from './index.ts';

const lodash = '{"name":"lodash","version":"4.17.15","license":"MIT"}';

extractorContract(npm, import.meta.url, [
  { path: 'srv/app/node_modules/lodash/package.json', content: lodash },
  {
    path: 'srv/app/node_modules/@babel/core/package.json',
    content: '\ufeff{"name":"@babel/core","version":"7.9.0","licenses":[{"type":"MIT"}]}',
  },
  { path: 'srv/app/package.json', content: '{"name":"shop","version":"1.0.0"}' },
]);

async function packagesOf(path: string, content: string) {
  const ctx = gapRecorder();
  const file = openFile(path, content);
  const wanted = isWanted(npm.wants, file, Buffer.from(content));
  const partial = wanted ? await npm.extract(file, ctx) : undefined;
  const packages = partial ? npm.settle(mergedView([{ path, layer: 0, partial }])).packages : [];
  return { wanted, packages, gaps: ctx.gaps };
}

describe('which package.json is a package', () => {
  it.each([
    ['usr/local/lib/node_modules/npm/package.json', '{"name":"npm","version":"8.1.0"}', 'installed', 'high'],
    ['a/node_modules/npm/node_modules/ms/package.json', '{"name":"ms","version":"2.0.0"}', 'installed', 'high'],
    ['srv/test/node_modules/ms/package.json', '{"name":"ms","version":"2.0.0"}', 'installed', 'high'],
    ['a/node_modules/@x/test/node_modules/ms/package.json', '{"name":"ms","version":"2.0.0"}', 'installed', 'high'],
    ['a/node_modules/test/node_modules/ms/package.json', '{"name":"ms","version":"2.0.0"}', 'installed', 'high'],
    ['usr/share/nodejs/@ampproject/remapping/package.json', '{"name":"@ampproject/remapping","version":"2.2.0"}', 'installed', 'high'],
    ['a/node_modules/next/dist/compiled/ws/package.json', '{"name":"ws","version":"8.2.3"}', 'bundled', 'medium'],
    ['opt/yarn-v1.22.19/package.json', '{"name":"yarn","version":"1.22.19"}', 'unpacked', 'medium'],
    ['root/.cache/node/corepack/pnpm/8.6.0/package.json', '{"name":"pnpm","version":"8.6.0"}', 'unpacked', 'medium'],
    ['opt/shop-1.0.0/package.json', '{"name":"shop","version":"1.0.0","private":true}', 'root', 'low'],
    ['srv/app/package.json', '{"name":"express","version":"1.0.0"}', 'root', 'low'],
  ])('%s', async (path, content, role, confidence) => {
    const { packages, gaps } = await packagesOf(path, content);
    expect(gaps).toEqual([]);
    expect(packages).toMatchObject([{ role, evidence: { confidence }, path }]);
  });

  it.each([
    'a/node_modules/resolve/test/resolver/mylib/package.json',
    'a/node_modules/terser/dist/package.json',
    'a/node_modules/resolve/test/resolver/biz/node_modules/garply/package.json',
    'a/node_modules/@scope/package.json',
    'a/node_modules/package.json',
    'a/node_modules/.cache/package.json',
  ])('%s is none', async (path) => {
    expect((await packagesOf(path, lodash)).wanted).toBe(false);
  });

  it('follows the file and not the folder for aliases, and the folder where the file has no valid name', async () => {
    expect((await packagesOf('node_modules/my-alias/package.json', lodash)).packages).toMatchObject([{ name: 'lodash' }]);
    expect((await packagesOf('node_modules/@a/b/package.json', '{"name":7,"version":"1.0.0"}')).packages).toMatchObject([{ name: '@a/b' }]);
  });

  it('lists an installed package without a version, and a folder without name and version not', async () => {
    expect((await packagesOf('node_modules/local/package.json', '{"name":"local"}')).packages).toMatchObject([
      { name: 'local', version: '', purl: 'pkg:npm/local' },
    ]);
    expect((await packagesOf('srv/app/package.json', '{"name":"shop"}')).packages).toEqual([]);
    expect((await packagesOf('srv/app/package.json', '{"version":"1.0.0"}')).packages).toEqual([]);
  });
});

describe('what a package states', () => {
  it('writes the scope as purl namespace', async () => {
    const { packages } = await packagesOf('node_modules/@babel/core/package.json', '{"name":"@babel/core","version":"7.9.0"}');
    expect(packages[0]?.purl).toBe('pkg:npm/%40babel/core@7.9.0');
  });

  it.each([
    ['"license":"MIT"', ['MIT']],
    ['"license":{"type":"ISC","url":"x"}', ['ISC']],
    ['"licenses":[{"type":"MIT"},"BSD"]', ['MIT', 'BSD']],
    ['"license":["MIT"]', undefined],
    ['"license":7', undefined],
  ])('%s', async (field, expected) => {
    const { packages } = await packagesOf('node_modules/x/package.json', `{"name":"x","version":"1.0.0",${field}}`);
    expect(packages[0]?.licenses).toEqual(expected);
  });

  it('names the layer that brought the version, not one that only touched the file', () => {
    const partial = { name: 'x', version: '2.0.0', role: 'installed' } as const;
    const path = 'node_modules/x/package.json';
    const view = mergedView([
      { path, layer: 0, partial: { ...partial, version: '1.0.0' } },
      { path, layer: 1, partial },
      { path, layer: 3, partial: { ...partial, licenses: ['MIT'] } },
    ]);
    expect(npm.settle(view).packages).toMatchObject([{ version: '2.0.0', layer: 1 }]);
  });
});

describe('malformed files', () => {
  it.each(['', '[]', 'null', '"x"', '{"name":"x"', '{"name":"x",}', '\0\0\0'])(
    '%j is a gap that leaves the inventory incomplete',
    async (text) => {
      const { packages, gaps } = await packagesOf('node_modules/x/package.json', text);
      expect(packages).toEqual([]);
      expect(gaps).toEqual([{ code: 'malformed', params: { what: 'package.json' }, incomplete: true }]);
    },
  );

  it('outside node_modules hides no package', async () => {
    expect((await packagesOf('srv/x/package.json', '{')).gaps).toMatchObject([{ code: 'malformed', incomplete: false }]);
  });

  it('too large is a gap', async () => {
    const { gaps } = await packagesOf('node_modules/x/package.json', `{"name":"x","x":"${'y'.repeat(4 << 20)}"}`);
    expect(gaps).toMatchObject([{ code: 'too-large', incomplete: true }]);
  });

  it.each(['a b', '../x', 'x/y/z', '', '@/x', '.bin'])('name %j is not taken', async (name) => {
    const { packages } = await packagesOf('node_modules/safe/package.json', JSON.stringify({ name, version: '1.0.0' }));
    expect(packages).toMatchObject([{ name: 'safe' }]);
  });
});
