import { expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { debianOsv } from './index.ts';

const CVE = {
  schema_version: '1.6.0',
  id: 'CVE-2022-0001',
  modified: '2024-11-20T23:38:56.123Z',
  published: '2022-06-18T04:00:00Z',
  aliases: ['GHSA-aaaa-bbbb-cccc', 'CVE-2022-0002'],
  related: ['DSA-1-1', 'CVE-2022-0003'],
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' }],
  affected: [
    affected('Debian:11', [{ introduced: '0' }, { fixed: '1.2-3' }], 'not yet assigned'),
    affected('Debian:12', [{ introduced: '0' }], 'unimportant'),
    affected('Debian:13', [{ introduced: '0' }, { fixed: '0' }], 'low'),
    affected('Debian:10', [{ introduced: '0' }], 'end-of-life'),
    affected('Alpine:v3.20', [{ introduced: '0' }, { fixed: '1.2-r0' }], undefined),
    { package: {}, ranges: [{ type: 'GIT', repo: 'https://example.org/x', events: [{ introduced: '0' }, { fixed: 'abc' }] }] },
  ],
};
const DSA = {
  id: 'DSA-1-1',
  modified: '2024-01-09T20:26:34Z',
  related: ['CVE-2022-0001', 'CVE-2022-0009', 'TEMP-1'],
  affected: [
    {
      package: { ecosystem: 'Debian:11', name: 'acme' },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '1.2-3' }] }],
    },
  ],
};

function affected(ecosystem: string, events: readonly object[], urgency: string | undefined) {
  return {
    package: { ecosystem, name: 'acme' },
    ranges: [{ type: 'ECOSYSTEM', events }],
    ...(urgency ? { ecosystem_specific: { urgency } } : {}),
  };
}

it('reads the state of every Debian release, with the urgency as Debian’s word', async () => {
  const { advisories, problems } = await readFeed(debianOsv, 'os/debian-osv.jsonl.gz', [CVE]);
  expect(advisories).toEqual([
    {
      id: 'CVE-2022-0001',
      kind: 'vulnerability',
      form: 'flaw',
      aliases: ['GHSA-aaaa-bbbb-cccc'],
      flaws: [],
      cvss: [],
      published: '2022-06-18T04:00:00Z',
      modified: '2024-11-20T23:38:56Z',
      affected: [
        { ecosystem: 'Debian:11', name: 'acme', ranges: [[{ introduced: '0' }, { fixed: '1.2-3' }]], status: 'affected' },
        { ecosystem: 'Debian:12', name: 'acme', ranges: [[{ introduced: '0' }]], status: 'affected', severityLabel: 'unimportant' },
        { ecosystem: 'Debian:13', name: 'acme', ranges: [], status: 'not-affected', severityLabel: 'low' },
        { ecosystem: 'Debian:10', name: 'acme', ranges: [[{ introduced: '0' }]], status: 'end-of-life' },
      ],
    },
  ]);
  expect(problems).toEqual([]);
});

it('takes the vectors for facts of the NVD, and no CVE for the alias of another', async () => {
  const { facts } = await readFeed(debianOsv, 'debian-osv.jsonl', [CVE]);
  expect(facts).toEqual([
    { id: 'CVE-2022-0001', aliases: ['GHSA-aaaa-bbbb-cccc'] },
    {
      id: 'CVE-2022-0001',
      cvss: [{ vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', source: 'nvd' }],
      published: '2022-06-18T04:00:00Z',
    },
  ]);
});

it('reads a DSA as a bundle of the CVEs in `related`, which makes none of them an alias', async () => {
  const { advisories, facts } = await readFeed(debianOsv, 'debian-osv/DSA-1-1.json', JSON.stringify(DSA));
  expect(advisories).toMatchObject([{ id: 'DSA-1-1', form: 'errata', aliases: [], flaws: ['CVE-2022-0001', 'CVE-2022-0009'] }]);
  expect(facts).toEqual([]);
});

it('takes osv.dev’s name for Debian’s record of a CVE for the CVE', async () => {
  const { advisories } = await readFeed(debianOsv, 'debian-osv.jsonl', [
    { ...CVE, id: 'DEBIAN-CVE-2022-0001', aliases: [], upstream: ['CVE-2022-0001'] },
    { ...DSA, related: [], upstream: ['CVE-2022-0001', 'DEBIAN-CVE-2022-0009'] },
  ]);
  expect(advisories.map(({ id, form, flaws }) => ({ id, form, flaws }))).toEqual([
    { id: 'CVE-2022-0001', form: 'flaw', flaws: [] },
    { id: 'DSA-1-1', form: 'errata', flaws: ['CVE-2022-0001', 'CVE-2022-0009'] },
  ]);
});
