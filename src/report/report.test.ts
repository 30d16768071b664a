import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { emptyReport, finding, locationOf, sampleReport } from '../../testing/fixtures/report.ts';
import { rendered, reporterContract } from '../../testing/reporter-contract.ts';
import { groups } from './groups.ts';
import { REPORTERS } from './index.ts';
import { json } from './json/index.ts';
import { compareText, NO_FILTER, shown } from './shown.ts';
import { trivy } from './trivy/index.ts';

for (const reporter of REPORTERS) reporterContract(reporter);

describe('shown', () => {
  it('is worst first, then by id with numbers as numbers', () => {
    expect(shown(sampleReport(), NO_FILTER).findings.map((each) => `${each.severity} ${each.id}`)).toEqual([
      'critical CVE-2022-0778',
      'high CVE-2020-8203',
      'high CVE-2023-44487',
      'negligible CVE-2007-6755',
      'unknown CVE-2024-9999',
    ]);
    expect(['CVE-2021-10', 'CVE-2021-9', 'CVE-2021-100'].sort(compareText)).toEqual(['CVE-2021-9', 'CVE-2021-10', 'CVE-2021-100']);
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
  const schema: object = JSON.parse(readFileSync(new URL('../../schema/report.json', import.meta.url), 'utf8'));
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);

  it.each([
    ['of everything', sampleReport()],
    ['of nothing', emptyReport()],
  ])('is valid against schema/report.json: a report %s', async (_, report) => {
    validate(JSON.parse(await rendered(json, report)));
    expect(validate.errors).toBeNull();
  });

  it('is refused by the schema where it is not what the schema says', async () => {
    const document = JSON.parse(await rendered(json, sampleReport()));
    document.findings[0].severity = 'HIGH';
    document.inventory.packages[0].unheardOf = 1;
    expect(validate(document)).toBe(false);
    expect(validate.errors?.map((each) => each.instancePath).sort()).toEqual(['/findings/0/severity', '/inventory/packages/0']);
  });

  it('leaves out the lists of owned files and says what the filter hid', async () => {
    const document = JSON.parse(await rendered(json, sampleReport(), { filter: { ignoreUnfixed: false, severities: ['critical'] } }));
    expect(document.inventory.packages.some((each: object) => 'files' in each)).toBe(false);
    expect(document.display).toEqual({ ignoreUnfixed: false, severities: ['critical'], hidden: 4 });
    expect(document.decision.outcome).toBe('deny');
  });
});
