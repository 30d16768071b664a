import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readFeed } from '../../testing/read-feed.ts';
import { advisorySources } from './index.ts';

/** Names of real files, and which feed must claim them. */
const FILES: Readonly<Record<string, string | undefined>> = {
  'debian-tracker/json.json': 'debian-tracker',
  'debian-tracker.json.gz': 'debian-tracker',
  'debian-dsa/data/DSA/list': 'debian-dsa',
  'security-tracker/data/DLA/list': 'debian-dsa',
  'debian-dsa/security-tracker-master.tar.gz/security-tracker-master/data/DTSA/list': 'debian-dsa',
  'debian-dsa/security-tracker-master.tar.gz/security-tracker-master/data/CVE/list': undefined,
  'os/debian-osv.jsonl.gz': 'debian-osv',
  'debian-osv/CVE-2021-1.json': 'debian-osv',
  'os/alpine-secdb.jsonl.gz': 'alpine-secdb',
  'secdb/v3.20/main.json': 'alpine-secdb',
  'os/alpine-osv.jsonl.gz': 'alpine-osv',
  'os/redhat-osv.jsonl.gz': 'redhat-osv',
  'os/redhat-cve.jsonl.gz': 'redhat-cve',
  'redhat-vex/csaf_vex_2026-11-20.tar.zst/2024/cve-2024-0001.json': 'redhat-vex',
  'redhat-vex/2024/cve-2024-0001.json': 'redhat-vex',
  'redhat-vex/changes.csv': undefined,
  'os/redhat-repository-to-cpe.jsonl.gz': 'redhat-repository-to-cpe',
  'repository-to-cpe.json': 'redhat-repository-to-cpe',
  'os/almalinux-osv.jsonl.gz': 'almalinux-osv',
  'os/almalinux-errata.jsonl.gz': 'almalinux-errata',
  'almalinux-errata/9/errata.full.json': 'almalinux-errata',
  'rocky-errata/RLSA-2025-21816.json': 'rocky-errata',
  'os/rocky-errata.jsonl.gz': 'rocky-errata',
  'os/oracle.jsonl.gz': 'oracle',
  'oracle/com.oracle.elsa-2024.xml.bz2': 'oracle',
  'com.oracle.elsa-20240001.xml': 'oracle',
  'os/amazon.jsonl.gz': 'amazon',
  'amazon/2/extras/php8.0/updateinfo.xml.gz': 'amazon',
  'os/azurelinux-3.0-oval-20250224.xml.gz': 'azurelinux',
  'cbl-mariner-2.0-oval.xml': 'azurelinux',
  'os/ubuntu-cve-tracker.jsonl.gz': 'ubuntu-cve-tracker',
  'ubuntu-cve-tracker/ubuntu-cve-tracker-master.tar.gz/ubuntu-cve-tracker-master/active/CVE-2024-0727': 'ubuntu-cve-tracker',
  'ubuntu-cve-tracker/retired/CVE-2004-1000': 'ubuntu-cve-tracker',
  'ubuntu-cve-tracker/ignored/not-for-us.txt': undefined,
  'ubuntu-cve-tracker/active/00boilerplate': undefined,
  'ubuntu-osv/all.zip/UBUNTU-CVE-2025-6491.json': 'ubuntu-osv',
  'ubuntu-osv/main.tar.gz/ubuntu-security-notices-main/osv/cve/2025/UBUNTU-CVE-2025-6491.json': 'ubuntu-osv',
  'ubuntu-osv/main.tar.gz/ubuntu-security-notices-main/osv/usn/USN-7648-1.json': 'ubuntu-usn',
  'ubuntu-osv/main.tar.gz/ubuntu-security-notices-main/osv/lsn/LSN-0112-1.json': undefined,
  'ubuntu-osv/main.tar.gz/ubuntu-security-notices-main/usn/USN-7648-1.json': undefined,
  'ubuntu-osv/all.zip/USN-7648-1.json': 'ubuntu-usn',
  'osv/Ubuntu/all.zip/UBUNTU-CVE-2025-6491.json': 'ubuntu-osv',
  'osv/Ubuntu/USN-7648-1.json': 'ubuntu-usn',
  'osv/Ubuntu/all.zip/LSN-0112-1.json': undefined,
  'ubuntu-usn/notices-000.json': 'ubuntu-usn',
  'os/arch-avg.jsonl.gz': 'arch-avg',
  'arch-avg.json': 'arch-avg',
  'os/gentoo-glsa.jsonl.gz': 'gentoo-glsa',
  'gentoo-glsa/master.tar.gz/glsa-master/glsa-202401-01.xml': 'gentoo-glsa',
  'glsa-202401-01.xml': 'gentoo-glsa',
  'gentoo-glsa/master.tar.gz/glsa-master/README': undefined,
  'os/rocky-osv.jsonl.gz': 'rocky-osv',
  'os/suse-osv.jsonl.gz': 'suse-osv',
  'suse-osv/osv.tar.bz2/osv/SUSE-SU-2015:0011-2.json': 'suse-osv',
  'suse-osv/osv.tar.bz2/osv/all.json': undefined,
  'redhat-repository-to-cpe/repository-to-cpe.json': 'redhat-repository-to-cpe',
  'azurelinux/azurelinux-3.0-oval.xml': 'azurelinux',
  'lang/ghsa-npm.jsonl.gz': 'ghsa',
  'ghsa/2021/03/GHSA-35jh-r3h4-6jhm.json': 'ghsa',
  'lang/govulndb.jsonl.gz': 'govulndb',
  'lang/pypa.jsonl.gz': 'pypa',
  'lang/psf.jsonl.gz': 'psf',
  'lang/bitnami.jsonl.gz': 'bitnami',
  'lang/rustsec.jsonl.gz': 'rustsec',
  'lang/rubysec.jsonl.gz': 'rubysec',
  'lang/friendsofphp.jsonl.gz': 'friendsofphp',
  'malicious/malicious-npm.jsonl.gz': 'malicious',
  'enrich/epss-20260816.csv.gz': 'epss',
  'enrich/epss_scores-current.csv.gz': 'epss',
  'enrich/cisa-kev-20250825.json.gz': 'kev',
  'known_exploited_vulnerabilities.json': 'kev',
  'enrich/vulnrichment.jsonl.gz': 'vulnrichment',
  'ghsa/main.tar.gz/advisory-database-main/advisories/github-reviewed/2017/10/GHSA-229r-pqp6-8w6g/GHSA-229r-pqp6-8w6g.json': 'ghsa',
  'ghsa/main.tar.gz/advisory-database-main/advisories/unreviewed/2022/05/GHSA-2222-2222-2222/GHSA-2222-2222-2222.json': undefined,
  'ghsa/main.tar.gz/advisory-database-main/README.md': undefined,
  'govulndb/ID/GO-2020-0004.json': 'govulndb',
  'govulndb/vulndb.zip/ID/GO-2020-0004.json': 'govulndb',
  'govulndb/vulndb.zip/index/vulns.json': undefined,
  'pypa/main.tar.gz/advisory-database-main/vulns/accesscontrol/PYSEC-2021-370.yaml': 'pypa',
  'pypa/main.tar.gz/advisory-database-main/triage/false_positives.yaml': undefined,
  'pypa/main.tar.gz/advisory-database-main/.github/workflows/pr.yaml': undefined,
  'psf/main.tar.gz/advisory-database-main/advisories/python/PSF-2007-1.json': 'psf',
  'rustsec/main.tar.gz/advisory-db-main/crates/abi_stable/RUSTSEC-2020-0105.md': 'rustsec',
  'rustsec/main.tar.gz/advisory-db-main/rust/std/CVE-2015-20001.md': 'rustsec',
  'rustsec/main.tar.gz/advisory-db-main/EXAMPLE_ADVISORY.md': undefined,
  'rubysec/master.tar.gz/ruby-advisory-db-master/gems/actionpack/CVE-2012-1099.yml': 'rubysec',
  'rubysec/master.tar.gz/ruby-advisory-db-master/rubies/jruby/CVE-2010-1330.yml': 'rubysec',
  'rubysec/master.tar.gz/ruby-advisory-db-master/.github/workflows/ruby.yml': undefined,
  'friendsofphp/master.tar.gz/security-advisories-master/symfony/http-foundation/CVE-2024-50345.yaml': 'friendsofphp',
  'friendsofphp/master.tar.gz/security-advisories-master/.github/workflows/php.yaml': undefined,
  'friendsofphp/master.tar.gz/security-advisories-master/composer.json': undefined,
  'bitnami/main.tar.gz/vulndb-main/data/activemq/BIT-activemq-2020-13947.json': 'bitnami',
  'bitnami/main.tar.gz/vulndb-main/config/components/activemq.json': undefined,
  'malicious/main.tar.gz/malicious-packages-main/osv/malicious/npm/@cacheable/memory/MAL-2025-1.json': 'malicious',
  'malicious/main.tar.gz/malicious-packages-main/config/config.yaml': undefined,
  'vulnrichment/develop.tar.gz/vulnrichment-develop/1999/0xxx/CVE-1999-0022.json': 'vulnrichment',
  'vulnrichment/develop.tar.gz/vulnrichment-develop/assets/x.json': undefined,
  'nvd/pages/000000.jsonl.gz': 'nvd',
  'nvdcve-2.0-2024.json.gz': 'nvd',
  'schema/osv-schema.json': undefined,
  'feeds.json': undefined,
};

