import { expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { redhatOsv } from './index.ts';

const erratum = (id: string, related: readonly string[]) => ({
  id,
  related,
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
  affected: [
    {
      package: { ecosystem: 'Red Hat:enterprise_linux:8::baseos', name: 'openssl-libs' },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '1:1.1.1k-7.el8_6' }] }],
    },
  ],
});

it('reads errata with their CVEs; the vectors stay with the erratum, for they belong to no single CVE', async () => {
  const { advisories, facts } = await readFeed(redhatOsv, 'os/redhat-osv.jsonl.gz', [
    erratum('RHSA-2022:6224', ['CVE-2022-1292', 'CVE-2022-1343']),
  ]);
  expect(advisories).toMatchObject([
    {
      id: 'RHSA-2022:6224',
      form: 'errata',
      flaws: ['CVE-2022-1292', 'CVE-2022-1343'],
      cvss: ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'],
      affected: [{ ecosystem: 'Red Hat:enterprise_linux:8::baseos', name: 'openssl-libs' }],
    },
  ]);
  expect(facts).toEqual([]);
});

it('leaves out bug fixes that fix no CVE, and keeps those that do', async () => {
  const { advisories, leftOut } = await readFeed(redhatOsv, 'redhat-osv.jsonl', [
    erratum('RHBA-2022:0001', []),
    erratum('RHBA-2022:0002', ['CVE-2022-0001']),
    erratum('RHSA-2022:0003', []),
  ]);
  expect(advisories.map(({ id }) => id)).toEqual(['RHBA-2022:0002', 'RHSA-2022:0003']);
  expect(leftOut).toEqual(['not about security: RHBA-2022:0001']);
});
