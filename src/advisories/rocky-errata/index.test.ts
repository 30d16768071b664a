import { expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { rockyErrata } from './index.ts';

const VECTOR = 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N';
const erratum = (rest: object) => ({
  name: 'RLSA-2025:0325',
  synopsis: 'Important: rsync security update',
  severity: 'SEVERITY_IMPORTANT',
  type: 'TYPE_SECURITY',
  publishedAt: '2025-01-17T16:13:44.551420Z',
  affectedProducts: ['Rocky Linux 8'],
  cves: [
    { name: 'CVE-2024-12085', cvss3ScoringVector: VECTOR },
    { name: 'CVE-2024-12086', cvss3ScoringVector: 'UNKNOWN' },
  ],
  rpms: {
    'Rocky Linux 8': {
      nvras: [
        'rsync-0:3.1.3-20.el8_10.aarch64.rpm',
        'rsync-0:3.1.3-20.el8_10.src.rpm',
        'rsync-0:3.1.3-20.el8_10.x86_64.rpm',
        'rsync-daemon-0:3.1.3-20.el8_10.noarch.rpm',
      ],
    },
  },
  ...rest,
});

it('says each package of the files, the source packages aside', async () => {
  const { advisories, facts, problems } = await readFeed(rockyErrata, 'os/rocky-errata.jsonl.gz', [erratum({})]);
  const plain = {
    ecosystem: 'Rocky Linux:8',
    ranges: [[{ introduced: '0' }, { fixed: '0:3.1.3-20.el8_10' }]],
    status: 'affected',
    severityLabel: 'important',
  };
  expect(advisories).toEqual([
    {
      id: 'RLSA-2025:0325',
      kind: 'vulnerability',
      form: 'errata',
      aliases: [],
      flaws: ['CVE-2024-12085', 'CVE-2024-12086'],
      cvss: [],
      published: '2025-01-17T16:13:44Z',
      affected: [
        { ...plain, name: 'rsync', arches: ['aarch64', 'x86_64'] },
        { ...plain, name: 'rsync-daemon', arches: ['noarch'] },
      ],
    },
  ]);
  expect(facts).toEqual([{ id: 'CVE-2024-12085', cvss: [{ vector: VECTOR, source: 'rocky' }] }]);
  expect(problems).toEqual([]);
});

it('knows streams, Rocky’s own spelling of them, and repositories of special interest groups', async () => {
  const modular = ['golang-0:1.21.7-1.module+el8.10.0+1+aaaaaaaa.x86_64.rpm'];
  const { advisories } = await readFeed(rockyErrata, 'rocky-errata.jsonl', [
    erratum({ synopsis: 'Moderate: go-toolset:Rocky Linux8 security update', rpms: { 'Rocky Linux 8': { nvras: modular } } }),
    erratum({ name: 'RXSA-2024:1', rpms: { 'Rocky Linux SIG Cloud 9': { nvras: ['kernel-0:5.14.0-1.el9.cloud.x86_64.rpm'] } } }),
  ]);
  expect(advisories.flatMap((each) => each.affected.map(({ ecosystem, module }) => [ecosystem, module]))).toEqual([
    ['Rocky Linux:8', 'go-toolset:rhel8'],
    ['Rocky Linux:9:sig-cloud', undefined],
  ]);
});

it('counts what it cannot use', async () => {
  const { advisories, problems } = await readFeed(rockyErrata, 'rocky-errata.jsonl', [
    erratum({ rpms: { 'Rocky Linux 8': { nvras: ['rsync.rpm', 7, 'rsync-0:3.1.3-20.el8_10.x86_64.rpm'] } }, cves: null, publishedAt: 7 }),
    erratum({ rpms: { 'Slackware 15': { nvras: ['rsync-0:3.1.3-20.el8_10.x86_64.rpm'] } } }),
    erratum({ rpms: [] }),
    erratum({ name: '../x' }),
  ]);
  expect(advisories.map(({ id, flaws }) => [id, flaws])).toEqual([['RLSA-2025:0325', []]]);
  expect(problems).toEqual([
    'no package or version: RLSA-2025:0325',
    'no package or version: RLSA-2025:0325',
    'names no package: RLSA-2025:0325',
    'names no package: RLSA-2025:0325',
    'no usable id: ../x',
  ]);
});
