import { describe, expect, it } from 'vitest';
import { assessedReport, secret } from '../../../testing/fixtures/assessed-report.ts';
import { fullReport } from '../../../testing/fixtures/full-report.ts';
import { emptyReport, finding, locationOf, sampleReport } from '../../../testing/fixtures/report.ts';
import { sarifErrors } from '../../../testing/published-schemas.ts';
import { rendered, renderedPlatforms, samplePlatforms } from '../../../testing/reporter-contract.ts';
import type { Report } from '../../model/index.ts';
import { sarif } from './index.ts';
import { MOST_RESULTS, MOST_RUNS } from './log.ts';
import { MOST_LOCATIONS } from './result.ts';
import type { SarifLog, SarifResult, SarifRun } from './schema.ts';

const log = async (report: Report, how = {}): Promise<SarifLog> => JSON.parse(await rendered(sarif, report, how));
const runOf = async (report: Report, how = {}): Promise<SarifRun> => (await log(report, how)).runs[0] as SarifRun;
const resultsOf = async (report: Report, rule: string): Promise<readonly SarifResult[]> =>
  (await runOf(report, { suppressedInSarif: true })).results.filter((each) => each.ruleId === rule);

describe('a SARIF log', () => {
  it.each([
    ['a report', sampleReport()],
    ['one with secrets and checks', assessedReport()],
    ['one with every field', fullReport as Report],
    ['one of nothing', emptyReport()],
  ])('is what the schema of SARIF 2.1.0 allows: %s', async (_, report) => {
    expect(sarifErrors(await log(report))).toBeNull();
    expect(sarifErrors(await log(report, { language: 'ko' }))).toBeNull();
  });

  it('would not be valid in any other form', () => {
    expect(sarifErrors({ version: '2.1.0', runs: [{ tool: { driver: {} } }] })).not.toBeNull();
  });

  it('has a run for each platform, told apart by its category', async () => {
    const reports = samplePlatforms('amd64', 'arm64');
    const { runs }: SarifLog = JSON.parse(await renderedPlatforms(sarif, { reports, failed: [] }));
    expect(runs.map(({ automationDetails }) => automationDetails.id)).toEqual([
      'plimsoll/registry.example/shop/web/linux/amd64/',
      'plimsoll/registry.example/shop/web/linux/arm64/',
    ]);
    expect(sarifErrors({ version: '2.1.0', runs })).toBeNull();
  });

  it('says what the reader has to know before trusting it', async () => {
    const { invocations } = await runOf(sampleReport());
    expect(invocations[0]?.toolExecutionNotifications.map(({ descriptor }) => descriptor.id)).toEqual([
      'starter-database',
      'gap/malformed',
      'not-counted',
    ]);
  });
});

describe('a rule', () => {
  it('has a name that a person can read and that is not its id', async () => {
    const { rules } = (await runOf(assessedReport())).tool.driver;
    for (const { id, name } of rules) expect([name, /^[A-Z][A-Za-z0-9]*$/.test(name ?? ''), name === id]).toEqual([name, true, false]);
    expect(new Set(rules.filter(({ id }) => id.startsWith('CVE-')).map(({ name }) => name))).toEqual(new Set(['Vulnerability']));
  });

  it('stands once for all findings of it, with what to do, and the worst severity', async () => {
    const report = sampleReport();
    const [openssl, , lodash] = report.inventory.packages;
    const run = await runOf({
      ...report,
      findings: [finding('CVE-2024-1', openssl!, { severity: 'low' }), finding('CVE-2024-1', lodash!, { severity: 'critical' })],
    });
    expect(run.tool.driver.rules).toHaveLength(1);
    const [rule] = run.tool.driver.rules;
    expect(rule?.properties['security-severity']).toBe('9.5');
    expect(rule?.defaultConfiguration.level).toBe('error');
    expect(rule?.help.markdown).toContain('| libssl1\\.1 |'.replace('\\.', '.'));
    expect(run.results.map(({ level, ruleIndex }) => [level, ruleIndex])).toEqual([
      ['error', 0],
      ['note', 0],
    ]);
  });

  it('has the CVSS score where it says the same as the severity, and weaknesses as tags', async () => {
    const rules = (await runOf(sampleReport())).tool.driver.rules;
    const rule = rules.find(({ id }) => id === 'CVE-2020-8203');
    expect(rule?.properties['security-severity']).toBe('7.4');
    expect(rule?.properties.tags).toContain('external/cwe/cwe-1321');
    expect(rule?.helpUri).toBe('https://nvd.nist.gov/vuln/detail/CVE-2020-8203');
    expect(Math.max(...rules.map(({ properties }) => properties.tags.length))).toBeLessThanOrEqual(10);
  });
});

