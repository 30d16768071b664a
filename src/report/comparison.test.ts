import type { components } from '@octokit/openapi-types';
import { describe, expect, it } from 'vitest';
import { assessedReport, imported, secret, standingReport } from '../../testing/fixtures/assessed-report.ts';
import { compared, renderedComparison } from '../../testing/fixtures/compared.ts';
import { fullReport } from '../../testing/fixtures/full-report.ts';
import { EVIL, hostileReport } from '../../testing/fixtures/hostile-report.ts';
import { emptyReport, finding, sampleReport } from '../../testing/fixtures/report.ts';
import { cyclonedxErrors, cyclonedxXmlErrors, spdxErrors } from '../../testing/published-schemas.ts';
import { reportErrors } from '../../testing/validate-report.ts';
import type { Finding, Package, Report } from '../model/index.ts';
import { compare } from '../policy/compare.ts';
import { readSbom } from '../sbom/index.ts';
import type { Snapshot } from './github/snapshot.ts';
import { REPORTERS } from './index.ts';

const reporter = (id: string) => REPORTERS.find((each) => each.id === id)!;
const [openssl, headers, lodash, , goMain] = sampleReport().inventory.packages as [Package, Package, Package, Package, Package];

/** A report of these packages and findings. */
function reportOf(packages: readonly Package[], findings: readonly Finding[], more: Partial<Report> = {}): Report {
  const report = sampleReport();
  return { ...report, inventory: { ...report.inventory, packages, gaps: [] }, findings, ...more };
}

const print = (char: string) => `sha256:${char.repeat(64)}` as const;
const fixedIn = (...versions: readonly string[]) => ({ fix: { state: 'fixed' as const, versions } });
const newer = { ...lodash, version: '4.17.16', purl: 'pkg:npm/lodash@4.17.16' };
const STAYS = finding('CVE-2020-1111', openssl, { severity: 'high', fingerprint: print('1') });
const WORSE = finding('CVE-2020-2222', openssl, { severity: 'high', fingerprint: print('2'), ...fixedIn('2') });
const CAME = finding('CVE-2020-3333', goMain, { severity: 'critical', fingerprint: print('3'), ...fixedIn('v0.8.0') });
const KNOWN = finding('CVE-2020-4444', openssl, { severity: 'low', fingerprint: print('4') });
const GONE = finding('CVE-2020-5555', headers, { severity: 'medium', fingerprint: print('5') });
const MENDED = finding('CVE-2020-6666', lodash, { severity: 'medium', fingerprint: print('6') });

const NOW = reportOf([openssl, newer, goMain], [STAYS, WORSE, CAME, KNOWN]);
const BEFORE = reportOf(
  [openssl, lodash, headers],
  [STAYS, { ...WORSE, severity: 'low', fix: { state: 'affected', versions: [] } }, GONE, MENDED],
);
const BOTH = compared(NOW, BEFORE);
const written = (id: string, how = {}) => renderedComparison(reporter(id), BOTH, how);

const hostile = (): Report => {
  const report = hostileReport();
  const packages = report.inventory.packages.map((each, i) => ({ ...each, id: `${i}`, name: `${EVIL}${i}`, version: EVIL, path: EVIL }));
  return { ...report, inventory: { ...report.inventory, packages } };
};

const PAIRS: readonly (readonly [string, Report, Report])[] = [
  ['two reports', NOW, BEFORE],
  ['the same report twice', standingReport(), standingReport()],
  ['everything came', fullReport, emptyReport()],
  ['everything went', emptyReport(), fullReport],
  ['secrets and checks that the other did not look for', assessedReport(), sampleReport()],
  ['hostile text came', hostile(), sampleReport()],
  ['hostile text went', sampleReport(), hostile()],
  ['hostile text without end', hostileReport('x'.repeat(20_000)), sampleReport()],
];

