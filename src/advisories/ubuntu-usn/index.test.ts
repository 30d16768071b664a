import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { ubuntuUsn } from './index.ts';

const readPage = (page: unknown) => readFeed(ubuntuUsn, 'ubuntu-usn/notices-000.json', JSON.stringify(page));
const readOsv = (record: unknown) => readFeed(ubuntuUsn, 'ubuntu-osv/all.zip/USN-7000-1.json', JSON.stringify(record));
const source = (name: string, version: string, more: object = {}) => ({ name, version, is_source: true, description: 'Acme', ...more });
const binary = (name: string, version: string, link: string) => ({
  name,
  version,
  is_source: false,
  pocket: 'security',
  source_link: 'https://launchpad.net/ubuntu/+source/acme',
  version_link: `https://launchpad.net/ubuntu/+source/${link}`,
});

/** Written by hand in the form of ubuntu.com/security/notices.json; the texts are left out. */
const NOTICE = {
  id: 'USN-7000-1',
  title: 'Acme vulnerabilities',
  type: 'USN',
  published: '2025-06-25T13:18:21.382313',
  cves_ids: ['CVE-2025-0001', 'CVE-2025-0002'],
  cves: [{ id: 'CVE-2025-0001' }, { id: 'CVE-2025-0002' }],
  references: ['https://launchpad.net/bugs/1'],
  releases: [{ codename: 'jammy', version: '22.04' }],
  related_notices: [],
  release_packages: {
    jammy: [source('acme', '1:1.2-3ubuntu0.1'), binary('libacme1', '1:1.2-3ubuntu0.1', 'acme/1:1.2-3ubuntu0.1')],
    bionic: [source('acme', '1.0-1ubuntu0.1+esm2')],
  },
};

const RECORD = {
  id: 'USN-7000-1',
  published: '2025-06-25T13:18:21Z',
  upstream: ['UBUNTU-CVE-2025-0001', 'UBUNTU-CVE-2025-0002'],
  affected: [
    ['Ubuntu:22.04:LTS', '1:1.2-3ubuntu0.1'],
    ['Ubuntu:Pro:18.04:LTS', '1.0-1ubuntu0.1+esm2'],
  ].map(([ecosystem, fixed]) => ({
    package: { ecosystem, name: 'acme' },
    ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }],
    versions: ['1.0-1'],
  })),
};

const EXPECTED = [
  {
    id: 'USN-7000-1',
    kind: 'vulnerability',
    form: 'errata',
    aliases: [],
    flaws: ['CVE-2025-0001', 'CVE-2025-0002'],
    cvss: [],
    published: '2025-06-25T13:18:21Z',
    affected: [
      { ecosystem: 'Ubuntu:22.04:LTS', name: 'acme', ranges: [[{ introduced: '0' }, { fixed: '1:1.2-3ubuntu0.1' }]], status: 'affected' },
      {
        ecosystem: 'Ubuntu:Pro:18.04:LTS',
        name: 'acme',
        ranges: [[{ introduced: '0' }, { fixed: '1.0-1ubuntu0.1+esm2' }]],
        status: 'affected',
      },
    ],
  },
];

it('makes a bundle of a notice, whether it comes from the API or as OSV', async () => {
  for (const found of [await readPage({ notices: [NOTICE], offset: 0, total_results: 1 }), await readPage(NOTICE), await readOsv(RECORD)]) {
    expect(found.advisories).toEqual(EXPECTED);
    expect({ facts: found.facts, problems: found.problems }).toEqual({ facts: [], problems: [] });
  }
});

it.each<[string, object]>([
  ['CVEs as plain names', { cves_ids: undefined, cves: ['CVE-2025-0001', 'CVE-2025-0002'] }],
  ['CVEs as records alone', { cves_ids: undefined }],
  [
    'nothing but what was built',
    { release_packages: { ...NOTICE.release_packages, jammy: [binary('libacme1', '9', 'acme/1%3A1.2-3ubuntu0.1')] } },
  ],
  ['a date without T', { published: '2025-06-25 13:18:21' }],
])('reads %s', async (_, more) => {
  expect((await readPage({ notices: [{ ...NOTICE, ...more }] })).advisories).toEqual(EXPECTED);
});

describe('leaves out', () => {
  it.each<[string, object, string]>([
    ['a notice without a CVE', { cves_ids: [], cves: [] }, 'not about security: USN-7000-1'],
    ['a kernel', { release_packages: { jammy: [source('linux-aws', '5.15.0-1.1')] } }, 'about a kernel: USN-7000-1'],
    ['a live patch', { id: 'LSN-0112-1' }, 'about no package of an archive: LSN-0112-1'],
  ])('%s', async (_, more, expected) => {
    expect(await readPage({ notices: [{ ...NOTICE, ...more }] })).toMatchObject({ advisories: [], problems: [], leftOut: [expected] });
  });

  it('a kernel as OSV', async () => {
    const kernel = { ...RECORD, affected: [{ ...RECORD.affected[0], package: { ecosystem: 'Ubuntu:22.04:LTS', name: 'linux' } }] };
    expect(await readOsv(kernel)).toMatchObject({ advisories: [], problems: [], leftOut: ['about a kernel: USN-7000-1'] });
  });

  it('builds for FIPS', async () => {
    const packages = { jammy: [source('acme', '1.2-3ubuntu0.1'), source('acme-fips', '1.2-3ubuntu0.1+Fips1')] };
    const { advisories } = await readPage({ notices: [{ ...NOTICE, release_packages: packages }] });
    expect(advisories[0]?.affected.map(({ name }) => name)).toEqual(['acme']);
  });
});

it.each<[string, unknown, string]>([
  ['another id', { ...NOTICE, id: 'USN-x' }, 'not a notice: USN-x'],
  ['no packages', { ...NOTICE, release_packages: null }, 'not a notice: USN-7000-1'],
  ['an unknown release', { ...NOTICE, release_packages: { zippy: [source('acme', '1-1')] } }, 'unknown release: USN-7000-1'],
  [
    'a version that is none',
    { ...NOTICE, release_packages: { jammy: [source('acme', 'soon')] } },
    'no version of a released fix: USN-7000-1',
  ],
  ['packages that are none', { ...NOTICE, release_packages: { jammy: [null, 7, {}] } }, 'names no package: USN-7000-1'],
  ['no notice at all', 7, 'not a notice: undefined'],
])('counts %s', async (_, value, problem) => {
  const { advisories, problems } = await readPage({ notices: [value] });
  expect(advisories).toEqual([]);
  expect(problems).toContain(problem);
});
