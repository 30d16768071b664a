import { describe, expect, it } from 'vitest';
import { fakeDb, statement } from '../../testing/fake-db.ts';
import { ALPINE_320, DEBIAN_12, inventoryOf, library, osPackage } from '../../testing/fixtures/inventory.ts';
import type { Advisory, Distro, Flaw, Package } from '../model/index.ts';
import { rate } from '../risk/index.ts';
import { endOfLifeFinding, findings, match } from './index.ts';

const NOW = new Date('2025-03-01T00:00:00Z');

/** What a reader sees: verdict, id, package and fix of every finding, then packages that nobody assessed. */
function scan(
  packages: readonly Package[],
  statements: readonly Advisory[],
  options: { distro?: Distro; flaws?: readonly Flaw[]; covers?: string[] } = {},
) {
  const inventory = inventoryOf(packages, options.distro);
  const result = match(inventory, fakeDb(statements, options.flaws, options.covers));
  const found = [...[endOfLifeFinding(inventory, NOW) ?? []].flat(), ...findings(inventory, result.matches, rate)];
  return {
    found,
    short: found.map((each) =>
      `${each.verdict} ${each.id} ${each.package.name} ${each.fix.state} ${each.fix.versions.join(', ')}`.trimEnd(),
    ),
    unassessed: result.unassessed.map((each) => `${each.name}: ${each.reason}`),
  };
}

const debian = (id: string, name: string, rest: Partial<Advisory> & { fixed?: string }) =>
  statement({ id, feed: 'debian-osv', ecosystem: 'Debian:12', name, ...rest });
const ghsa = (id: string, ecosystem: string, name: string, rest: Partial<Advisory> & { fixed?: string }) =>
  statement({ id, feed: 'ghsa', ecosystem, name, ...rest });
const errata = (id: string, name: string, fixed: string, flaws: string[]) => debian(id, name, { form: 'errata', flaws, fixed });

/** Debian security tracker and its export: source packages, one record a CVE, errata beside it. */
describe('Debian', () => {
  const curl = osPackage('deb', 'libcurl4', '7.88.1-10', { source: { name: 'curl', version: '7.88.1-10' } });

  it('compares the version of the source package', () => {
    const glibc = osPackage('deb', 'libc6', '9:9', { source: { name: 'glibc', version: '2.36-9' } });
    const { short } = scan([glibc], [debian('CVE-2023-4911', 'glibc', { fixed: '2.36-9+deb12u3' })], { distro: DEBIAN_12 });
    expect(short).toEqual(['affected CVE-2023-4911 libc6 fixed 2.36-9+deb12u3']);
  });

  it('shows one finding a CVE with the DSA beside it, and takes the fix of the CVE record', () => {
    const { short, found } = scan(
      [curl],
      [
        errata('DSA-5460-1', 'curl', '7.88.1-10+deb12u2', ['CVE-2023-32001', 'CVE-2023-38545']),
        debian('CVE-2023-38545', 'curl', { fixed: '7.88.1-10+deb12u4', severityLabel: 'high' }),
      ],
      { distro: DEBIAN_12 },
    );
    expect(short).toEqual([
      'affected CVE-2023-32001 libcurl4 fixed 7.88.1-10+deb12u2',
      'affected CVE-2023-38545 libcurl4 fixed 7.88.1-10+deb12u4',
    ]);
    expect(found[1]).toMatchObject({ severity: 'high', advisories: [{ id: 'CVE-2023-38545' }, { id: 'DSA-5460-1' }] });
  });

  it('believes the CVE record where the errata says otherwise', () => {
    const { found } = scan(
      [curl],
      [errata('DSA-1-1', 'curl', '7.88.1-10+deb12u2', ['CVE-2023-1']), debian('CVE-2023-1', 'curl', { fixed: '7.88.1-1' })],
      { distro: DEBIAN_12 },
    );
    expect(found).toEqual([]);
  });

  it('keeps an errata without a CVE under its own id', () => {
    const { short } = scan([curl], [errata('DSA-4000-1', 'curl', '7.88.1-11', [])], { distro: DEBIAN_12 });
    expect(short).toEqual(['affected DSA-4000-1 libcurl4 fixed 7.88.1-11']);
  });

  it('tells apart what has no fix and why', () => {
    const { short, found } = scan(
      [curl],
      [
        debian('CVE-2024-1', 'curl', { ranges: [[{ introduced: '0' }]] }),
        debian('CVE-2024-2', 'curl', { ranges: [[{ introduced: '0' }]], status: 'will-not-fix' }),
        debian('CVE-2024-3', 'curl', { ranges: [[{ introduced: '0' }]], status: 'end-of-life' }),
        debian('CVE-2024-4', 'curl', { ranges: [[{ introduced: '0' }]], severityLabel: 'unimportant' }),
        debian('CVE-2024-5', 'curl', { ranges: [[{ introduced: '0' }]], status: 'under-investigation' }),
        debian('CVE-2024-6', 'curl', { status: 'not-affected' }),
        debian('CVE-2024-7', 'curl', { ranges: [[{ introduced: '0' }]], status: 'fix-deferred' }),
      ],
      { distro: DEBIAN_12 },
    );
    expect(short).toEqual([
      'affected CVE-2024-1 libcurl4 affected',
      'affected CVE-2024-2 libcurl4 will-not-fix',
      'affected CVE-2024-3 libcurl4 end-of-life',
      'affected CVE-2024-4 libcurl4 affected',
      'undecided CVE-2024-5 libcurl4 under-investigation',
      'affected CVE-2024-7 libcurl4 fix-deferred',
    ]);
    expect(found[3]?.severity).toBe('negligible');
  });

  it('hears the release of the image and no other', () => {
    const other = statement({ id: 'CVE-2024-9', feed: 'debian-osv', ecosystem: 'Debian:11', name: 'curl', fixed: '99' });
    const { found } = scan([curl], [other, debian('CVE-2024-8', 'zlib', { fixed: '1' })], { distro: DEBIAN_12 });
    expect(found).toEqual([]);
  });

  it('never takes an unparsable version for a safe one', () => {
    const odd = osPackage('deb', 'odd', 'not a version');
    expect(scan([odd], [debian('CVE-2024-1', 'odd', { fixed: '2.0' })], { distro: DEBIAN_12 }).short).toEqual([
      'undecided CVE-2024-1 odd affected',
    ]);
  });
});