describe.each(REPORTERS)('a comparison as $id', (format) => {
  it.each(PAIRS)('is valid by its authority, in both languages: %s', async (_, target, to) => {
    for (const language of ['en', 'ko'] as const) {
      const of = compared(target, to);
      const text = await renderedComparison(format, of, { language });
      expect((await reportErrors(format.id, text)) ?? []).toEqual([]);
      expect(text.replaceAll('\r\n', '\n')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
      expect(text.endsWith('\n')).toBe(true);
    }
  });
});

describe('a comparison', () => {
  it('has what came, went, and is rated otherwise', () => {
    const { findings, bySeverity } = BOTH.comparison;
    const ids = (of: readonly { readonly id: string }[]): readonly string[] => of.map(({ id }) => id);
    expect([ids(findings.added), ids(findings.removed), findings.unchanged]).toEqual([
      ['CVE-2020-3333', 'CVE-2020-4444'],
      ['CVE-2020-5555', 'CVE-2020-6666'],
      1,
    ]);
    expect(findings.changed).toMatchObject([
      { id: 'CVE-2020-2222', severity: 'high', fixedVersions: ['2'], from: { severity: 'low', fixedVersions: [] } },
    ]);
    expect(bySeverity).toEqual([
      { severity: 'critical', added: 1, removed: 0, changed: 0, unchanged: 0 },
      { severity: 'high', added: 0, removed: 0, changed: 1, unchanged: 1 },
      { severity: 'medium', added: 0, removed: 2, changed: 0, unchanged: 0 },
      { severity: 'low', added: 1, removed: 0, changed: 0, unchanged: 0 },
    ]);
  });

  it('marks findings, packages and what is gone in the report of its target', () => {
    const { report } = BOTH;
    expect(report.findings.map(({ change }) => change)).toEqual(['unchanged', 'unchanged', 'new-by-change', 'new-by-disclosure']);
    expect(report.inventory.packages.map(({ before }) => before)).toEqual([undefined, ['4.17.15'], []]);
    expect(report.baseline).toMatchObject({
      fixed: [
        { id: 'CVE-2020-5555', what: 'linux-libc-dev 5.10.200-1', why: 'gone' },
        { id: 'CVE-2020-6666', what: 'lodash 4.17.15', why: 'changed' },
      ],
      removed: [{ type: 'deb', name: 'linux-libc-dev', versions: ['5.10.200-1'] }],
    });
  });

  it('leaves out what a filter hides, and the gate sees it all the same', () => {
    const { comparison } = compare(NOW, BEFORE, { failOn: 'critical' }, ({ severity }) => severity === 'high' || severity === 'low');
    expect(comparison.findings.added.map(({ id }) => id)).toEqual(['CVE-2020-4444']);
    expect(comparison.findings.changed.map(({ id }) => id)).toEqual(['CVE-2020-2222']);
    expect(comparison.findings.removed).toEqual([]);
    expect([comparison.hidden, comparison.decision.outcome]).toEqual([3, 'deny']);
  });

  it('counts what the other was not looked through for as added', () => {
    const secrets = { rules: 1, scanned: { files: 1, bytes: 1 }, skipped: [], findings: [secret()] };
    const other = { sources: [], findings: [imported()] };
    const { comparison } = compared({ ...NOW, secrets, imported: other }, BEFORE);
    expect(comparison.findings.added.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['secret', 'imported']));
    const both = compared({ ...NOW, secrets, imported: other }, { ...BEFORE, secrets, imported: other });
    expect(both.comparison.findings.added.map(({ kind }) => kind)).toEqual(['vulnerability', 'vulnerability']);
  });
});