it.each(Object.entries(FILES))('%s belongs to %s alone', (name, feed) => {
  expect(advisorySources.filter((source) => source.claims(name)).map(({ id }) => id)).toEqual(feed === undefined ? [] : [feed]);
});

const HOSTILE: readonly unknown[] = [
  null,
  [],
  'text',
  7,
  {},
  { id: 7 },
  { id: '' },
  { id: 'x'.repeat(10_000) },
  { id: 'CVE-2020-0001', affected: 'all' },
  { id: 'CVE-2020-0001', affected: [null, 3, { package: 'x' }, { package: { ecosystem: 'npm', name: 'a\u0000b' } }] },
  { id: 'CVE-2020-0001', aliases: 'GHSA-1', related: [null, 4], severity: [{ score: 9 }, 'high'] },
  { id: 'CVE-2020-0001', affected: [{ package: { ecosystem: 'npm', name: 'x' }, ranges: [{ type: 'SEMVER', events: [{ fixed: 5 }] }] }] },
  { id: 'CVE-2020-0001', affected: [{ package: { ecosystem: 'npm', name: 'x' }, ranges: [{ type: 'SEMVER', events: [{}] }] }] },
  {
    id: 'CVE-2020-0001',
    affected: [{ package: { ecosystem: 'npm', name: 'x' }, ranges: [{ type: 'SEMVER', events: [{ before: '1' }] }] }],
  },
  { vulnerabilities: [[], 'x'] },
  { distroversion: 'v3.1', packages: [{ pkg: { name: 'x', secfixes: { '1': [7, null, '', '  '] } } }, { pkg: null }] },
  { id: 'CVE-2020-0001', containers: { adp: { a: 1 }, cna: [] }, ssvc: [] },
];

