import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { vulnrichment } from './index.ts';

const VECTOR = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const SSVC = { exploitation: 'poc', automatable: true, technicalImpact: 'total', date: '2024-08-01' };
const read = async (record: unknown) => readFeed(vulnrichment, 'enrich/vulnrichment.jsonl.gz', [record]);

describe('vulnrichment', () => {
  it('reads the one-line form, whatever the case of the words', async () => {
    const { facts } = await read({
      id: 'CVE-2020-0001',
      state: 'PUBLISHED',
      date: '2024-08-01',
      ssvc: { Exploitation: 'PoC', Automatable: 'Yes', 'Technical Impact': 'Total' },
      cvss: [
        ['CISA-ADP', 'cvssV3_1', VECTOR, 9.8, 'CRITICAL'],
        ['cna', 'cvssV3_1', VECTOR, 9.8, 'CRITICAL'],
      ],
      cwe: ['CWE-121', 'none'],
    });
    const cvss = [
      { vector: VECTOR, source: 'cisa-vulnrichment' },
      { vector: VECTOR, source: 'cna' },
    ];
    expect(facts).toEqual([{ id: 'CVE-2020-0001', cvss, cwes: ['CWE-121'], ssvc: SSVC }]);
  });

  it('reads CISA’s container of a CVE record', async () => {
    const options = [{ Exploitation: 'poc' }, { Automatable: 'yes' }, { 'Technical Impact': 'total' }];
    const { facts } = await read({
      cveMetadata: { cveId: 'CVE-2020-0001', state: 'PUBLISHED' },
      containers: {
        cna: { metrics: [], problemTypes: [{ descriptions: [{ cweId: 'CWE-79' }, { description: 'n/a' }] }] },
        adp: [
          {
            providerMetadata: { shortName: 'CISA-ADP' },
            metrics: [
              { cvssV3_1: { vectorString: VECTOR } },
              { other: { type: 'ssvc', content: { timestamp: '2024-08-01T10:00:00.5Z', options } } },
            ],
          },
          { providerMetadata: { shortName: 'CVE' }, metrics: [{ cvssV3_1: { vectorString: VECTOR } }] },
        ],
      },
    });
    expect(facts).toEqual([{ id: 'CVE-2020-0001', cvss: [{ vector: VECTOR, source: 'cisa-vulnrichment' }], cwes: ['CWE-79'], ssvc: SSVC }]);
  });

  it('makes no decision out of some of its points', async () => {
    const { facts } = await read({ id: 'CVE-2020-0001', ssvc: { Exploitation: 'active', Automatable: 'perhaps' } });
    expect(facts).toEqual([{ id: 'CVE-2020-0001', cvss: [], cwes: [] }]);
  });

  it('drops rejected CVEs', async () => {
    expect((await read({ id: 'CVE-2020-0001', state: 'REJECTED' })).leftOut).toEqual(['withdrawn: CVE-2020-0001']);
  });
});
