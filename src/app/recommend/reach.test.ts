import { describe, expect, it } from 'vitest';
import type { OpenFile } from '../../extract/types.ts';
import type { Distro, Package } from '../../model/index.ts';
import { factsExtractor, type InstallFacts } from './facts.ts';
import { npmAdmits, pypiAdmits } from './ranges.ts';
import { outOfReach } from './reach.ts';

/** The facts of these files. */
async function facts(files: Readonly<Record<string, string>>): Promise<InstallFacts> {
  let found: InstallFacts | undefined;
  const extractor = factsExtractor((read) => {
    found = read;
  });
  const visible = [];
  for (const [path, text] of Object.entries(files)) {
    const file = { path, size: text.length, bytes: async () => Buffer.from(text) } as unknown as OpenFile;
    const partial = await extractor.extract(file, { gap: () => undefined });
    if (partial) visible.push({ path, layer: 0, partial });
  }
  extractor.settle({ layers: [], visible, removed: [], history: () => [] });
  return found as InstallFacts;
}

const inventory = (type: Package['type'], manager: string, distro: Partial<Distro>) => ({
  packages: [{ type, name: manager } as Package],
  distro: { id: 'x', path: 'etc/os-release', ...distro },
});

describe('where an image installs from', () => {
  it('is read from both forms of apt’s sources, disabled ones left out', async () => {
    const { apt } = await facts({
      'etc/apt/sources.list':
        '# deb http://a jammy main\ndeb [arch=amd64 signed-by=/k] http://b/ubuntu jammy main\ndeb-src http://c jammy main\n',
      'etc/apt/sources.list.d/debian.sources':
        'Types: deb\nURIs: http://deb.debian.org/debian\nSuites: bookworm\n bookworm-updates\nComponents: main\n\nTypes: deb deb-src\nURIs: http://security\nSuites: bookworm-security\nEnabled: no\n',
    });
    expect(apt).toEqual([
      { uri: 'http://b/ubuntu', suites: ['jammy'] },
      { uri: 'http://deb.debian.org/debian', suites: ['bookworm', 'bookworm-updates'] },
    ]);
  });

  it.each<[string, Partial<Distro>, string, string, string, Readonly<Record<string, string>>, string | undefined]>([
    ['deb', { id: 'debian', codename: 'bookworm' }, 'apt', '1', 'sources of the release', { 'etc/apt/sources.list': 'deb http://d bookworm main' }, undefined],
    ['deb', { id: 'debian', codename: 'bookworm' }, 'apt', '1', 'stable by name', { 'etc/apt/sources.list': 'deb http://d stable main' }, undefined],
    ['deb', { id: 'debian', codename: 'bookworm' }, 'dpkg', '1', 'no apt', { 'etc/apt/sources.list': 'deb http://d bookworm main' }, 'no-manager'],
    ['deb', { id: 'ubuntu', codename: 'jammy' }, 'apt', '1.2ubuntu1+esm1', 'a fix of Ubuntu Pro', { 'etc/apt/sources.list': 'deb http://a jammy-security main' }, 'pro'],
    ['deb', { id: 'ubuntu', codename: 'jammy' }, 'apt', '1.2~esm1', 'Pro is there', { 'etc/apt/sources.list': 'deb https://esm.ubuntu.com/apps/ubuntu jammy-apps-security main' }, undefined],
    ['apk', { id: 'alpine', versionId: '3.20.3' }, 'apk-tools', '1', 'its own branch', { 'etc/apk/repositories': 'https://dl-cdn.alpinelinux.org/alpine/v3.20/main\n' }, undefined],
    ['apk', { id: 'alpine', versionId: '3.20.3' }, 'apk-tools', '1', 'another branch', { 'etc/apk/repositories': 'https://dl-cdn.alpinelinux.org/alpine/v3.19/main\n' }, 'other-release'],
    ['apk', { id: 'alpine', versionId: '3.20.3' }, 'apk-tools', '1', 'edge', { 'etc/apk/repositories': '@edge https://dl-cdn.alpinelinux.org/alpine/edge/main\n' }, undefined],
    ['apk', { id: 'alpine', versionId: '3.20.3' }, 'apk-tools', '1', 'none', { 'etc/apk/repositories': '# https://x/v3.20/main\n' }, 'no-repositories'],
    ['apk', { id: 'alpine', versionId: '3.20.3' }, 'musl', '1', 'no apk', { 'etc/apk/repositories': 'https://x/v3.20/main\n' }, 'no-manager'],
    ['rpm', { id: 'rhel', versionId: '9' }, 'microdnf', '1', 'an enabled repository', { 'etc/yum.repos.d/a.repo': '[a]\nenabled=0\n[b]\nname=b\n' }, undefined],
    ['rpm', { id: 'rhel', versionId: '9' }, 'dnf', '1', 'none enabled', { 'etc/yum.repos.d/a.repo': '[a]\nenabled = 0\n' }, 'no-repositories'],
  ])('%s: %o, %s, %s: %s', async (type, distro, manager, fixed, _what, files, reason) => {
    expect(outOfReach({ type: type as Package['type'], fixed }, inventory(type as Package['type'], manager, distro), await facts(files))).toBe(reason);
  }); // biome-ignore format: a table

  it('passes over what is malformed', async () => {
    const read = await facts({
      'srv/package.json': '{',
      'a/package.json': '{"name":1,"dependencies":{"x":1,"y":"^1"}}',
      'lib/x.dist-info/METADATA': 'Requires-Dist: \u0000\nRequires-Dist: __proto__ (>1)\n',
      'etc/yum.repos.d/x.repo': '\u0000[',
      'etc/apt/sources.list.d/x.sources': 'Types deb',
      'usr/share/METADATA': 'Name: x',
    });
    expect(read).toMatchObject({ apt: [], rpm: 0, npm: [{ folder: 'a', name: '', dependencies: { y: '^1' } }], pypi: [{ name: '' }] });
  });
});

