import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { nvd } from './index.ts';

/** Written by hand to the NVD's schema, cve_api_json_2.0. */
const PAGE = readFileSync(new URL('testdata/page.json', import.meta.url));

const FACTS = [
  {
    id: 'CVE-2020-0001',
    cvss: [
      { vector: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', source: 'cna' },
      { vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', source: 'nvd' },
      { vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N', source: 'cisa-vulnrichment' },
      { vector: 'AV:N/AC:L/Au:N/C:P/I:P/A:P', source: 'nvd' },
    ],
    cwes: ['CWE-787', 'CWE-79'],
    published: '2020-01-02T03:15:00Z',
  },
  { id: 'CVE-2026-0003', cvss: [], cwes: [], published: '2026-11-20T10:00:00Z' },
];

describe('nvd', () => {
  it.each(['nvd/page.json', 'nvdcve-2.0-2020.json.gz'])(
    'reads a page or a yearly file: who scored what, CWEs, dates (%s)',
    async (name) => {
      expect(await readFeed(nvd, name, PAGE)).toEqual({
        advisories: [],
        facts: FACTS,
        problems: [],
        leftOut: ['withdrawn: CVE-2020-0002'],
      });
    },
  );

  it('reads the CVE objects of a page, one a line', async () => {
    const { vulnerabilities } = JSON.parse(PAGE.toString()) as { readonly vulnerabilities: readonly { readonly cve: unknown }[] };
    const { facts } = await readFeed(
      nvd,
      'nvd/cves-0000000.jsonl.gz',
      vulnerabilities.map(({ cve }) => cve),
    );
    expect(facts).toEqual(FACTS);
  });

  it('says nothing of packages', async () => {
    expect((await readFeed(nvd, 'nvd/page.json', PAGE)).advisories).toEqual([]);
  });

  it.each([
    ['metrics that are none', { metrics: [7], weaknesses: 'CWE-79' }],
    ['scores that are no list', { metrics: { cvssMetricV31: { cvssData: {} } } }],
    ['vectors that are none', { metrics: { cvssMetricV31: [{ cvssData: { vectorString: 'high' } }, { cvssData: 7 }, null] } }],
    ['a vector without end', { metrics: { cvssMetricV31: [{ cvssData: { vectorString: `CVSS:3.1/${'AV:N/'.repeat(1000)}` } }] } }],
    ['weaknesses that are none', { weaknesses: [{ description: [{ value: 7 }, { value: 'NVD-CWE-noinfo' }] }, 7] }],
    ['a date that is none', { published: 'yesterday' }],
  ])('takes no fact out of %s', async (_, rest) => {
    const { facts } = await readFeed(nvd, 'nvd/cves-0000000.jsonl', [{ id: 'CVE-2020-0001', ...rest }]);
    expect(facts).toEqual([{ id: 'CVE-2020-0001', cvss: [], cwes: [] }]);
  });

  it.each([
    ['no CVE', { vulnerabilities: [{ cve: { id: 'GHSA-1' } }] }],
    ['no CVE', { vulnerabilities: [null] }],
    ['no page of the NVD', { vulnerabilities: {} }],
  ])('counts: %s', async (reason, page) => {
    const { problems } = await readFeed(nvd, 'nvd/page.json', JSON.stringify(page));
    expect(problems).toEqual([expect.stringContaining(reason)]);
  });
});
