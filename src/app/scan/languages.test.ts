import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildElf } from '../../../testing/elf-builder.ts';
import type { Report } from '../../model/index.ts';
import { dbBuild } from '../db/build.ts';
import { scan } from './index.ts';

const NOW = new Date('2025-01-11T12:00:00Z');

/**
 * Ecosystem, the name as its advisories write it, the fixed version; then a lock file or record of what is installed that names a
 * version before it, and how the package is then called.
 */
const LOCKED = [
  [
    'crates.io',
    'time',
    '0.2.23',
    'Cargo.lock',
    `[[package]]\nname = "time"\nversion = "0.1.43"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\n`,
    'pkg:cargo/time@0.1.43',
  ],
  ['RubyGems', 'rack', '2.2.3.1', 'Gemfile.lock', 'GEM\n  specs:\n    rack (2.2.3)\n\nDEPENDENCIES\n  rack\n', 'pkg:gem/rack@2.2.3'],
  [
    'Packagist',
    'symfony/http-kernel',
    '5.4.20',
    'composer.lock',
    '{"packages":[{"name":"symfony/http-kernel","version":"v5.4.19"}]}',
    'pkg:composer/symfony/http-kernel@v5.4.19',
  ],
  [
    'NuGet',
    'Newtonsoft.Json',
    '13.0.1',
    'packages.lock.json',
    '{"version":1,"dependencies":{"net6.0":{"newtonsoft.json":{"type":"Direct","resolved":"12.0.3"}}}}',
    'pkg:nuget/newtonsoft.json@12.0.3',
  ],
  [
    'Go',
    'golang.org/x/text',
    '0.3.8',
    'go.mod',
    'module x\ngo 1.20\nrequire golang.org/x/text v0.3.7\n',
    'pkg:golang/golang.org/x/text@v0.3.7',
  ],
  ['Hex', 'plug', '1.10.4', 'mix.lock', '%{"plug": {:hex, :plug, "1.10.3", "", [:mix], [], "hexpm", ""}}', 'pkg:hex/plug@1.10.3'],
  ['Pub', 'archive', '3.3.8', 'pubspec.lock', 'packages:\n  archive:\n    source: hosted\n    version: "3.3.7"\n', 'pkg:pub/archive@3.3.7'],
  [
    'SwiftURL',
    'github.com/apple/swift-nio',
    '2.29.1',
    'Package.resolved',
    '{"version":2,"pins":[{"location":"https://github.com/Apple/swift-nio.git","state":{"version":"2.29.0"}}]}',
    'pkg:swift/github.com/Apple/swift-nio@2.29.0',
  ],
  [
    'SwiftURL',
    'https://github.com/vapor/vapor.git',
    '4.84.2',
    'v1/Package.resolved',
    '{"version":1,"object":{"pins":[{"repositoryURL":"git@github.com:vapor/vapor","state":{"version":"4.84.1"}}]}}',
    'pkg:swift/github.com/vapor/vapor@4.84.1',
  ],
  ['ConanCenter', 'zlib', '1.2.12', 'conan.lock', '{"version":"0.5","requires":["zlib/1.2.11#abc%1"]}', 'pkg:conan/zlib@1.2.11'],
] as const;

const INSTALLED = [
  ['crates.io', 'smallvec', '1.6.1', 'usr/bin/shop', program('smallvec', '1.6.0'), 'pkg:cargo/smallvec@1.6.0'],
  [
    'RubyGems',
    'nokogiri',
    '1.13.2',
    'usr/lib/ruby/gems/3.1.0/specifications/nokogiri-1.13.1-x86_64-linux.gemspec',
    '# stub: nokogiri 1.13.1 x86_64-linux lib\n',
    'pkg:gem/nokogiri@1.13.1?platform=x86_64-linux',
  ],
  [
    'Packagist',
    'guzzlehttp/psr7',
    '1.8.4',
    'srv/vendor/composer/installed.json',
    '{"packages":[{"name":"guzzlehttp/psr7","version":"1.8.3"}]}',
    'pkg:composer/guzzlehttp/psr7@1.8.3',
  ],
  [
    'NuGet',
    'Microsoft.NETCore.App.Runtime.linux-x64',
    '6.0.6',
    'usr/share/dotnet/shared/x/Microsoft.NETCore.App.deps.json',
    '{"libraries":{"Microsoft.NETCore.App.Runtime.linux-x64/6.0.5":{"type":"package"}}}',
    'pkg:nuget/Microsoft.NETCore.App.Runtime.linux-x64@6.0.5',
  ],
] as const;

