import { expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { bitnami } from './index.ts';

it('reads vectors that stand with the package, and several events of one range in order', async () => {
  const vector = 'CVSS:3.1/AV:N/AC:L/PR:H/UI:R/S:U/C:H/I:N/A:N';
  const events = [{ introduced: '12.10.0' }, { fixed: '15.0.5' }, { introduced: '15.1.0' }, { fixed: '15.1.4' }];
  const { advisories, facts } = await readFeed(bitnami, 'lang/bitnami.jsonl.gz', [
    {
      id: 'BIT-gitlab-2022-2417',
      aliases: ['CVE-2022-2417'],
      affected: [
        {
          package: { ecosystem: 'Bitnami', name: 'gitlab' },
          severity: [{ type: 'CVSS_V3', score: vector }],
          ranges: [{ type: 'SEMVER', events }],
        },
      ],
      database_specific: { severity: 'Medium' },
    },
  ]);
  expect(advisories).toMatchObject([
    { cvss: [vector], affected: [{ ecosystem: 'Bitnami', name: 'gitlab', ranges: [events], severityLabel: 'medium' }] },
  ]);
  expect(facts[1]).toMatchObject({ severity: { level: 'medium', source: 'bitnami' }, cvss: [{ vector, source: 'bitnami' }] });
});
