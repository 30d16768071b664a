import { expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { kev } from './index.ts';

const read = (vulnerabilities: unknown) =>
  readFeed(kev, 'enrich/cisa-kev-20250825.json.gz', JSON.stringify({ catalogVersion: '2025.08.25', vulnerabilities }));

it('reads when a flaw was listed, until when agencies must act, and whether ransomware uses it', async () => {
  const entry = {
    cveID: 'CVE-2025-48384',
    dateAdded: '2025-08-25',
    dueDate: '2025-09-15',
    knownRansomwareCampaignUse: 'Known',
    cwes: ['CWE-59'],
  };
  const { facts } = await read([entry, { ...entry, cveID: 'CVE-2025-0001', dueDate: '', knownRansomwareCampaignUse: 'Unknown' }]);
  expect(facts).toEqual([
    { id: 'CVE-2025-48384', kev: { dateAdded: '2025-08-25', dueDate: '2025-09-15', ransomware: true }, cwes: ['CWE-59'] },
    { id: 'CVE-2025-0001', kev: { dateAdded: '2025-08-25', ransomware: false }, cwes: ['CWE-59'] },
  ]);
});

it('counts entries without a CVE or a date, and what is no catalogue', async () => {
  expect((await read([{ cveID: 'x', dateAdded: '2025-08-25' }, { cveID: 'CVE-2025-0001', dateAdded: 5 }, null])).problems).toHaveLength(3);
  expect((await read('none')).problems).toEqual(['not the catalogue: ?']);
});
