import { expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { type VexStatement, vexDocument } from '../../../testing/vex-document.ts';
import { redhatVex } from './index.ts';

const CVE = 'CVE-2024-1234';
const VECTOR = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H';
const BASEOS = 'cpe:/o:redhat:enterprise_linux:8::baseos';
const RHEL8 = 'cpe:/o:redhat:enterprise_linux:8';
const NODE = 'nodejs:18:8090020240101000000:a75119d5';
const fixed = (name: string, evr: string, rest: Partial<VexStatement> = {}): VexStatement => ({
  cpe: BASEOS,
  name,
  evr,
  arch: 'x86_64',
  status: 'fixed',
  erratum: 'RHSA-2024:1001',
  ...rest,
});
const open = (name: string, status: VexStatement['status'], rest: Partial<VexStatement> = {}): VexStatement => ({
  cpe: RHEL8,
  name,
  arch: 'src',
  status,
  ...rest,
});
const read = (document: object) => readFeed(redhatVex, 'redhat-vex/2024/cve-2024-1234.json', JSON.stringify(document));
const readSays = (says: readonly VexStatement[]) => read(vexDocument(CVE, says));

it('tells each erratum with this flaw, by product and installed package', async () => {
  const document = vexDocument(
    CVE,
    [
      fixed('openssl-libs', '1:1.1.1k-14.el8_10'),
      fixed('openssl-libs', '1:1.1.1k-14.el8_10', { arch: 'aarch64' }),
      fixed('openssl', '1:1.1.1k-14.el8_10', { arch: 'src' }),
      fixed('openssl-debuginfo', '1:1.1.1k-14.el8_10'),
      fixed('nodejs', '1:18.20.6-1.module+el8.10.0+1+aaaaaaaa', { erratum: 'RHSA-2024:1002', module: NODE, impact: 'Important' }),
    ],
    { vector: VECTOR, cwe: 'CWE-125' },
  );
  const { advisories, facts, problems, leftOut } = await read(document);
  const common = {
    kind: 'vulnerability',
    form: 'errata',
    aliases: [],
    flaws: [CVE],
    cvss: [],
    published: '2024-02-03T00:00:00Z',
    modified: '2025-01-02T03:04:05Z',
  };
  const affected = { ecosystem: 'Red Hat:enterprise_linux:8::baseos', status: 'affected' };
  expect(advisories).toEqual([
    {
      ...common,
      id: 'RHSA-2024:1001',
      affected: [
        { ...affected, name: 'openssl-libs', severityLabel: 'moderate', ranges: [[{ introduced: '0' }, { fixed: '1:1.1.1k-14.el8_10' }]] },
      ],
    },
    {
      ...common,
      id: 'RHSA-2024:1002',
      affected: [
        {
          ...affected,
          name: 'nodejs',
          module: 'nodejs:18',
          severityLabel: 'important',
          ranges: [[{ introduced: '0' }, { fixed: '1:18.20.6-1.module+el8.10.0+1+aaaaaaaa' }]],
        },
      ],
    },
  ]);
  expect(facts).toEqual([
    {
      id: CVE,
      cvss: [{ vector: VECTOR, source: 'redhat-vex' }],
      severity: { level: 'medium', source: 'redhat-vex' },
      cwes: ['CWE-125'],
      published: '2024-02-03T00:00:00Z',
    },
  ]);
  expect([problems, leftOut]).toEqual([[], []]);
});

it('takes the source package where an erratum lists nothing else of the product', async () => {
  const { advisories } = await readSays([fixed('openssl', '1:1.1.1k-14.el8_10', { arch: 'src' })]);
  expect(advisories[0]?.affected).toMatchObject([{ name: 'openssl', arches: ['src'] }]);
});

/** Red Hat, "CSAF Security Advisories and VEX Security Data", "Remediations". */
it.each<[VexStatement['status'], VexStatement['plan'], string]>([
  ['known_affected', ['none_available', 'Affected'], 'affected'],
  ['known_affected', ['none_available', 'Fix deferred'], 'fix-deferred'],
  ['known_affected', ['none_available', 'Deferred'], 'fix-deferred'],
  ['known_affected', ['no_fix_planned', 'Will not fix'], 'will-not-fix'],
  ['known_affected', ['no_fix_planned', 'Out of support scope'], 'end-of-life'],
  ['known_affected', undefined, 'affected'],
  ['known_not_affected', undefined, 'not-affected'],
  ['under_investigation', undefined, 'under-investigation'],
])('%s, %j: %s', async (status, plan, expected) => {
  const { advisories } = await readSays([open('curl', status, plan ? { plan } : {})]);
  expect(advisories).toMatchObject([
    {
      id: CVE,
      form: 'flaw',
      affected: [{ ecosystem: 'Red Hat:enterprise_linux:8', name: 'curl', arches: ['src'], ranges: [], status: expected }],
    },
  ]);
});

it('tells installed packages from the source, and streams', async () => {
  const { advisories } = await readSays([
    open('libcurl', 'known_not_affected', { arch: '' }),
    open('nodejs', 'known_affected', { module: 'nodejs:18' }),
    // Flatpaks are no rpm packages.
    open('firefox', 'known_affected', { module: 'firefox:flatpak' }),
  ]);
  expect(advisories[0]?.affected.map(({ name, module, arches }) => [name, module, arches])).toEqual([
    ['nodejs', 'nodejs:18', ['src']],
    ['libcurl', undefined, undefined],
  ]);
});

it('believes a fix where a document also calls the package not affected', async () => {
  const { advisories } = await readSays([
    fixed('openssl', '1:1.1.1k-14.el8_10'),
    open('openssl', 'known_not_affected'),
    open('openssl', 'known_not_affected', { cpe: 'cpe:/o:redhat:enterprise_linux:9' }),
  ]);
  expect(advisories.flatMap(({ affected }) => affected.map(({ ecosystem, status }) => [ecosystem, status]))).toEqual([
    ['Red Hat:enterprise_linux:8::baseos', 'affected'],
    ['Red Hat:enterprise_linux:9', 'not-affected'],
  ]);
});

/** As documents were until September 2025: the module is a component of the product, and the package one of the module. */
it('reads modules that are told by relationships', async () => {
  const purl = (text: string) => ({ product_identification_helper: { purl: text } });
  const part = (id: string, component: string, product: string) => ({
    category: 'default_component_of',
    full_product_name: { product_id: id },
    product_reference: component,
    relates_to_product_reference: product,
  });
  const { advisories, problems } = await read({
    document: { tracking: { id: CVE } },
    product_tree: {
      branches: [
        {
          category: 'product_name',
          product: { product_id: 'AppStream', product_identification_helper: { cpe: 'cpe:/a:redhat:enterprise_linux:8::appstream' } },
        },
        {
          category: 'product_version',
          product: { product_id: 'ruby:3.0', ...purl('pkg:rpmmod/redhat/ruby@3.0:8060020220810162001:ad008a3a') },
        },
        { category: 'product_version', product: { product_id: 'ruby', ...purl('pkg:rpm/redhat/ruby@3.0.4-1.module%2Bel8?arch=x86_64') } },
        { category: 'product_version', product: { product_id: 'ruby:2.6/ruby', ...purl('pkg:rpmmod/redhat/ruby:2.6/ruby') } },
      ],
      relationships: [
        part('AppStream:ruby:3.0', 'ruby:3.0', 'AppStream'),
        part('AppStream:ruby:3.0:ruby', 'ruby', 'AppStream:ruby:3.0'),
        part('AppStream:ruby:2.6/ruby', 'ruby:2.6/ruby', 'AppStream'),
      ],
    },
    vulnerabilities: [
      {
        cve: CVE,
        product_status: { fixed: ['AppStream:ruby:3.0', 'AppStream:ruby:3.0:ruby'], known_affected: ['AppStream:ruby:2.6/ruby'] },
      },
    ],
  });
  expect(advisories[0]?.affected.map(({ name, module, ranges }) => [name, module, ranges.length])).toEqual([
    ['ruby', 'ruby:3.0', 1],
    ['ruby', 'ruby:2.6', 0],
  ]);
  expect(problems).toEqual([]);
});

it('leaves out what is withdrawn, and what is about no rpm package', async () => {
  const { advisories, problems, leftOut } = await readFeed(redhatVex, 'redhat-vex.jsonl', [
    { document: { tracking: { id: 'CVE-2024-1', status: 'deleted' } } },
    { document: { tracking: { id: 'CVE-2024-0001', status: 'deleted' } } },
    {
      document: { tracking: { id: 'CVE-2024-0002' } },
      vulnerabilities: [{ cve: 'CVE-2024-0002', product_status: { known_not_affected: ['red_hat_products'] } }],
    },
  ]);
  expect(advisories).toEqual([]);
  expect(problems).toEqual(['no usable id: redhat-vex.jsonl']);
  expect(leftOut).toEqual(['withdrawn: CVE-2024-0001', 'about no rpm package: CVE-2024-0002']);
});

it('counts what it cannot use, and takes the rest', async () => {
  const { advisories, problems } = await readSays([
    fixed('openssl-libs', '1:1.1.1k'),
    open('curl', 'known_affected', { module: 'rhel10' }),
    open('wget', 'known_affected'),
  ]);
  expect(advisories.flatMap(({ affected }) => affected.map(({ name }) => name))).toEqual(['wget']);
  expect(problems).toEqual([`no package or version: ${CVE}`, `no package or version: ${CVE}`]);
});

it('makes nothing of documents of another form', async () => {
  const deep = { branches: [] as object[] };
  let at = deep;
  for (let i = 0; i < 5000; i++) at.branches.push((at = { branches: [] }));
  const tracking = { tracking: { id: CVE } };
  const loop = {
    category: 'default_component_of',
    full_product_name: { product_id: 'a' },
    product_reference: 'a',
    relates_to_product_reference: 'a',
  };
  const { advisories } = await readFeed(redhatVex, 'redhat-vex.jsonl', [
    { document: tracking, product_tree: deep, vulnerabilities: [{ cve: CVE, product_status: [] }] },
    {
      document: tracking,
      product_tree: { relationships: [loop, 7, { full_product_name: 'x' }] },
      vulnerabilities: [{ cve: CVE, product_status: { fixed: ['a', 7] } }],
    },
    { document: tracking, product_tree: [], vulnerabilities: [{ cve: 'GHSA-1' }, null] },
    { document: tracking, vulnerabilities: { cve: CVE } },
    {
      document: tracking,
      vulnerabilities: [
        { cve: CVE, remediations: [{ category: 'vendor_fix', product_ids: 'all', url: 7 }], threats: [7], scores: [{ cvss_v3: 'x' }] },
      ],
    },
  ]);
  expect(advisories).toEqual([]);
});
