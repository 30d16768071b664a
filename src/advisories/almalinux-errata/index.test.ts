import { expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { almalinuxErrata } from './index.ts';

const erratum = (rest: object) => ({
  id: 'ALSA-2024:0001',
  type: 'security',
  title: 'Important: nodejs:18 security update',
  severity: 'Important',
  issued_date: 1739404800,
  updated_date: 1739533775,
  modules: [{ name: 'nodejs', stream: '18', arch: 'x86_64', context: '8cf767d6', version: '9050020250214042843' }],
  packages: [
    { name: 'nodejs', evr: '1:18.20.6-1.module_el9.5.0+136+92f38f3c', src: 'nodejs-18.src.rpm', arch: ['x86_64', 'aarch64', 'x86_64'] },
    { name: 'nodejs-docs', evr: '1:18.20.6-1.module_el9.5.0+136+92f38f3c', arch: ['noarch'] },
    { name: 'nodejs-packaging', evr: '0:2021.06-4.el9', arch: ['noarch'] },
  ],
  references: [
    { type: 'cve', id: 'CVE-2025-22150', href: 'https://access.redhat.com/security/cve/CVE-2025-22150' },
    { type: 'rhsa', id: 'RHSA-2025:1446' },
    { type: 'self', id: 'ALSA-2024:0001', href: 'https://errata.almalinux.org/9/ALSA-2024-0001.html' },
  ],
  ...rest,
});

it('says each package with its stream and architectures', async () => {
  const { advisories, problems } = await readFeed(almalinuxErrata, 'os/almalinux-errata.jsonl.gz', [erratum({})]);
  const range = (fixed: string) => ({ ranges: [[{ introduced: '0' }, { fixed }]], status: 'affected', severityLabel: 'important' });
  const modular = range('1:18.20.6-1.module_el9.5.0+136+92f38f3c');
  expect(advisories).toEqual([
    {
      id: 'ALSA-2024:0001',
      kind: 'vulnerability',
      form: 'errata',
      aliases: [],
      flaws: ['CVE-2025-22150'],
      cvss: [],
      published: '2025-02-13T00:00:00Z',
      modified: '2025-02-14T11:49:35Z',
      affected: [
        { ecosystem: 'AlmaLinux:9', name: 'nodejs', ...modular, module: 'nodejs:18', arches: ['aarch64', 'x86_64'] },
        { ecosystem: 'AlmaLinux:9', name: 'nodejs-docs', ...modular, module: 'nodejs:18', arches: ['noarch'] },
        { ecosystem: 'AlmaLinux:9', name: 'nodejs-packaging', ...range('0:2021.06-4.el9'), arches: ['noarch'] },
      ],
    },
  ]);
  expect(problems).toEqual([]);
});

it.each([
  ['Moderate: virt:rhel and virt-devel:rhel security update', ['virt:rhel', 'virt-devel:rhel']],
  ['Moderate: ruby security update', ['*']],
])('takes the streams from the title: %s', async (title, modules) => {
  const { advisories } = await readFeed(almalinuxErrata, 'almalinux-errata.jsonl', [
    erratum({ title, packages: erratum({}).packages.slice(0, 1) }),
  ]);
  expect(advisories[0]?.affected.map((each) => each.module)).toEqual(modules);
});

it('keeps an erratum without CVEs under its own id, and leaves bug fixes out', async () => {
  const { advisories, leftOut } = await readFeed(almalinuxErrata, 'almalinux-errata.jsonl', [
    erratum({ references: [] }),
    erratum({ id: 'ALBA-2024:0002', references: [] }),
  ]);
  expect(advisories.map(({ id, flaws }) => [id, flaws])).toEqual([['ALSA-2024:0001', []]]);
  expect(leftOut).toEqual(['not about security: ALBA-2024:0002']);
});

it('counts what it cannot use', async () => {
  const broken = [{ name: 'a', evr: '' }, { name: '', evr: '1-1.el9' }, { name: 'a', evr: '1.0 -1.el9' }, { name: 'b', evr: '1-1' }, 7];
  const { advisories, problems } = await readFeed(almalinuxErrata, 'almalinux-errata.jsonl', [
    erratum({ packages: [...broken, { name: 'good', evr: '1-1.el9', arch: 'x86_64' }], references: [], issued_date: 'soon' }),
    erratum({ packages: 'all' }),
    erratum({ id: 'RHSA-2024:1' }),
  ]);
  expect(advisories.map((each) => each.affected.map(({ name }) => name))).toEqual([['good']]);
  expect(problems).toEqual([
    'no release: ALSA-2024:0001',
    'no release: ALSA-2024:0001',
    'no release: ALSA-2024:0001',
    'no package or version: ALSA-2024:0001',
    'no package or version: ALSA-2024:0001',
    'names no package: ALSA-2024:0001',
    'no usable id: RHSA-2024:1',
  ]);
});
