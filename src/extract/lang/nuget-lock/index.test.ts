import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { lockReader } from '../../../../testing/lock-files.ts';
import { nugetLock } from './index.ts';

const read = lockReader(nugetLock, 'packages.lock.json');

/** Fields as in NuGet's documentation, "Locking dependencies", and its JSON written by LockFile/PackagesLockFileFormat. */
const sample = JSON.stringify({
  version: 2,
  dependencies: {
    'net6.0': {
      'Newtonsoft.Json': { type: 'Direct', requested: '[12.0.3, )', resolved: '12.0.3', contentHash: 'aGFzaA==' },
      'Serilog': { type: 'CentralTransitive', requested: '[2.10.0, )', resolved: '2.10.0', contentHash: 'aGFzaA==' },
      'System.Text.Json': { type: 'Transitive', resolved: '6.0.0', contentHash: 'aGFzaA==', dependencies: { 'System.Memory': '4.5.4' } },
      'shop.core': { type: 'Project', dependencies: { 'Newtonsoft.Json': '[12.0.3, )' } },
    },
    'net6.0/linux-x64': { 'System.Text.Json': { type: 'Direct', requested: '[6.0.0, )', resolved: '6.0.0', contentHash: 'aGFzaA==' } },
    'net8.0': { 'System.Text.Json': { type: 'Transitive', resolved: '8.0.4-rc.1', contentHash: 'aGFzaA==' } },
  },
});

extractorContract(nugetLock, import.meta.url, [{ path: 'src/shop/packages.lock.json', content: sample }]);

it('reads a packages.lock.json written after the format of NuGet: every framework, each package once, no project', async () => {
  const { packages, gaps } = await read(sample);
  expect(gaps).toEqual([]);
  expect(packages.map((one) => [one.purl, one.role])).toEqual([
    ['pkg:nuget/Newtonsoft.Json@12.0.3', 'direct'],
    ['pkg:nuget/Serilog@2.10.0', 'indirect'],
    ['pkg:nuget/System.Text.Json@6.0.0', 'direct'],
    ['pkg:nuget/System.Text.Json@8.0.4-rc.1', 'indirect'],
  ]);
});

describe('malformed', () => {
  it.each(['', '[]', '{}', '{"dependencies":[]}', sample.slice(0, 200)])('%.20j is no packages.lock.json', async (text) => {
    expect((await read(text)).gaps).toMatchObject([{ code: 'malformed', params: { what: 'packages.lock.json' }, incomplete: true }]);
  });

  it.each(['7', '[]', '{"A":7}', '{"A":{"type":"Direct"}}', '{"A":{"type":"Direct","resolved":6}}', '{"../A":{"resolved":"1.0.0"}}'])(
    'packages of the form %s are told, and the others are kept',
    async (packages) => {
      const { lines, gaps } = await read(`{"dependencies":{"net6.0":${packages},"net8.0":{"B":{"type":"Direct","resolved":"1.0.0"}}}}`);
      expect(lines).toEqual(['B 1.0.0']);
      expect(gaps).toMatchObject([{ code: 'malformed', incomplete: true }]);
    },
  );
});