/** Alpine's secdb: fixed versions by branch and origin; `0` (a not-affected status here) is "never affected". */
describe('Alpine', () => {
  const libssl = osPackage('apk', 'libssl3', '3.3.1-r0', { source: { name: 'openssl', version: '3.3.1-r0' } });
  const secdb = (id: string, rest: Partial<Advisory> & { fixed?: string }) =>
    statement({ id, feed: 'alpine-secdb', ecosystem: 'Alpine:v3.20', name: 'openssl', ...rest });

  it('compares within the branch, by origin', () => {
    const { short } = scan([libssl], [secdb('CVE-2024-5535', { fixed: '3.3.1-r1' }), secdb('CVE-2024-4741', { fixed: '3.3.0-r3' })], {
      distro: ALPINE_320,
    });
    expect(short).toEqual(['affected CVE-2024-5535 libssl3 fixed 3.3.1-r1']);
  });

  it("follows its own file where osv.dev's copy differs", () => {
    const copy = statement({ id: 'CVE-2024-1', feed: 'alpine-osv', ecosystem: 'Alpine:v3.20', name: 'openssl', fixed: '3.4.0-r0' });
    expect(scan([libssl], [copy, secdb('CVE-2024-1', { status: 'not-affected' })], { distro: ALPINE_320 }).found).toEqual([]);
  });
});

describe('packages that nobody assesses', () => {
  const data = [debian('CVE-2024-1', 'curl', { fixed: '1' })];
  it.each<[string, Package, Distro | undefined, string]>([
    ['another builder', osPackage('deb', 'nodejs', '18.20.4-1nodesource1'), DEBIAN_12, 'nodejs: third-party-origin'],
    ['no distribution', osPackage('deb', 'curl', '1'), undefined, 'curl: unknown-distribution'],
    ['another package manager', osPackage('apk', 'curl', '1'), DEBIAN_12, 'curl: unknown-distribution'],
    ['a release without data', osPackage('deb', 'curl', '1'), { ...DEBIAN_12, versionId: '99' }, 'curl: no-data-for-release'],
    ['a testing release', osPackage('deb', 'curl', '1'), { id: 'debian', path: 'etc/os-release' }, 'curl: no-data-for-release'],
    [
      'a distribution without feed',
      osPackage('deb', 'curl', '1'),
      { id: 'kali', versionId: '2024.1', path: '' },
      'curl: unknown-distribution',
    ],
    ['an ecosystem without data', library('hex', 'plug', '1.0.0'), DEBIAN_12, 'plug: no-data-for-ecosystem'],
    ['a Go program of unknown version', library('golang', 'example.com/app', '(devel)'), DEBIAN_12, 'example.com/app: no-version'],
    ['an application of its own', library('npm', 'lodash', '1.0.0', { role: 'root' }), DEBIAN_12, 'lodash: own-application'],
    ['a jar that names no group', library('maven', 'log4j-core', '2.14.1'), DEBIAN_12, 'log4j-core: incomplete-name'],
  ])('%s', (_why, pkg, distro, expected) => {
    const { unassessed, found } = scan([pkg], data, { ...(distro ? { distro } : {}), covers: ['Go', 'Maven', 'npm'] });
    expect(unassessed).toEqual([expected]);
    expect(found).toEqual([]);
  });
});

