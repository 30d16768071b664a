import { describe, expect, it } from 'vitest';
import { scanPackage } from '../../../testing/distro-scan.ts';
import { osPackage } from '../../../testing/fixtures/inventory.ts';
import type { Distro } from '../../model/index.ts';

const distro = (id: string, versionId: string, parent?: Distro['parent']): Distro => ({
  id,
  versionId,
  ...(parent ? { parent } : {}),
  path: 'etc/os-release',
});
const MINT = distro('linuxmint', '21.3', { id: 'ubuntu', versionId: '22.04' });
const says = (ecosystem: string) => [{ id: 'CVE-2024-1', feed: 'x', ecosystem, name: 'curl', fixed: '9' }];

describe('a derivative that installs its parent’s packages', () => {
  it.each<[Distro, string]>([
    [MINT, 'Ubuntu:22.04:LTS'],
    [distro('linuxmint', '6', { id: 'debian', versionId: '12' }), 'Debian:12'],
    [distro('raspbian', '11'), 'Debian:11'],
    [distro('devuan', '5'), 'Debian:12'],
    [distro('devuan', '4.0'), 'Debian:11'],
  ])('%j is held against %s', (of, ecosystem) => {
    const { lines, found } = scanPackage({ distro: of, pkg: osPackage('deb', 'curl', '1-1'), says: says(ecosystem) });
    expect(lines).toEqual(['affected CVE-2024-1 fixed 9']);
    expect(found[0]?.evidence[0]?.detail).toMatch(
      new RegExp(`^1-1 < 9 \\(dpkg\\); ${of.id} ${of.versionId} installs packages of \\w+ [\\d.]+ \\(https:`),
    );
  });

  it.each([
    [MINT, '1.2+mint3'],
    [distro('raspbian', '11'), '1.2-3+rpi1'],
    [distro('devuan', '5'), '1.2-3+devuan2'],
    [distro('debian', '12'), '1:1.2-3+rpt1'],
  ])('%j does not speak for its own build %s', (of, version) => {
    const covers = ['Ubuntu:22.04:LTS', 'Debian:11', 'Debian:12'];
    expect(scanPackage({ distro: of, pkg: osPackage('deb', 'curl', version), says: [], covers }).lines).toEqual(['third-party-origin']);
  });

  it('is unassessed where it does not say what it is made from', () => {
    const covers = ['Ubuntu:22.04:LTS', 'Debian:12'];
    const lines = (of: Distro) => scanPackage({ distro: of, pkg: osPackage('deb', 'curl', '1-1'), says: [], covers }).lines;
    expect(lines(distro('linuxmint', '21.3'))).toEqual(['unknown-distribution']);
    expect(lines(distro('devuan', 'ceres'))).toEqual(['unknown-distribution']);
  });
});

it.each(['kali', 'parrot', 'pop', 'elementary', 'zorin', 'deepin'])('%s is not taken for its parent', (id) => {
  const of = distro(id, '22.04', { id: 'ubuntu', versionId: '22.04' });
  const covers = ['Ubuntu:22.04:LTS', 'Debian:12'];
  expect(scanPackage({ distro: of, pkg: osPackage('deb', 'curl', '1-1'), says: [], covers }).lines).toEqual(['unknown-distribution']);
});

it.each([
  ['wolfi', 'apk'],
  ['chainguard', 'apk'],
  ['postmarketos', 'apk'],
] as const)('%s has advisories that no feed here reads', (id, type) => {
  expect(scanPackage({ distro: distro(id, '1'), pkg: osPackage(type, 'curl', '1-r0'), says: [] }).lines).toEqual(['unknown-distribution']);
});
