import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dbBuild } from '../db/build.ts';
import { scan } from './index.ts';

const NOW = new Date('2025-01-11T12:00:00Z');

/** Facts of the trackers, in their own form, cut to what is asked for here. */
const FEEDS: Readonly<Record<string, readonly object[]>> = {
  'ubuntu-cve-tracker.jsonl': [
    {
      id: 'CVE-2023-38545',
      priority: 'high',
      public_date: '2023-10-18 04:15:00 UTC',
      cvss: { nvd: ' CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H [9.8 CRITICAL]' },
      packages: {
        curl: {
          'bionic': ['ignored', 'end of standard support'],
          'esm-infra/bionic': ['not-affected'],
          'jammy': ['released', '7.81.0-1ubuntu1.14'],
          'upstream': ['needs-triage'],
        },
      },
    },
    {
      id: 'CVE-2023-38546',
      priority: 'low',
      public_date: '2023-10-18 04:15:00 UTC',
      packages: {
        curl: {
          'bionic': ['ignored', 'end of standard support, was needed'],
          'esm-infra/bionic': ['released', '7.58.0-2ubuntu3.24+esm2'],
          'jammy': ['released', '7.81.0-1ubuntu1.14'],
        },
      },
    },
    {
      id: 'CVE-2024-0001',
      priority: 'medium',
      public_date: '2024-01-01 00:00:00 UTC',
      packages: { linux: { jammy: ['needed'], bionic: ['not-affected'] } },
    },
  ],
  'arch-avg.jsonl': [
    {
      name: 'AVG-1194',
      packages: ['curl'],
      status: 'Fixed',
      severity: 'High',
      affected: '7.70.0-1',
      fixed: '7.71.0-1',
      issues: ['CVE-2020-8177', 'CVE-2020-8169'],
      advisories: [],
    },
  ],
  'gentoo-glsa.jsonl': [
    {
      ID: '202310-12',
      Product: { Text: 'curl', Type: 'ebuild' },
      Announced: '2023-10-11',
      Revised: { Text: '2023-10-11', Count: '1' },
      Affected: {
        Package: [
          {
            Name: 'net-misc/curl',
            Arch: '*',
            Unaffected: [{ Text: '8.3.0-r2', Range: 'ge', Slot: '' }],
            Vulnerable: [{ Text: '8.3.0-r2', Range: 'lt', Slot: '' }],
          },
        ],
      },
      References: { URI: [{ Text: 'CVE-2023-38545', Link: 'x' }] },
    },
  ],
};

const deb = (name: string, version: string, source = name) =>
  `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nSource: ${source}\nMaintainer: Ubuntu Developers <x@lists.ubuntu.com>\nVersion: ${version}\n\n`;
const osRelease = (id: string, version: string, more = '') => `ID=${id}\nVERSION_ID="${version}"\n${more}`;
const PACMAN = '%NAME%\ncurl\n\n%VERSION%\n7.70.0-1\n\n%BASE%\ncurl\n\n%ARCH%\nx86_64\n\n';