describe('kernel packages in a container', () => {
  it.each(['linux-libc-dev', 'linux-headers-6.1.0-18-amd64', 'linux-image-amd64'])('%s is shown and not counted', (name) => {
    const pkg = osPackage('deb', name, '6.1.76-1', { source: { name: 'linux', version: '6.1.76-1' } });
    const { short } = scan([pkg], [debian('CVE-2024-1086', 'linux', { fixed: '6.1.76-2' })], { distro: DEBIAN_12 });
    expect(short).toEqual([`not-applicable CVE-2024-1086 ${name} fixed 6.1.76-2`]);
  });

  it.each(['linux-perf', 'bpftool', 'util-linux', 'linux-base'])('%s runs in the container and counts', (name) => {
    const pkg = osPackage('deb', name, '1', { source: { name: 'linux', version: '6.1.76-1' } });
    expect(scan([pkg], [debian('CVE-2024-1086', 'linux', { fixed: '6.1.76-2' })], { distro: DEBIAN_12 }).found[0]?.verdict).toBe(
      'affected',
    );
  });
});

describe('languages', () => {
  it('finds one flaw of three sources, with every name and place', () => {
    const at = (path: string) => library('pypi', 'Jinja2', '3.1.2', { path });
    const { found } = scan(
      [at('a/METADATA'), at('b/METADATA')],
      [
        ghsa('GHSA-h5c8', 'PyPI', 'jinja2', { aliases: ['CVE-2024-22195'], fixed: '3.1.3' }),
        statement({ id: 'PYSEC-2024-1', feed: 'pypa', ecosystem: 'PyPI', name: 'jinja2', aliases: ['GHSA-h5c8'], fixed: '3.1.3' }),
      ],
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ id: 'CVE-2024-22195', aliases: ['GHSA-h5c8', 'PYSEC-2024-1'], fix: { versions: ['3.1.3'] } });
    expect(found[0]?.locations.map((place) => place.path)).toEqual(['a/METADATA', 'b/METADATA']);
  });

  it('never makes one flaw of two CVEs that one advisory names', () => {
    const { short } = scan(
      [library('npm', 'x', '1.0.0')],
      [ghsa('GHSA-2', 'npm', 'x', { form: 'errata', flaws: ['CVE-2024-1', 'CVE-2024-2'], fixed: '2.0.0' })],
    );
    expect(short).toEqual(['affected CVE-2024-1 x fixed 2.0.0', 'affected CVE-2024-2 x fixed 2.0.0']);
  });

  it('counts a flaw that one source knows and shows that the other disagrees', () => {
    const { found } = scan(
      [library('pypi', 'x', '1.5')],
      [
        ghsa('GHSA-1', 'PyPI', 'x', { aliases: ['CVE-2024-1'], fixed: '1.4' }),
        statement({ id: 'PYSEC-1', feed: 'pypa', ecosystem: 'PyPI', name: 'x', aliases: ['CVE-2024-1'], fixed: '1.6' }),
      ],
    );
    expect(found[0]).toMatchObject({ verdict: 'affected', advisories: [{ id: 'PYSEC-1' }] });
    expect(found[0]?.evidence.map(({ feed, detail }) => `${feed}: ${detail}`)).toEqual([
      'pypa: 1.5 < 1.6 (pep440)',
      'ghsa: 1.5 >= 1.4 (pep440)',
    ]);
  });

  it("follows Go's own database, both ways", () => {
    const go = (id: string, fixed: string) =>
      statement({ id, feed: 'govulndb', ecosystem: 'Go', name: 'example.com/m', aliases: ['CVE-2024-1'], fixed });
    const github = (fixed: string) => ghsa('GHSA-1', 'Go', 'example.com/m', { aliases: ['CVE-2024-1'], fixed });
    const pkg = library('golang', 'example.com/m', 'v1.5.0');
    expect(scan([pkg], [github('2.0.0'), go('GO-2024-1', '1.4.0')]).found).toEqual([]);
    expect(scan([pkg], [github('1.4.0'), go('GO-2024-1', '1.6.0')]).short).toEqual(['affected CVE-2024-1 example.com/m fixed 1.6.0']);
  });

  it('matches the standard library by the toolchain', () => {
    const stdlib = statement({
      id: 'GO-2024-2687',
      feed: 'govulndb',
      ecosystem: 'Go',
      name: 'stdlib',
      aliases: ['CVE-2023-45288'],
      ranges: [[{ introduced: '0' }, { fixed: '1.21.9' }, { introduced: '1.22.0-0' }, { fixed: '1.22.2' }]],
    });
    expect(scan([library('golang', 'stdlib', '1.22rc1')], [stdlib]).short).toEqual(['affected CVE-2023-45288 stdlib fixed 1.22.2']);
    expect(scan([library('golang', 'stdlib', '1.21.9')], [stdlib]).found).toEqual([]);
  });

  it('offers the smallest version that no source calls affected, then the others', () => {
    const { found } = scan(
      [library('npm', 'minimist', '1.2.0')],
      [
        ghsa('GHSA-1', 'npm', 'minimist', {
          aliases: ['CVE-2024-1'],
          ranges: [
            [{ introduced: '1.0.0' }, { fixed: '1.2.3' }],
            [{ introduced: '2.0.0' }, { fixed: '2.1.0' }],
          ],
        }),
        statement({ id: 'X-1', feed: 'other', ecosystem: 'npm', name: 'minimist', aliases: ['CVE-2024-1'], fixed: '1.2.6' }),
      ],
    );
    expect(found[0]?.fix).toEqual({ state: 'fixed', versions: ['1.2.6', '2.1.0', '1.2.3'] });
  });

  it('takes the streams of one record for one opinion', () => {
    const stream = (from: string, fix: string) => ghsa('GHSA-1', 'npm', 'qs', { ranges: [[{ introduced: from }, { fixed: fix }]] });
    const { found } = scan([library('npm', 'qs', '6.5.1')], [stream('6.4.0', '6.4.1'), stream('6.5.0', '6.5.3'), stream('6.6.0', '6.6.1')]);
    expect(found[0]).toMatchObject({ fix: { versions: ['6.5.3', '6.6.1'] }, evidence: [{ detail: '6.5.0 <= 6.5.1 < 6.5.3 (semver)' }] });
  });

  it('names one version once in two spellings', () => {
    const other = statement({
      id: 'PYSEC-1',
      feed: 'pypa',
      ecosystem: 'PyPI',
      name: 'certifi',
      aliases: ['CVE-2024-1'],
      fixed: '2022.12.7',
    });
    const { found } = scan(
      [library('pypi', 'certifi', '2018.11.29')],
      [ghsa('GHSA-1', 'PyPI', 'certifi', { aliases: ['CVE-2024-1'], fixed: '2022.12.07' }), other],
    );
    expect(found[0]?.fix.versions).toEqual(['2022.12.07']);
  });

  it('calls malware critical and its own kind', () => {
    const { found } = scan(
      [library('npm', 'evil', '1.0.0')],
      [
        statement({
          id: 'MAL-2024-1',
          feed: 'malicious',
          ecosystem: 'npm',
          name: 'evil',
          kind: 'malware',
          ranges: [[{ introduced: '0' }]],
        }),
      ],
    );
    expect(found[0]).toMatchObject({
      kind: 'malware',
      id: 'MAL-2024-1',
      severity: 'critical',
      url: 'https://osv.dev/vulnerability/MAL-2024-1',
    });
  });
});

