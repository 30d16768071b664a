import { expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { oracle } from './index.ts';

const VECTOR = 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H';
const erratum = (rest: object) => ({
  id: 'ELSA-2023-3577',
  title: 'ELSA-2023-3577:  nodejs:18 security update (IMPORTANT)',
  published: '2023-06-14T00:00:00Z',
  severity: ['IMPORTANT'],
  cves: [
    { id: 'CVE-2023-0001', cvss: VECTOR },
    { id: 'CVE-2023-0002', cvss: null },
  ],
  fixed: {
    'oracle:9': {
      '1:18.14.2-3.module+el9.2.0+1+aaaaaaaa': { 'aarch64,x86_64': ['nodejs'], 'x86_64': ['npm', 'nodejs'] },
      '0:3.0.1-1.el9': { 'aarch64,x86_64': ['nodejs-nodemon'] },
    },
  },
  ...rest,
});

it('says each package by release, version and architecture', async () => {
  const { advisories, facts, problems } = await readFeed(oracle, 'os/oracle.jsonl.gz', [erratum({})]);
  const plain = { ecosystem: 'Oracle Linux:9', status: 'affected', severityLabel: 'important' };
  const modular = { ...plain, ranges: [[{ introduced: '0' }, { fixed: '1:18.14.2-3.module+el9.2.0+1+aaaaaaaa' }]], module: 'nodejs:18' };
  expect(advisories).toEqual([
    {
      id: 'ELSA-2023-3577',
      kind: 'vulnerability',
      form: 'errata',
      aliases: [],
      flaws: ['CVE-2023-0001', 'CVE-2023-0002'],
      cvss: [],
      published: '2023-06-14T00:00:00Z',
      affected: [
        { ...modular, name: 'nodejs', arches: ['aarch64', 'x86_64'] },
        { ...modular, name: 'npm', arches: ['x86_64'] },
        { ...plain, name: 'nodejs-nodemon', ranges: [[{ introduced: '0' }, { fixed: '0:3.0.1-1.el9' }]], arches: ['aarch64', 'x86_64'] },
      ],
    },
  ]);
  expect(facts).toEqual([{ id: 'CVE-2023-0001', cvss: [{ vector: VECTOR, source: 'oracle' }] }]);
  expect(problems).toEqual([]);
});

it('takes an id with a second number, no severity and no CVE', async () => {
  const { advisories } = await readFeed(oracle, 'oracle.jsonl', [erratum({ id: 'ELSA-2012-0150-1', severity: ['N/A'], cves: [] })]);
  expect(advisories[0]).toMatchObject({ id: 'ELSA-2012-0150-1', flaws: [] });
  expect(advisories[0]?.affected[0]).not.toHaveProperty('severityLabel');
});

it('counts what it cannot use', async () => {
  const { advisories, problems } = await readFeed(oracle, 'oracle.jsonl', [
    erratum({
      fixed: {
        'oracle:9': { 'no version': { x86_64: ['a'] }, '1-1': { x86_64: 'a' }, '1-2': [] },
        'solaris:11': { '1-1': { x86_64: ['a'] } },
      },
    }),
    erratum({ fixed: 'all', cves: 7, severity: 7, title: [] }),
    erratum({ id: 'RHSA-1' }),
  ]);
  expect(advisories).toEqual([]);
  expect(problems).toEqual([
    'no package or version: ELSA-2023-3577',
    'names no package: ELSA-2023-3577',
    'names no package: ELSA-2023-3577',
    'no usable id: RHSA-1',
  ]);
});