describe('formats of findings', () => {
  it.each(['sarif', 'gitlab', 'gitlab-codequality', 'asff', 'trivy', 'snyk', 'clair'])(
    '%s has what was added and nothing else',
    async (id) => {
      const { runs, ...document } = JSON.parse(await written(id));
      // A run's properties name what is fixed.
      const text = JSON.stringify(runs ? runs[0].results : document);
      expect([...new Set(text.match(/CVE-2020-\d{4}/g))].sort()).toEqual(['CVE-2020-3333', 'CVE-2020-4444']);
    },
  );

  it('JUnit: what was added fails, what was there passes, what is gone stands beside it', async () => {
    const text = await written('junit');
    expect(text).toContain('<testsuites name="plimsoll" tests="5" failures="2" errors="0">');
    expect(text).toMatch(/<testcase name="\[Critical\] CVE-2020-3333"[^>]*><failure/);
    expect(text).toMatch(/<testcase name="\[High\] CVE-2020-1111"[^>]*\/>/);
    expect(text).not.toMatch(/<testcase[^>]*CVE-2020-5555/);
    expect(text).toMatch(/<system-out>[^<]*MEDIUM +CVE-2020-5555 +linux-libc-dev[^<]*removed +linux-libc-dev/);
    for (const [name, value] of Object.entries({
      'findings.removed': 2,
      'findings.changed': 1,
      'packages.removed': 1,
      'packages.changed': 1,
    })) {
      expect(text).toContain(`<property name="${name}" value="${value}"/>`);
    }
  });

  it('a comment says what is new, what is fixed and which packages changed', async () => {
    const text = await written('markdown-pr');
    expect(text).toMatch(/### New since [^\n]*\(2\)\n\n[^#]*CVE-2020-3333[^#]*CVE-2020-4444/);
    expect(text).toMatch(/Fixed since[^\n]*\(2\)[^#]*CVE-2020-5555/);
    expect(text).toContain('| changed | lodash | npm | 4.17.15 | 4.17.16 |');
    expect(text).toContain('| removed | linux-libc-dev | deb | 5.10.200-1 |  |');
  });
});

it('a page has the gate first, and a way to every section', async () => {
  const { comparison, report } = compare(NOW, BEFORE, { failOn: 'high' });
  const of = { report, comparison: { ...BOTH.comparison, decision: comparison.decision } };
  const text = await renderedComparison(reporter('html'), of);
  expect(text.slice(text.indexOf('<header>'), text.indexOf('</header>'))).toContain('at or above HIGH');
  for (const [, anchor] of text.matchAll(/<a href="#([^"]+)"/g)) expect(text).toContain(`<section id="${anchor}"`);
  expect(text.match(/<section /g)).toHaveLength(5);
});

describe('formats of what is inside', () => {
  const facts = (of: readonly { readonly name: string; readonly value: string }[] = []) =>
    Object.fromEntries(of.map(({ name, value }) => [name, value]));

  it.each(['1.6', '1.5', '1.4'])('CycloneDX %s: the target with what changed, what is gone no component', async (version) => {
    const text = await written('cyclonedx', { version });
    const bom = JSON.parse(text);
    expect(cyclonedxErrors(bom, version)).toBeNull();
    expect(await cyclonedxXmlErrors(await written('cyclonedx-xml', { version }), version)).toBeUndefined();
    const changes = bom.components.map(({ name, properties }: Parts) => [
      name,
      facts(properties)['plimsoll:change'],
      facts(properties)['plimsoll:before'],
    ]);
    expect(changes).toEqual([
      ['debian', undefined, undefined],
      ['libssl1.1', undefined, undefined],
      ['lodash', 'changed', '["4.17.15"]'],
      ['golang.org/x/net', 'added', '[]'],
    ]);
    expect(facts(bom.metadata.component.properties)).toMatchObject({
      'plimsoll:comparedTo': 'registry.example/shop/web:1.2',
      'plimsoll:removed:0': '{"type":"deb","name":"linux-libc-dev","versions":["5.10.200-1"]}',
      'plimsoll:fixed:0': expect.stringContaining('CVE-2020-5555'),
    });
    const flaws = bom.vulnerabilities.map(({ id, properties }: Parts) => [id, facts(properties)['plimsoll:change']]);
    expect(Object.fromEntries(flaws)).toEqual({
      'CVE-2020-1111': 'unchanged',
      'CVE-2020-2222': 'unchanged',
      'CVE-2020-3333': 'new-by-change',
      'CVE-2020-4444': 'new-by-disclosure',
    });
  });

  it.each([
    ['cyclonedx', '1.6'],
    ['cyclonedx-xml', '1.6'],
    ['spdx', '2.3'],
    ['spdx', '2.2'],
    ['spdx-json', '2.3'],
    ['spdx-json', '2.2'],
    ['spdx3', '3.0.1'],
  ])('%s@%s is read as what is there now, with what changed', async (id, version) => {
    const text = await written(id, { version });
    if (id === 'spdx-json' || id === 'spdx3') expect(spdxErrors(JSON.parse(text), version as '2.3')).toBeNull();
    const { components, malformed } = readSbom(Buffer.from(text), 'x');
    expect(malformed).toEqual([]);
    const told = components.map(({ name, properties }) => [name, properties.get('plimsoll:change'), properties.get('plimsoll:before')]);
    expect(told).toEqual(
      expect.arrayContaining([
        ['lodash', 'changed', '["4.17.15"]'],
        ['golang.org/x/net', 'added', '[]'],
        ['libssl1.1', undefined, undefined],
      ]),
    );
    expect(components.some(({ name }) => name === 'linux-libc-dev')).toBe(false);
    expect(components.map(({ properties }) => properties.get('plimsoll:removed:0')).filter(Boolean)).toEqual([
      '{"type":"deb","name":"linux-libc-dev","versions":["5.10.200-1"]}',
    ]);
  });

  it('a snapshot for GitHub: dependencies with what changed, what is gone in its metadata', async () => {
    const made: Snapshot = JSON.parse(await written('github'));
    // By GitHub's own description of its API.
    const described: components['schemas']['snapshot'] = { sha: '', ref: '', ...made };
    const all = Object.values(described.manifests ?? {}).flatMap(({ resolved = {} }) => Object.values(resolved));
    expect(Object.fromEntries(all.map(({ package_url, metadata }) => [package_url, metadata]))).toEqual({
      [openssl.purl]: undefined,
      [newer.purl]: { 'plimsoll:change': 'changed', 'plimsoll:before': '4.17.15' },
      [goMain.purl]: { 'plimsoll:change': 'added' },
    });
    expect(described.metadata).toMatchObject({ 'plimsoll:removed': 'linux-libc-dev 5.10.200-1' });
    expect(Object.keys(described.metadata ?? {}).length).toBeLessThanOrEqual(8);
  });
});

describe('templates', () => {
  const template = (text: string) => ({ template: { name: 'x.txt.hbs', text, partials: new Map<string, string>() } });

  it('see the comparison as schema/compare.json has it', async () => {
    const text =
      '{{target.name}} {{to.spec}}{{#each findings.removed}} -{{id}}{{/each}}{{#each packages.changed}} {{name}} {{join from}} {{join versions}}{{/each}}\n';
    const name = 'registry.example/shop/web:1.2';
    expect(await written('template', template(text))).toBe(`${name} ${name} -CVE-2020-5555 -CVE-2020-6666 lodash 4.17.15 4.17.16\n`);
  });

  it('made for reports say what was added', async () => {
    const text = '{{#each reports}}{{#each issues}}{{rule}} {{change}};{{/each}}{{/each}}\n';
    expect(await written('template', template(text))).toBe('CVE-2020-3333 new-by-change;CVE-2020-4444 new-by-disclosure;\n');
  });
});

interface Parts {
  readonly id: string;
  readonly name: string;
  readonly properties: readonly { readonly name: string; readonly value: string }[];
}
