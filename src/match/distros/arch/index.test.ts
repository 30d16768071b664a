import { expect, it } from 'vitest';
import { scanPackage } from '../../../../testing/distro-scan.ts';
import type { Statement } from '../../../../testing/fake-db.ts';
import { osPackage } from '../../../../testing/fixtures/inventory.ts';
import type { Distro } from '../../../model/index.ts';

const ARCH: Distro = { id: 'arch', path: 'etc/os-release' };
const alpm = (name: string, version: string) =>
  osPackage('deb', name, version, { type: 'alpm', source: { name: 'other-base', version }, maintainer: 'Some Body <x@archlinux.org>' });
const group = (rest: Partial<Statement> & { fixed?: string }) => ({
  id: 'AVG-1',
  feed: 'arch-avg',
  ecosystem: 'Arch',
  name: 'lib32-curl',
  form: 'errata' as const,
  flaws: ['CVE-2020-1', 'CVE-2020-2'],
  ...rest,
});

/** wiki.archlinux.org, "Arch Security Team": groups name installed packages. */
it.each<[string, Partial<Statement> & { fixed?: string }, string[]]>([
  ['Fixed', { fixed: '7.80.0-1' }, ['affected CVE-2020-1 fixed 7.80.0-1', 'affected CVE-2020-2 fixed 7.80.0-1']],
  ['Fixed before', { fixed: '7.79.0-1' }, []],
  ['Testing', { ranges: [[{ introduced: '0' }, { limit: '7.80.0-1' }]] }, ['affected CVE-2020-1 affected', 'affected CVE-2020-2 affected']],
  ['Vulnerable', {}, ['affected CVE-2020-1 affected', 'affected CVE-2020-2 affected']],
  ['Unknown', { status: 'under-investigation' }, ['undecided CVE-2020-1 under-investigation', 'undecided CVE-2020-2 under-investigation']],
  ['Not affected', { status: 'not-affected' }, []],
])('%s', (_, rest, expected) => {
  expect(scanPackage({ distro: ARCH, pkg: alpm('lib32-curl', '7.79.1-1'), says: [group(rest)] }).lines).toEqual(expected);
});

it('names the group beside the flaw', () => {
  const [found] = scanPackage({ distro: ARCH, pkg: alpm('lib32-curl', '7.79.1-1'), says: [group({ severityLabel: 'critical' })] }).found;
  expect(found).toMatchObject({ severity: 'critical', advisories: [{ id: 'AVG-1', url: 'https://security.archlinux.org/AVG-1' }] });
});

it('does not hear of the package that another was built from', () => {
  expect(scanPackage({ distro: ARCH, pkg: alpm('lib32-curl', '7.79.1-1'), says: [group({ name: 'other-base' })] }).lines).toEqual([]);
});

it.each(['manjaro', 'endeavouros', 'cachyos', 'archarm'])('does not speak for %s', (id) => {
  const distro = { id, idLike: ['arch'], path: 'etc/os-release' };
  expect(scanPackage({ distro, pkg: alpm('lib32-curl', '1-1'), says: [group({})] }).lines).toEqual(['unknown-distribution']);
});

it('calls the headers of a kernel what they are in a container', () => {
  const says = [group({ name: 'linux-lts-headers' })];
  expect(scanPackage({ distro: ARCH, pkg: alpm('linux-lts-headers', '5.10-1'), says }).lines[0]).toMatch(/^not-applicable/);
});