/** Feeds of other forms than JSON have their own suites. */
const OTHER_FORMS = new Set(['azurelinux', 'debian-dsa']);
const jsonSources = advisorySources.filter(({ id }) => !OTHER_FORMS.has(id));

describe.each(jsonSources.map((source) => [source.id, source] as const))('%s, given what it should not be given', (id, source) => {
  const name = id === 'epss' ? 'epss-20260816.csv' : `${id}.jsonl`;

  it('makes nothing of it, and counts it', async () => {
    const { advisories, facts, problems } = await readFeed(source, name, HOSTILE);
    expect(advisories).toEqual([]);
    expect(facts.filter((fact) => fact.cvss?.length || fact.epss || fact.kev || fact.ssvc)).toEqual([]);
    expect(problems.length).toBeGreaterThan(0);
  });

  it('counts lines that are no records, and reads on', async () => {
    const { advisories, problems } = await readFeed(source, name, '{"id": \n\u0000\u00ff\n\n{]\n');
    expect(advisories).toEqual([]);
    expect(problems.length).toBe(3);
  });

  it.each([
    ['cut off', gzipSync(Buffer.alloc(100_000, 'a')).subarray(0, 60)],
    ['damaged', Buffer.concat([gzipSync('x').subarray(0, 12), Buffer.alloc(40, 0xff)])],
  ])('fails on a compressed file that is %s', async (_, bytes) => {
    await expect(readFeed(source, `${name}.gz`, bytes)).rejects.toThrow();
  });
});