describe('a result', () => {
  it('keeps its fingerprint when the tag changes', async () => {
    const report = sampleReport();
    const target = { ...report.inventory.target, name: 'registry.example/shop/web:2.0', spec: 'x', tags: ['2.0'] };
    const prints = ({ results }: SarifRun): unknown =>
      results.map(({ partialFingerprints, locations }) => [partialFingerprints, locations]);
    const other = { ...report, inventory: { ...report.inventory, target } };
    expect(prints(await runOf(other))).toEqual(prints(await runOf(report)));
    const [first] = (await runOf(report)).results;
    expect(first?.partialFingerprints.primaryLocationLineHash).toMatch(/^[0-9a-f]{64}:\d+$/);
  });

  it('of a package is at its paths in the image, with the instruction that brought it', async () => {
    const [result] = await resultsOf(sampleReport(), 'CVE-2020-8203');
    expect(result?.locations.map(({ physicalLocation }) => physicalLocation.artifactLocation)).toEqual([
      { uri: 'srv/app/node_modules/lodash/package.json', uriBaseId: 'IMAGE' },
      { uri: 'srv/app/node_modules/a/node_modules/lodash/package.json', uriBaseId: 'IMAGE' },
    ]);
    expect(result?.locations[0]?.message?.text).toContain('COPY node_modules');
    expect(result?.locations[0]?.logicalLocations?.[0]).toEqual({ fullyQualifiedName: 'pkg:npm/lodash@4.17.15', kind: 'package' });
  });

  it('of a secret is masked and at its line; of a variable, at the image', async () => {
    const report = assessedReport();
    const [found, ...others] = report.secrets!.findings;
    const located = { ...found!, location: { ...found!.location, column: 11, character: 7 } };
    const withColumn = { ...report, secrets: { ...report.secrets!, findings: [located, ...others] } };
    const [first] = await resultsOf(withColumn, 'secret/aws-access-key-id');
    expect(first?.locations[0]?.physicalLocation.region).toMatchObject({ startLine: 3, startColumn: 7 });
    const [file, hidden] = await resultsOf(report, 'secret/aws-access-key-id');
    expect(file?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'srv/app/.env', uriBaseId: 'IMAGE' },
      region: { startLine: 3, snippet: { text: 'key = AKIA****************' } },
    });
    expect(hidden?.suppressions).toEqual([{ kind: 'external', status: 'accepted', justification: 'revoked in May' }]);
    const [variable] = await resultsOf(assessedReport(), 'secret/postgres-url');
    expect(variable?.locations[0]?.physicalLocation.artifactLocation).toEqual({ uri: 'registry.example/shop/web' });
    expect(variable?.locations[0]?.logicalLocations?.[0]?.fullyQualifiedName).toBe('ENV DATABASE_URL');
  });

  it('of a check is at its line and column, or at the Dockerfile line that a setting comes from', async () => {
    const [check] = await resultsOf(assessedReport(), 'dockerfile/made-up');
    expect(check?.message.text).toBe('The last user is root. Set another user.');
    expect(check?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'Dockerfile' },
      region: { startLine: 4, startColumn: 1, endLine: 4, endColumn: 10, snippet: { text: 'USER root' } },
    });
    const [setting] = await resultsOf(assessedReport(), 'image/made-up');
    expect(setting?.locations[0]?.physicalLocation).toMatchObject({ artifactLocation: { uri: 'Dockerfile' }, region: { startLine: 9 } });
    const [pragma] = await resultsOf(assessedReport(), 'file/made-up');
    expect(pragma?.suppressions).toEqual([{ kind: 'inSource', status: 'accepted', justification: 'behind a bastion' }]);
  });

  it('of a package is at the Dockerfile’s line where its layer is known to come from there, and names its path', async () => {
    const report = { ...assessedReport(), dockerfile: { file: 'build/Dockerfile', layers: [{ layer: 1, line: 12 }] } };
    expect(sarifErrors(await log(report))).toBeNull();
    const [result] = await resultsOf(report, 'CVE-2023-44487');
    expect(result?.locations[0]?.physicalLocation).toEqual({ artifactLocation: { uri: 'build/Dockerfile' }, region: { startLine: 12 } });
    expect(result?.relatedLocations?.[0]?.physicalLocation.artifactLocation).toEqual({ uri: 'usr/local/bin/server', uriBaseId: 'IMAGE' });
    const [other] = await resultsOf(report, 'CVE-2022-0778');
    expect(other?.locations[0]?.physicalLocation.artifactLocation.uri).toBe('var/lib/dpkg/status');
  });

  it('that is not counted is left out where nobody asks for it, and that is said', async () => {
    const run = await runOf(assessedReport());
    expect(run.results.filter(({ ruleId }) => ['CVE-2022-1111', 'file/made-up'].includes(ruleId))).toEqual([]);
    expect(run.results.some((each) => 'suppressions' in each)).toBe(false);
    expect(run.invocations[0]?.toolExecutionNotifications.at(-1)).toMatchObject({ level: 'note', descriptor: { id: 'not-counted' } });
    const all = await runOf(assessedReport(), { suppressedInSarif: true });
    expect(all.results.length).toBe(run.results.length + 3);
    expect(all.results.every(({ suppressions }) => suppressions !== undefined)).toBe(true);
    expect(sarifErrors(await log(assessedReport(), { suppressedInSarif: true }))).toBeNull();
  });

  it('that does not apply is there and suppressed, with the reason', async () => {
    const [result] = await resultsOf(sampleReport(), 'CVE-2022-1111');
    expect(result?.suppressions).toEqual([{ kind: 'external', status: 'accepted', justification: 'kernel-in-container' }]);
  });

  it('is in the reader’s language', async () => {
    const run = await runOf(sampleReport(), { language: 'ko' });
    expect(run.language).toBe('ko-KR');
    expect(run.results[0]?.message.text).toMatch(/[가-힣]/);
  });
});