/** Root file systems, and `id fix` of what a scan of each must find. */
const ROOTS: Readonly<Record<string, { files: Readonly<Record<string, string>>; expected: readonly string[] }>> = {
  jammy: {
    files: {
      'etc/os-release': osRelease('ubuntu', '22.04', 'UBUNTU_CODENAME=jammy\n'),
      'var/lib/dpkg/status': deb('libcurl4', '7.81.0-1ubuntu1.10', 'curl') + deb('linux-libc-dev', '5.15.0-91.101', 'linux'),
    },
    expected: [
      'affected CVE-2023-38545 high pkg:deb/ubuntu/libcurl4@7.81.0-1ubuntu1.10?arch=amd64&distro=ubuntu-22.04 -> 7.81.0-1ubuntu1.14',
      'affected CVE-2023-38546 low pkg:deb/ubuntu/libcurl4@7.81.0-1ubuntu1.10?arch=amd64&distro=ubuntu-22.04 -> 7.81.0-1ubuntu1.14',
      'not-applicable CVE-2024-0001 medium pkg:deb/ubuntu/linux-libc-dev@5.15.0-91.101?arch=amd64&distro=ubuntu-22.04 -> ',
    ],
  },
  bionic: {
    files: {
      'etc/os-release': osRelease('ubuntu', '18.04'),
      'var/lib/dpkg/status': deb('libcurl4', '7.58.0-2ubuntu3.24', 'curl') + deb('curl', '7.58.0-2ubuntu3.24+esm1'),
    },
    expected: [
      'affected CVE-2023-38546 low pkg:deb/ubuntu/curl@7.58.0-2ubuntu3.24%2Besm1?arch=amd64&distro=ubuntu-18.04 -> 7.58.0-2ubuntu3.24+esm2',
      'affected CVE-2023-38546 low pkg:deb/ubuntu/libcurl4@7.58.0-2ubuntu3.24?arch=amd64&distro=ubuntu-18.04 -> ',
    ],
  },
  mint: {
    files: {
      'etc/os-release': osRelease('linuxmint', '21.3', 'ID_LIKE="ubuntu debian"\nUBUNTU_CODENAME=jammy\n'),
      'var/lib/dpkg/status': deb('libcurl4', '7.81.0-1ubuntu1.10', 'curl') + deb('mintupdate', '6.0.7+mint1'),
    },
    expected: [
      'affected CVE-2023-38545 high pkg:deb/linuxmint/libcurl4@7.81.0-1ubuntu1.10?arch=amd64&distro=linuxmint-21.3 -> 7.81.0-1ubuntu1.14',
      'affected CVE-2023-38546 low pkg:deb/linuxmint/libcurl4@7.81.0-1ubuntu1.10?arch=amd64&distro=linuxmint-21.3 -> 7.81.0-1ubuntu1.14',
      'mintupdate: third-party-origin',
    ],
  },
  arch: {
    files: { 'etc/os-release': 'ID=arch\n', 'var/lib/pacman/local/curl-7.70.0-1/desc': PACMAN },
    expected: [
      'affected CVE-2020-8169 high pkg:alpm/arch/curl@7.70.0-1?arch=x86_64&distro=arch -> 7.71.0-1',
      'affected CVE-2020-8177 high pkg:alpm/arch/curl@7.70.0-1?arch=x86_64&distro=arch -> 7.71.0-1',
    ],
  },
  gentoo: {
    files: {
      'etc/os-release': osRelease('gentoo', '2.14'),
      'var/db/pkg/net-misc/curl-8.3.0-r1/PF': 'curl-8.3.0-r1\n',
      'var/db/pkg/net-misc/curl-8.3.0-r1/SLOT': '0\n',
      'var/db/pkg/net-misc/curl-8.3.0-r1/repository': 'gentoo\n',
    },
    expected: ['affected CVE-2023-38545 critical pkg:ebuild/net-misc/curl@8.3.0-r1?distro=gentoo-2.14 -> 8.3.0-r2'],
  },
};

const root = mkdtempSync(join(tmpdir(), 'plimsoll-distributions-'));
const cacheDir = join(root, 'cache');
afterAll(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

beforeAll(async () => {
  for (const [name, records] of Object.entries(FEEDS)) write(`feeds/${name}`, records.map((each) => `${JSON.stringify(each)}\n`).join(''));
  for (const [name, { files }] of Object.entries(ROOTS))
    for (const [path, content] of Object.entries(files)) write(`${name}/${path}`, content);
  const built = await dbBuild({ from: join(root, 'feeds'), out: join(cacheDir, 'db'), now: NOW, fetchedAt: '2025-01-10T00:00:00Z' });
  expect(built).toMatchObject({ problems: [], unread: [] });
});

it.each(Object.entries(ROOTS))('%s, from its files to the findings', async (name, { expected }) => {
  const report = await scan(`rootfs:${join(root, name)}`, { cacheDir, offline: true, now: NOW });
  expect(report.inventory.gaps).toEqual([]);
  const found = report.findings.filter(({ kind }) => kind !== 'end-of-life');
  expect([
    ...found
      .map(({ verdict, id, severity, package: { purl }, fix }) => `${verdict} ${id} ${severity} ${purl} -> ${fix.versions.join()}`)
      .sort(),
    ...report.unassessed.map(({ name: pkg, reason }) => `${pkg}: ${reason}`),
  ]).toEqual(expected);
});
