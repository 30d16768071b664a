import { expect, it } from 'vitest';
import { DEBIAN_12, inventoryOf, library, osPackage } from '../../../testing/fixtures/inventory.ts';
import { missingDatabase } from './missing-database.ts';

const node = library('npm', 'lodash', '4.17.21');

it.each([
  ['only libraries', [node]],
  ['packages of another package manager', [osPackage('apk', 'musl', '1.2.5-r0'), node]],
])('misses the packages of a distribution where there are %s', (_what, packages) => {
  expect(missingDatabase(inventoryOf(packages, { ...DEBIAN_12, prettyName: 'Debian GNU/Linux 12' }))).toEqual({
    code: 'not-here',
    params: { what: 'the packages of Debian GNU/Linux 12' },
    stage: 'app/inventory',
    path: 'etc/os-release',
    incomplete: true,
  });
});

it.each([
  ['an image with its packages', inventoryOf([osPackage('deb', 'libc6', '2.36-9')], DEBIAN_12)],
  ['an image made from nothing', inventoryOf([node])],
  ['a distribution that nobody assesses', inventoryOf([node], { id: 'buildroot', path: 'etc/os-release' })],
  ['a project folder', { ...inventoryOf([node], DEBIAN_12), target: { kind: 'dir' as const, spec: 'dir:.', name: '.' } }],
])('misses nothing in %s', (_what, inventory) => {
  expect(missingDatabase(inventory)).toBeUndefined();
});