function program(name: string, version: string): Buffer {
  const content = deflateSync(JSON.stringify({ packages: [{ name, version, source: 'crates.io' }] }));
  const parts = [
    { address: 0x2000, content: Buffer.alloc(8), flags: 4, type: 7 },
    { address: 0, content, flags: 0, type: 0, section: '.dep-v0' },
  ];
  return buildElf({ wide: true, little: true, padTo: 200_000, parts });
}

const root = mkdtempSync(join(tmpdir(), 'plimsoll-languages-'));
const cacheDir = join(root, 'cache');
afterAll(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content, { mode: 0o755 });
}

function record([ecosystem, name, fixed]: readonly [string, string, string, ...unknown[]], index: number): string {
  const affected = [{ package: { ecosystem, name }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }] }];
  const id = `GHSA-test-test-${String(index).padStart(4, '2')}`;
  return `${JSON.stringify({ schema_version: '1.6.0', id, modified: '2024-01-01T00:00:00Z', published: '2024-01-01T00:00:00Z', affected })}\n`;
}

beforeAll(async () => {
  const cases = [...LOCKED, ...INSTALLED];
  write('feeds/ghsa-all.jsonl', cases.map(record).join(''));
  for (const [, , , path, content] of LOCKED) write(`project/${path}`, content);
  for (const [, , , path, content] of INSTALLED) write(`rootfs/${path}`, content);
  write('project/Podfile.lock', 'PODS:\n  - Alamofire (5.4.3)\n\nDEPENDENCIES:\n  - Alamofire\n');
  write('rootfs/opt/conda/conda-meta/openssl.json', '{"name":"openssl","version":"1.1.1k"}');
  const built = await dbBuild({ from: join(root, 'feeds'), out: join(cacheDir, 'db'), now: NOW, fetchedAt: '2025-01-10T00:00:00Z' });
  expect(built).toMatchObject({ statements: cases.length, problems: [], leftOut: [] });
}, 60_000);

const findingsOf = (report: Report): string[] =>
  report.findings.map(({ package: { purl }, fix }) => `${purl} -> ${fix.versions.join()}`).sort();

describe.each([
  ['dir', 'project', LOCKED],
  ['rootfs', 'rootfs', INSTALLED],
] as const)('%s: a scan', (prefix, folder, cases) => {
  it('matches every ecosystem by the names that its advisories use', async () => {
    const report = await scan(`${prefix}:${join(root, folder)}`, { cacheDir, offline: true, now: NOW });
    expect(report.inventory.gaps).toEqual([]);
    expect(findingsOf(report)).toEqual(cases.map(([, , fixed, , , purl]) => `${purl} -> ${fixed}`).sort());
  });

  it('says of what no source knows that it is not assessed', async () => {
    const report = await scan(`${prefix}:${join(root, folder)}`, { cacheDir, offline: true, now: NOW });
    const name = prefix === 'dir' ? 'Alamofire' : 'openssl';
    expect(report.unassessed).toMatchObject([{ name, reason: 'no-data-for-ecosystem' }]);
  });
});

it('takes lock files for a project only, and what is installed for an image only', async () => {
  const options = { cacheDir, offline: true, now: NOW };
  expect(findingsOf(await scan(`rootfs:${join(root, 'project')}`, options))).toEqual([]);
  // A program is what it is wherever it lies.
  expect(findingsOf(await scan(`dir:${join(root, 'rootfs')}`, options))).toEqual(['pkg:cargo/smallvec@1.6.0 -> 1.6.1']);
});
