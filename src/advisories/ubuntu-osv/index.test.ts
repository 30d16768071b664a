import { expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { ubuntuOsvFeed } from './index.ts';

const read = (record: unknown) => readFeed(ubuntuOsvFeed, 'ubuntu-osv/all.zip/UBUNTU-CVE-2025-0001.json', JSON.stringify(record));

const affected = (ecosystem: string, events: readonly object[], versions: readonly string[] = ['1.0-1']) => ({
  package: { ecosystem, name: 'acme', purl: 'pkg:deb/ubuntu/acme@1?arch=source' },
  ranges: [{ type: 'ECOSYSTEM', events }],
  versions,
  ecosystem_specific: { binaries: [{ binary_name: 'libacme1', binary_version: '1.2-3' }], availability: 'No subscription required' },
});

/** Written by hand in the form that documentation.ubuntu.com/security, "Ubuntu OSV data", shows. */
const RECORD = {
  schema_version: '1.7.0',
  id: 'UBUNTU-CVE-2025-0001',
  details: 'A flaw.',
  aliases: [],
  upstream: ['CVE-2025-0001'],
  related: ['USN-7000-1'],
  severity: [
    { type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:H' },
    { type: 'Ubuntu', score: 'medium' },
  ],
  published: '2025-07-13T22:15:00Z',
  modified: '2025-07-18T17:02:45Z',
  affected: [
    affected('Ubuntu:22.04:LTS', [{ introduced: '0' }, { fixed: '1.2-3' }]),
    affected('Ubuntu:Pro:18.04:LTS', [{ introduced: '0' }]),
    affected('Ubuntu:26.04', [{ introduced: '0' }]),
    affected('Ubuntu:Pro:FIPS-updates:20.04:LTS', [{ introduced: '0' }]),
    affected('Ubuntu:Pro:22.04:LTS:Realtime:Kernel', [{ introduced: '0' }]),
  ],
};

it('makes a record of the CVE, with Ubuntu’s priority as its word', async () => {
  const { advisories, facts, problems } = await read(RECORD);
  const severityLabel = 'medium';
  expect(advisories).toEqual([
    {
      id: 'CVE-2025-0001',
      kind: 'vulnerability',
      form: 'flaw',
      aliases: [],
      flaws: [],
      cvss: [],
      published: '2025-07-13T22:15:00Z',
      modified: '2025-07-18T17:02:45Z',
      affected: [
        {
          ecosystem: 'Ubuntu:22.04:LTS',
          name: 'acme',
          ranges: [[{ introduced: '0' }, { fixed: '1.2-3' }]],
          status: 'affected',
          severityLabel,
        },
        { ecosystem: 'Ubuntu:Pro:18.04:LTS', name: 'acme', ranges: [[{ introduced: '0' }]], status: 'affected', severityLabel },
        { ecosystem: 'Ubuntu:26.04:LTS', name: 'acme', ranges: [[{ introduced: '0' }]], status: 'affected', severityLabel },
      ],
    },
  ]);
  expect(facts).toEqual([
    {
      id: 'CVE-2025-0001',
      cvss: [{ vector: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:H', source: 'nvd' }],
      published: '2025-07-13T22:15:00Z',
    },
  ]);
  expect(problems).toEqual([]);
});

it('leaves out what was withdrawn, and counts what is no record', async () => {
  expect(await read({ ...RECORD, withdrawn: '2025-08-01T00:00:00Z' })).toMatchObject({
    advisories: [],
    leftOut: ['withdrawn: CVE-2025-0001'],
  });
  expect(await read('text')).toMatchObject({ advisories: [], problems: ['no usable id: ?'] });
  expect(await read({ ...RECORD, affected: [{ package: { ecosystem: 'Ubuntu:22.04:LTS', name: 'acme' } }] })).toMatchObject({
    advisories: [],
    problems: ['no ranges and no versions: CVE-2025-0001'],
  });
});
