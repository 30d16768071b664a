import { expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { amazon } from './index.ts';

const advisory = (rest: object) => ({
  ID: 'ALAS2-2023-1912',
  Type: 'security',
  Severity: 'Important',
  Title: 'Amazon Linux 2 2017.12 - ALAS2-2023-1912: important priority package update for httpd',
  Issued: { Date: '2023-02-03 18:39:00' },
  Updated: { Date: '2023-02-07 00:00' },
  References: {
    Reference: [
      { Href: 'http://cve.mitre.org/cgi-bin/cvename.cgi?name=CVE-2022-36760', ID: 'CVE-2022-36760', Type: 'cve' },
      { Href: 'https://rhn.redhat.com/errata/RHSA-2011:1245.html', ID: 'RHSA-2011:1245', Type: 'redhat' },
    ],
  },
  release: '2',
  repo: 'core',
  packages: [{ name: 'httpd', evr: '0:2.4.55-1.amzn2', arch: ['x86_64', 'aarch64'] }],
  ...rest,
});

it('says each package of a release', async () => {
  const { advisories, problems } = await readFeed(amazon, 'os/amazon.jsonl.gz', [advisory({})]);
  expect(advisories).toEqual([
    {
      id: 'ALAS2-2023-1912',
      kind: 'vulnerability',
      form: 'errata',
      aliases: [],
      flaws: ['CVE-2022-36760'],
      cvss: [],
      published: '2023-02-03T18:39:00Z',
      modified: '2023-02-07T00:00:00Z',
      affected: [
        {
          ecosystem: 'Amazon Linux:2',
          name: 'httpd',
          ranges: [[{ introduced: '0' }, { fixed: '0:2.4.55-1.amzn2' }]],
          status: 'affected',
          severityLabel: 'important',
          arches: ['aarch64', 'x86_64'],
        },
      ],
    },
  ]);
  expect(problems).toEqual([]);
});

it.each([
  ['ALAS2PHP8.0-2024-010', '2', 'extras', 'Amazon Linux:2', 'php8.0'],
  ['ALAS2KERNEL-5.10-2025-081', '2', 'extras', 'Amazon Linux:2', 'kernel-5.10'],
  ['ALAS2NITRO-ENCLAVES-2025-049', '2', 'extras', 'Amazon Linux:2', 'nitro-enclaves'],
  ['ALAS-2011-1', '1', 'updates', 'Amazon Linux:1', undefined],
  ['ALAS2023LIVEPATCH-2025-038', '2023', 'kernel-livepatch', 'Amazon Linux:2023', undefined],
])('knows the extra of %s', async (ID, release, repo, ecosystem, module) => {
  const { advisories } = await readFeed(amazon, 'amazon.jsonl', [advisory({ ID, release, repo })]);
  expect(advisories[0]?.affected.map((each) => [each.ecosystem, each.module])).toEqual([[ecosystem, module]]);
});

it('takes one reference for a list, and none', async () => {
  const { advisories } = await readFeed(amazon, 'amazon.jsonl', [
    advisory({ References: { Reference: { ID: 'CVE-2022-0001', Type: 'cve' } } }),
    advisory({ References: { Reference: null } }),
    advisory({ References: null, Issued: 'yesterday' }),
  ]);
  expect(advisories.map(({ flaws }) => flaws)).toEqual([['CVE-2022-0001'], [], []]);
});

it('counts what it cannot use', async () => {
  const { advisories, problems } = await readFeed(amazon, 'amazon.jsonl', [
    advisory({ packages: [{ name: 'a' }, { evr: '1-1' }, 'b'] }),
    advisory({ packages: null }),
    advisory({ release: 'two' }),
    advisory({ ID: 'ALAS' }),
  ]);
  expect(advisories).toEqual([]);
  expect(problems.map((each) => each.split(':')[0])).toEqual([
    'no package or version',
    'no package or version',
    'no package or version',
    'names no package',
    'names no package',
    'no usable id',
    'no usable id',
  ]);
});