describe('a language package that an OS package owns', () => {
  const owner = osPackage('deb', 'python3-urllib3', '1.26.12-1+deb12u1', {
    source: { name: 'python-urllib3', version: '1.26.12-1+deb12u1' },
  });
  const part = library('pypi', 'urllib3', '1.26.12', { path: 'usr/lib/python3/dist-packages/urllib3-1.26.12.egg-info', ownedBy: owner.id });
  const inPypi = ghsa('GHSA-v845', 'PyPI', 'urllib3', { aliases: ['CVE-2023-43804'], fixed: '1.26.17' });

  it("is cleared by the distribution's backport", () => {
    const { found } = scan([owner, part], [inPypi, debian('CVE-2023-43804', 'python-urllib3', { fixed: '1.26.12-1+deb12u1' })], {
      distro: DEBIAN_12,
    });
    expect(found).toEqual([]);
  });

  it("is a further place of the distribution's finding", () => {
    const { found, short } = scan([part, owner], [inPypi, debian('CVE-2023-43804', 'python-urllib3', { fixed: '1.26.12-1+deb12u2' })], {
      distro: DEBIAN_12,
    });
    expect(short).toEqual(['affected CVE-2023-43804 python3-urllib3 fixed 1.26.12-1+deb12u2']);
    expect(found[0]?.locations.map(({ path, ownedBy }) => [path, ownedBy])).toEqual([
      ['var/lib/dpkg/status', undefined],
      ['usr/lib/python3/dist-packages/urllib3-1.26.12.egg-info', 'python3-urllib3'],
    ]);
    expect(found[0]?.advisories.map(({ id }) => id)).toEqual(['CVE-2023-43804', 'GHSA-v845']);
  });

  it('is reported with its owner where the distribution does not know the flaw', () => {
    const { found, short } = scan([owner, part], [inPypi, debian('CVE-2024-1', 'other', { fixed: '1' })], { distro: DEBIAN_12 });
    expect(short).toEqual(['affected CVE-2023-43804 urllib3 fixed 1.26.17']);
    expect(found[0]?.locations[0]?.ownedBy).toBe('python3-urllib3');
  });

  it('is reported where its owner comes from somebody else', () => {
    const foreign = { ...owner, maintainer: 'NodeSource <x@nodesource.com>' };
    const { short } = scan([foreign, part], [inPypi, debian('CVE-2023-43804', 'python-urllib3', { fixed: '0' })], { distro: DEBIAN_12 });
    expect(short).toEqual(['affected CVE-2023-43804 urllib3 fixed 1.26.17']);
  });

  it('is not missing where only its own ecosystem cannot tell what it is', () => {
    const jar = library('maven', 'guice', '4.2.3', { ownedBy: owner.id });
    expect(scan([owner, jar], [debian('CVE-2024-1', 'x', { fixed: '1' })], { distro: DEBIAN_12, covers: ['Maven'] }).unassessed).toEqual(
      [],
    );
  });

  it('keeps in the matches why it was cleared', () => {
    const inventory = inventoryOf([owner, part], DEBIAN_12);
    const { matches } = match(inventory, fakeDb([inPypi, debian('CVE-2023-43804', 'python-urllib3', { fixed: '1.26.12-1+deb12u1' })]));
    expect(matches.map((each) => each.verdict)).toEqual([
      {
        kind: 'not-affected',
        because: {
          rule: 'owned-by-os-package',
          detail:
            'urllib3 1.26.12 is part of python3-urllib3; debian-osv CVE-2023-43804 on python-urllib3: 1.26.12-1+deb12u1 >= 1.26.12-1+deb12u1 (dpkg)',
        },
      },
    ]);
  });
});

describe('a release that is past its life', () => {
  const old = (id: string, versionId: string) => scan([], [], { distro: { id, versionId, path: 'etc/os-release' } }).found;

  it('is a finding of its own', () => {
    expect(old('debian', '9')).toMatchObject([
      {
        kind: 'end-of-life',
        id: 'EOL-debian-9',
        verdict: 'affected',
        severity: 'high',
        fix: { state: 'end-of-life' },
        locations: [{ path: 'etc/os-release' }],
      },
    ]);
    expect(old('alpine', '3.10.9')[0]?.id).toBe('EOL-alpine-3.10');
  });

  it('is milder where subscribers still get updates, and none where everybody does', () => {
    expect(old('ubuntu', '18.04')).toMatchObject([{ id: 'EOL-ubuntu-18.04', severity: 'medium' }]);
    expect(old('debian', '11')).toEqual([]);
    expect(old('debian', '12')).toEqual([]);
  });
});
