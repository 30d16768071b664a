import { expect, it } from 'vitest';
import { scanPackage } from '../../../../testing/distro-scan.ts';
import type { Statement } from '../../../../testing/fake-db.ts';
import { osPackage } from '../../../../testing/fixtures/inventory.ts';
import type { Distro, Package } from '../../../model/index.ts';

const GENTOO: Distro = { id: 'gentoo', versionId: '2.14', path: 'etc/os-release' };
const libpng = (version: string, rest: Partial<Package> = {}) =>
  osPackage('deb', 'media-libs/libpng', version, { type: 'ebuild', origin: 'gentoo', ...rest });
const glsa = (rest: Partial<Statement> & { fixed?: string } = {}) => ({
  id: 'GLSA-201611-08',
  feed: 'gentoo-glsa',
  ecosystem: 'Gentoo',
  name: 'media-libs/libpng',
  form: 'errata' as const,
  flaws: ['CVE-2015-1'],
  ...rest,
});
const scan = (pkg: Package, ...says: ReturnType<typeof glsa>[]) => scanPackage({ distro: GENTOO, pkg, says }).lines;

it('compares as Portage does, revisions included', () => {
  expect(scan(libpng('1.6.21'), glsa({ fixed: '1.6.21-r1' }))).toEqual(['affected CVE-2015-1 fixed 1.6.21-r1']);
  expect(scan(libpng('1.6.21-r1'), glsa({ fixed: '1.6.21-r1' }))).toEqual([]);
});

it('offers the fix that the advisory names where no range ends in it', () => {
  const ranges = [
    [{ introduced: '0' }, { lastAffected: '3.1.3' }],
    [{ introduced: '3.1.4' }, { fixed: '3.1.4' }],
  ];
  expect(scan(libpng('3.1.2'), glsa({ ranges }))).toEqual(['affected CVE-2015-1 fixed 3.1.4']);
  expect(scan(libpng('3.1.3-r1'), glsa({ ranges }))).toEqual([]);
});

/** glsa.dtd, "slot": an entry is about one slot, or about all. */
it.each<[string, string, string[]]>([
  ['1.2', '1.2.55', ['affected CVE-2015-1 fixed 1.2.56']],
  ['1.2', '1.2.56', []],
  ['1.2/12', '1.2.55', ['affected CVE-2015-1 fixed 1.2.56']],
  ['0', '1.2.56', ['affected CVE-2015-1 fixed 1.6.21']],
  ['0/16', '1.6.20', ['affected CVE-2015-1 fixed 1.6.21']],
  ['0/16', '1.6.21', []],
])('slot %s, version %s', (module, version, expected) => {
  const says = [glsa({ module: '1.2', fixed: '1.2.56' }), glsa({ module: '!1.2,1.5', fixed: '1.6.21' })];
  expect(scan(libpng(version, { module }), ...says)).toEqual(expected);
});

it('hears nothing of a slot that nobody called vulnerable', () => {
  expect(scan(libpng('1', { module: '0' }), glsa({ module: '8', fixed: '8.4' }))).toEqual([]);
});

it('holds a package that states no slot against all of them', () => {
  expect(scan(libpng('1.2.55'), glsa({ module: '1.2', fixed: '1.2.56' }))).toEqual(['affected CVE-2015-1 fixed 1.2.56']);
});

it('leaves other architectures alone where the package states its own', () => {
  expect(scan(libpng('1', { arch: 'amd64' }), glsa({ arches: ['ppc'], fixed: '2' }))).toEqual([]);
  expect(scan(libpng('1'), glsa({ arches: ['ppc'], fixed: '2' }))).toEqual(['affected CVE-2015-1 fixed 2']);
});

it('does not speak for overlays', () => {
  expect(scan(libpng('1', { origin: 'guru' }), glsa({ fixed: '2' }))).toEqual(['third-party-origin']);
});

it('keeps an advisory without CVE under its own id', () => {
  expect(scan(libpng('1'), glsa({ flaws: [], fixed: '2' }))).toEqual(['affected GLSA-201611-08 fixed 2']);
});