describe('limits of those who read it', () => {
  it('of results and rules are kept by leaving out the least severe, and said', async () => {
    const report = sampleReport();
    const lodash = report.inventory.packages[2]!;
    const many = Array.from({ length: MOST_RESULTS + 7 }, (_, i) =>
      finding(`CVE-2024-${10_000 + i}`, lodash, { severity: i < 10 ? 'low' : 'high', evidence: [], locations: [] }),
    );
    const run = await runOf({ ...report, findings: many });
    expect(run.results).toHaveLength(MOST_RESULTS);
    expect(run.tool.driver.rules).toHaveLength(MOST_RESULTS);
    expect(run.results.filter(({ level }) => level === 'note')).toHaveLength(3);
    expect(run.invocations[0]?.toolExecutionNotifications.at(-1)).toMatchObject({
      level: 'warning',
      descriptor: { id: 'too-many-results' },
    });
  });

  it('of runs are kept by leaving out the platforms with the mildest findings, and said', async () => {
    const names = Array.from({ length: MOST_RUNS + 2 }, (_, i) => `cpu${i}`);
    const reports = samplePlatforms(...names).map((report, i) => {
      const findings = i === 1 || i === 5 ? report.findings.map((each) => ({ ...each, severity: 'low' as const })) : report.findings;
      return { ...report, findings };
    });
    const { runs }: SarifLog = JSON.parse(await renderedPlatforms(sarif, { reports, failed: [] }));
    const kept = runs.map(({ automationDetails }) => automationDetails.id.split('/').at(-2));
    expect(kept).toEqual(names.filter((name) => name !== 'cpu1' && name !== 'cpu5'));
    const notes = runs.map(({ invocations }) => invocations[0]!.toolExecutionNotifications.map(({ descriptor }) => descriptor.id));
    expect(notes.map((ids) => ids.includes('too-many-runs'))).toEqual(names.slice(2).map((_, i) => i === 0));
    expect(sarifErrors({ version: '2.1.0', runs })).toBeNull();
    const few: SarifLog = JSON.parse(await renderedPlatforms(sarif, { reports: reports.slice(0, MOST_RUNS), failed: [] }));
    expect(few.runs).toHaveLength(MOST_RUNS);
    expect(JSON.stringify(few)).not.toContain('too-many-runs');
  });

  it('of locations are kept, and the number is said', async () => {
    const report = sampleReport();
    const lodash = report.inventory.packages[2]!;
    const locations = Array.from({ length: 250 }, (_, i) => ({ ...locationOf(lodash), path: `srv/${i}/package.json` }));
    const [result] = (await runOf({ ...report, findings: [finding('CVE-2024-1', lodash, { locations })] })).results;
    expect(result?.locations).toHaveLength(MOST_LOCATIONS);
    expect(result?.properties.locations).toBe(250);
  });
});

describe('hostile paths and names', () => {
  it('become relative references that climb nowhere and hide nothing', async () => {
    const paths = ['javascript:alert(1)', 'a b/ü?#%.js', 'x/\u202e\u0007y', 'odd\ud800', '../..//etc', './a'];
    const report = assessedReport();
    const findings = paths.map((path) => secret({ location: { where: 'file', path } }));
    const run = await log({ ...report, secrets: { ...report.secrets!, findings } });
    expect(sarifErrors(run)).toBeNull();
    const uris = run.runs[0]!.results.filter(({ ruleId }) => ruleId.startsWith('secret/')).map(
      ({ locations }) => locations[0]!.physicalLocation.artifactLocation.uri,
    );
    expect(uris).toEqual(['javascript%3Aalert(1)', 'a%20b/%C3%BC%3F%23%25.js', 'x/%E2%80%AE%07y', 'odd%EF%BF%BD', 'etc', 'a']);
  });

  it('cannot write Markdown into the help of a rule', async () => {
    const report = sampleReport();
    const lodash = report.inventory.packages[2]!;
    const evil = { ...lodash, name: '[click](https://evil.example) <img src=x onerror=alert(1)>|' };
    const run = await runOf({ ...report, findings: [finding('CVE-2024-1', evil)] });
    expect(run.tool.driver.rules[0]?.help.markdown).toContain(
      '\\[click\\]\\(https://evil.example\\) \\<img src=x onerror=alert\\(1\\)\\>\\|',
    );
  });
});
