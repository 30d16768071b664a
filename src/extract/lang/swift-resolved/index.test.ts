import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { lockReader } from '../../../../testing/lock-files.ts';
import { swiftResolved } from './index.ts';

const read = lockReader(swiftResolved, 'Package.resolved');
const revision = '1234567890123456789012345678901234567890';

/** Fields as swift-package-manager writes them (PinsStore / ResolvedPackagesStore, schemes V1 to V3). */
const v1 = JSON.stringify({
  object: {
    pins: [
      {
        package: 'swift-nio',
        repositoryURL: 'https://github.com/apple/swift-nio.git',
        state: { branch: null, revision, version: '2.29.0' },
      },
      { package: 'Tip', repositoryURL: 'git@github.com:acme/Tip.git', state: { branch: 'main', revision, version: null } },
    ],
  },
  version: 1,
});
const later = (version: number) =>
  JSON.stringify({
    ...(version > 2 ? { originHash: 'a'.repeat(64) } : {}),
    pins: [
      {
        identity: 'swift-nio',
        kind: 'remoteSourceControl',
        location: 'https://github.com/apple/swift-nio',
        state: { revision, version: '2.29.0' },
      },
      { identity: 'tip', kind: 'remoteSourceControl', location: 'git@github.com:acme/Tip.git', state: { branch: 'main', revision } },
      { identity: 'own', kind: 'localSourceControl', location: '/src/own', state: { revision, version: '1.0.0' } },
      { identity: 'mona.LinkedList', kind: 'registry', location: '', state: { version: '1.2.0-beta.1' } },
    ],
    version,
  });

extractorContract(swiftResolved, import.meta.url, [
  { path: 'Package.resolved', content: v1 },
  { path: 'App.xcworkspace/xcshareddata/swiftpm/Package.resolved', content: later(2) },
  { path: 'v3/Package.resolved', content: later(3) },
]);

describe("a Package.resolved written after swift-package-manager's format", () => {
  it('version 1', async () => {
    const { packages, gaps } = await read(v1);
    expect(gaps).toEqual([]);
    expect(packages.map(({ purl }) => purl)).toEqual(['pkg:swift/github.com/apple/swift-nio@2.29.0', 'pkg:swift/github.com/acme/Tip']);
  });

  it.each([2, 3])('version %i', async (version) => {
    const { packages, gaps } = await read(later(version));
    expect(gaps).toEqual([]);
    expect(packages.map(({ purl }) => purl)).toEqual([
      'pkg:swift/github.com/apple/swift-nio@2.29.0',
      'pkg:swift/github.com/acme/Tip',
      'pkg:swift/mona/LinkedList@1.2.0-beta.1',
    ]);
  });
});

describe('malformed', () => {
  it.each(['', '[]', '{}', '{"object":[]}', '{"pins":{}}', v1.slice(0, 99)])('%.20j is no Package.resolved', async (text) => {
    expect((await read(text)).gaps).toMatchObject([{ code: 'malformed', params: { what: 'Package.resolved' }, incomplete: true }]);
  });

  it.each([
    '7',
    '{}',
    '{"location":"x","state":{"version":"1.0.0"}}',
    '{"location":"https://h/x"}',
    '{"location":7,"state":{"version":"1.0.0"}}',
    '{"location":"https://h/x","state":{"version":7}}',
    '{"kind":"registry","identity":"x","state":{"version":"1.0.0"}}',
  ])('the pin %s is told, and the others are kept', async (pin) => {
    const { lines, gaps } = await read(`{"pins":[${pin},{"location":"https://h/a","state":{"version":"1.0.0"}}],"version":2}`);
    expect(lines).toEqual(['h/a 1.0.0']);
    expect(gaps).toMatchObject([{ code: 'malformed', incomplete: true }]);
  });
});
