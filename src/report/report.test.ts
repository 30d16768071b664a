import { describe, expect, it } from 'vitest';
import { fullReport } from '../../testing/fixtures/full-report.ts';
import { emptyReport, finding, locationOf, sampleReport } from '../../testing/fixtures/report.ts';
import { reportSchema, reportsSchemaErrors, schemaErrors } from '../../testing/report-schema.ts';
import { rendered, renderedPlatforms, reporterContract, samplePlatforms } from '../../testing/reporter-contract.ts';
import { catalogues } from '../messages/index.ts';
import type { Finding, PackageType } from '../model/index.ts';
import { PlimsollError } from '../util/errors.ts';
import { groups } from './groups.ts';
import { REPORTERS } from './index.ts';
import { json } from './json/index.ts';
import { compareNames, NO_FILTER, shown } from './shown.ts';
import { trivy } from './trivy/index.ts';

for (const reporter of REPORTERS) reporterContract(reporter);

/** The words of a union, none of which can be forgotten. */
function keys<T extends string>(words: Record<T, 1>): string[] {
  return Object.keys(words);
}

const PACKAGE_TYPES: Record<PackageType, 1> = {
  alpm: 1,
  apk: 1,
  bitnami: 1,
  cargo: 1,
  cocoapods: 1,
  composer: 1,
  conan: 1,
  conda: 1,
  cran: 1,
  deb: 1,
  ebuild: 1,
  gem: 1,
  generic: 1,
  golang: 1,
  hackage: 1,
  hex: 1,
  maven: 1,
  npm: 1,
  nuget: 1,
  pub: 1,
  pypi: 1,
  rpm: 1,
  swift: 1,
};

describe('shown', () => {
  it('is worst first, then by id with numbers as numbers', () => {
    expect(shown(sampleReport(), NO_FILTER).findings.map((each) => `${each.severity} ${each.id}`)).toEqual([
      'critical CVE-2022-0778',
      'high CVE-2020-8203',
      'high CVE-2023-44487',
      'negligible CVE-2007-6755',
      'unknown CVE-2024-9999',
    ]);
    expect(['CVE-2021-10', 'CVE-2021-9', 'CVE-2021-100'].sort(compareNames)).toEqual(['CVE-2021-9', 'CVE-2021-10', 'CVE-2021-100']);
  });

  it('counts what it hides, and keeps what does not apply apart', () => {
    const view = shown(sampleReport(), { ignoreUnfixed: true, classes: ['library'] });
    expect(view.findings.map((each) => each.id)).toEqual(['CVE-2020-8203', 'CVE-2023-44487']);
    expect(view.hidden).toBe(3);
    expect(shown(sampleReport(), NO_FILTER).notApplicable.map((each) => each.id)).toEqual(['CVE-2022-1111']);
  });

  it('never hides malware and dead releases as unfixed', () => {
    const report = sampleReport();
    const [lodash] = report.inventory.packages.filter((each) => each.name === 'lodash');
    const findings = [finding('MAL-2024-1', lodash!, { kind: 'malware' }), finding('eol', lodash!, { kind: 'end-of-life' })];
    expect(shown({ ...report, findings }, { ignoreUnfixed: true }).findings).toHaveLength(2);
  });
});

describe('groups', () => {
  it('are OS packages, then libraries by type, then by file for binaries that state their modules', () => {
    const report = sampleReport();
    const found = groups(report, shown(report, NO_FILTER).findings);
    expect(found.map((each) => [each.class, each.type, each.path, each.packages, each.entries.length])).toEqual([
      ['os', 'deb', undefined, 2, 2],
      ['library', 'golang', 'usr/local/bin/server', 1, 1],
      ['library', 'npm', undefined, 2, 2],
    ]);
  });
});

describe('groups of joint findings', () => {
  it('put a language package that an OS package owns where the OS package is, once', async () => {
    const report = sampleReport();
    const [openssl, , lodash] = report.inventory.packages;
    const joint = finding('CVE-2024-1', openssl!, { locations: [locationOf(openssl!), locationOf(lodash!)] });
    const found = groups({ ...report, findings: [joint] }, [joint]).filter((each) => each.entries.length > 0);
    expect(found.map((each) => [each.class, each.entries[0]?.locations.length])).toEqual([['os', 2]]);
    const { Results } = JSON.parse(await rendered(trivy, { ...report, findings: [joint] }));
    expect(Results.flatMap((each: { Vulnerabilities: object[] }) => each.Vulnerabilities)).toHaveLength(1);
  });
});

describe('json', () => {
  it.each([
    ['of everything', sampleReport()],
    ['of nothing', emptyReport()],
    ['with every field of the model', fullReport],
  ])('is valid against schema/report.json: a report %s', async (_, report) => {
    expect(schemaErrors(JSON.parse(await rendered(json, report)))).toBeNull();
  });

  it('is valid against schema/reports.json for all platforms, and says which are missing', async () => {
    const error = new PlimsollError('blob-missing', { source: 'web', digest: 'sha256:1' });
    const digest = `sha256:${'0'.repeat(64)}` as const;
    const reports = samplePlatforms('amd64', 'arm64');
    const failed = [{ digest, platform: 'linux/s390x', error }];
    const document = JSON.parse(await renderedPlatforms(json, { reports, failed }));
    expect(reportsSchemaErrors(document)).toBeNull();
    expect(document.reports[1]).toEqual(JSON.parse(await rendered(json, reports[1]!)));
    expect(document.failed).toEqual([{ digest, platform: 'linux/s390x', code: 'blob-missing', params: error.params }]);
    const one = JSON.parse(await renderedPlatforms(json, { reports: reports.slice(0, 1), failed: [] }));
    expect(reportsSchemaErrors(one)).toBeNull();
    expect(one).toMatchObject({ schemaVersion: 1, failed: [] });
    expect(reportsSchemaErrors({ ...document, failed: [{}] })).not.toBeNull();
  });

  it.each([
    ['finding.kind', keys<Finding['kind']>({ 'vulnerability': 1, 'malware': 1, 'end-of-life': 1 })],
    ['unassessed.reason', Object.keys(catalogues('en').report).flatMap((key) => key.match(/^unassessed\.(.+)/)?.[1] ?? [])],
    ['warning.code', Object.keys(catalogues('en').warning)],
    ['gap.code', Object.keys(catalogues('en').gap)],
    ['packageType', keys(PACKAGE_TYPES)],
  ])('has the same words for %s as the model', (place, words) => {
    const [name = '', field] = place.split('.');
    const definition = reportSchema.$defs[name];
    expect([...((field === undefined ? definition : definition?.properties?.[field])?.enum ?? [])].sort()).toEqual([...words].sort());
  });

  it('is refused by the schema where it is not what the schema says', async () => {
    const document = JSON.parse(await rendered(json, sampleReport()));
    document.findings[0].severity = 'HIGH';
    document.inventory.packages[0].unheardOf = 1;
    expect(
      schemaErrors(document)
        ?.map((each) => each.instancePath)
        .sort(),
    ).toEqual(['/findings/0/severity', '/inventory/packages/0']);
  });

  it('leaves out the lists of owned files and says what the filter hid', async () => {
    const document = JSON.parse(await rendered(json, sampleReport(), { filter: { ignoreUnfixed: false, severities: ['critical'] } }));
    expect(document.inventory.packages.some((each: object) => 'files' in each)).toBe(false);
    expect(document.display).toEqual({ ignoreUnfixed: false, severities: ['critical'], hidden: 4 });
    expect(document.decision.outcome).toBe('deny');
  });
});
