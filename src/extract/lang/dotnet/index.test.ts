import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { lockReader } from '../../../../testing/lock-files.ts';
import { mergedView } from '../../../../testing/open-file.ts';
import { dotnet } from './index.ts';

const target = '.NETCoreApp,Version=v6.0';
/** Fields as in the .NET runtime's documentation, docs/design/features/host-startup-hook.md and the SDK's runtime-configuration-file.md. */
const app = JSON.stringify({
  runtimeTarget: { name: target, signature: '' },
  compilationOptions: {},
  targets: {
    [target]: {
      'Shop/1.0.0': { dependencies: { 'Newtonsoft.Json': '12.0.3', 'Shop.Core': '1.0.0' }, runtime: { 'Shop.dll': {} } },
      'Newtonsoft.Json/12.0.3': { runtime: { 'lib/netstandard2.0/Newtonsoft.Json.dll': { assemblyVersion: '12.0.0.0' } } },
      'NETStandard.Library/2.0.3': { dependencies: { 'Microsoft.NETCore.Platforms': '1.1.0' } },
      'Compile.Only/1.0.0': { compile: { 'lib/x.dll': {} } },
      'SQLitePCLRaw.lib/2.0.4': {
        runtimeTargets: { 'runtimes/linux-x64/native/libe_sqlite3.so': { rid: 'linux-x64', assetType: 'native' } },
      },
      'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/6.0.5': { runtime: { 'System.Private.CoreLib.dll': {} } },
      'Shop.Core/1.0.0': { runtime: { 'Shop.Core.dll': {} } },
      'Own.Assembly/1.0.0.0': { runtime: { 'Own.Assembly.dll': {} } },
    },
  },
  libraries: {
    'Shop/1.0.0': { type: 'project', serviceable: false, sha512: '' },
    'Newtonsoft.Json/12.0.3': { type: 'package', serviceable: true, sha512: 'sha512-x', path: 'newtonsoft.json/12.0.3' },
    'NETStandard.Library/2.0.3': { type: 'package', serviceable: true, sha512: 'sha512-x' },
    'Compile.Only/1.0.0': { type: 'package', serviceable: true, sha512: 'sha512-x' },
    'SQLitePCLRaw.lib/2.0.4': { type: 'package', serviceable: true, sha512: 'sha512-x' },
    'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/6.0.5': { type: 'runtimepack', serviceable: false, sha512: '' },
    'Shop.Core/1.0.0': { type: 'project', serviceable: false, sha512: '' },
    'Own.Assembly/1.0.0.0': { type: 'reference', serviceable: false, sha512: '' },
  },
});
const runtime = JSON.stringify({
  runtimeTarget: { name: `${target}/linux-x64`, signature: '' },
  targets: { [`${target}/linux-x64`]: { 'Microsoft.NETCore.App.Runtime.linux-x64/6.0.5': { native: { 'libcoreclr.so': {} } } } },
  libraries: { 'Microsoft.NETCore.App.Runtime.linux-x64/6.0.5': { type: 'package', serviceable: true, sha512: '' } },
});
const framework = 'usr/share/dotnet/shared/Microsoft.NETCore.App/6.0.5/Microsoft.NETCore.App.deps.json';
const read = lockReader(dotnet, 'app/Shop.deps.json');

extractorContract(dotnet, import.meta.url, [
  { path: 'app/Shop.deps.json', content: app },
  { path: framework, content: runtime },
]);

describe('a deps.json written after the documented format', () => {
  it('of an application: the packages that add files, and the runtime that it brings along', async () => {
    const { packages, gaps } = await read(app);
    expect(gaps).toEqual([]);
    expect(packages.map(({ purl }) => purl)).toEqual([
      'pkg:nuget/Newtonsoft.Json@12.0.3',
      'pkg:nuget/SQLitePCLRaw.lib@2.0.4',
      'pkg:nuget/Microsoft.NETCore.App.Runtime.linux-x64@6.0.5',
    ]);
  });

  it('of the shared framework: .NET itself', async () => {
    expect((await read(runtime, framework)).packages).toMatchObject([
      { purl: 'pkg:nuget/Microsoft.NETCore.App.Runtime.linux-x64@6.0.5', path: framework },
    ]);
  });

  it('without targets: every package', async () => {
    expect((await read('{"libraries":{"A/1.0.0":{"type":"Package"}}}')).lines).toEqual(['A 1.0.0']);
  });
});

it('names the layer that brought the package', () => {
  const one = { name: 'A', version: '1.0.0' };
  const view = mergedView([
    { path: 'a.deps.json', layer: 0, partial: { libraries: [one] } },
    { path: 'a.deps.json', layer: 1, partial: { libraries: [one, { name: 'B', version: '1.0.0' }] } },
  ]);
  expect(dotnet.settle(view).packages.map(({ layer }) => layer)).toEqual([0, 1]);
});

describe('malformed', () => {
  const malformed = [{ code: 'malformed', params: { what: 'deps.json' }, incomplete: true }];

  it.each(['', '[]', '{}', '{"libraries":[]}', app.slice(0, 300)])('%.20j', async (text) => {
    expect(await read(text)).toMatchObject({ packages: [], gaps: malformed });
  });

  it.each(['"B"', '"B/"', '"/1.0.0"', '"../B/1.0.0"', '"B/1 0"'])('the library %s is told, and the others are kept', async (key) => {
    const text = `{"targets":[],"runtimeTarget":7,"libraries":{${key}:{"type":"package"},"A/1.0.0":{"type":"package"}}}`;
    expect(await read(text)).toMatchObject({ lines: ['A 1.0.0'], gaps: malformed });
  });

  it.each(['7', '[]', '{}', '{"type":7}'])('a library of the form %s is told', async (library) => {
    expect((await read(`{"libraries":{"B/1.0.0":${library}}}`)).gaps).toEqual(malformed);
  });

  it('too large', async () => {
    expect((await read(' '.repeat((32 << 20) + 1))).gaps).toMatchObject([{ code: 'too-large', incomplete: true }]);
  });
});
