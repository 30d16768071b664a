import { expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { almalinuxOsv } from './index.ts';

it('takes the word that opens the summary for the severity', async () => {
  const range = { type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '0:2.6.5-7.el8_3' }] };
  const record = (summary: string) => ({
    id: 'ALSA-2025:10073',
    summary,
    related: ['CVE-2019-3833'],
    affected: [{ package: { ecosystem: 'AlmaLinux:9', name: 'openwsman' }, ranges: [range] }],
  });
  const { advisories } = await readFeed(almalinuxOsv, 'almalinux-osv.jsonl', [
    record('Moderate: openwsman security update'),
    record('A moderate update'),
  ]);
  expect(advisories.map(({ affected }) => affected[0])).toEqual([
    { ecosystem: 'AlmaLinux:9', name: 'openwsman', ranges: [range.events], status: 'affected', severityLabel: 'moderate' },
    { ecosystem: 'AlmaLinux:9', name: 'openwsman', ranges: [range.events], status: 'affected' },
  ]);
  expect(advisories[0]).toMatchObject({ form: 'errata', flaws: ['CVE-2019-3833'] });
});