/** Expected values are node-semver 7's. */
it.each([
  ['^1.2.0', '1.9.9', true],
  ['^1.2.0', '2.0.0', false],
  ['^0.2.3', '0.3.0', false],
  ['^0.2.3', '0.2.9', true],
  ['^0.0.3', '0.0.4', false],
  ['~1.2.3', '1.2.9', true],
  ['~1.2.3', '1.3.0', false],
  ['~1', '1.9.0', true],
  ['1.x', '1.5.0', true],
  ['1.2', '1.2.7', true],
  ['1.2', '1.3.0', false],
  ['*', '9.9.9', true],
  ['', '9.9.9', true],
  ['1.0.0 - 2.0.0', '1.5.0', true],
  ['1.0.0 - 2', '2.9.0', true],
  ['>=1.2 <2', '1.9.0', true],
  ['>= 1.2.0', '1.2.0', true],
  ['>1', '1.5.0', false],
  ['<=1', '1.5.0', true],
  ['1.0.0 || ^2.1.0', '2.2.0', true],
  ['git+https://example.com/x.git', '1.0.0', false],
  ['latest', '1.0.0', false],
  ['npm:other@1', '1.0.0', false],
])('npm: %s admits %s: %s', (range, version, expected) => {
  expect(npmAdmits(range, version)).toBe(expected);
});

/** Expected values are those of packaging 24. */
it.each([
  ['<1.27,>=1.21.1', '1.26.18', true],
  ['<1.27,>=1.21.1', '2.0.7', false],
  ['~=1.4.5', '1.4.9', true],
  ['~=1.4.5', '1.5.0', false],
  ['~=2.2', '2.9', true],
  ['==1.4.*', '1.4.8', true],
  ['!=1.4.*', '1.4.8', false],
  ['==1.4', '1.4.0', true],
  ['', '9', true],
  ['@ https://example.com', '1', false],
])('PyPI: %s admits %s: %s', (specifier, version, expected) => {
  expect(pypiAdmits(specifier, version)).toBe(expected);
});
