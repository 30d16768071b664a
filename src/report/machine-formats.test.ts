import { describe, expect, it } from 'vitest';
import { assessedReport, standingReport } from '../../testing/fixtures/assessed-report.ts';
import { fullReport } from '../../testing/fixtures/full-report.ts';
import { EVIL, hostileReport } from '../../testing/fixtures/hostile-report.ts';
import { emptyReport, finding, locationOf, sampleReport } from '../../testing/fixtures/report.ts';
import { rendered, renderedPlatforms } from '../../testing/reporter-contract.ts';
import { reportErrors } from '../../testing/validate-report.ts';
import type { Report } from '../model/index.ts';
import { PlimsollError } from '../util/errors.ts';
import { asff } from './asff/index.ts';
import { csv } from './csv/index.ts';
import { cyclonedx } from './cyclonedx/index.ts';
import { cyclonedxXml } from './cyclonedx-xml/index.ts';
import { gitlab } from './gitlab/index.ts';
import { gitlabCodeQuality } from './gitlab-codequality/index.ts';
import { gitlabDependencyScanning } from './gitlab-dependency-scanning/index.ts';
import { gitlabSast } from './gitlab-sast/index.ts';
import { gitlabSecretDetection } from './gitlab-secret-detection/index.ts';
import { json } from './json/index.ts';
import { junit } from './junit/index.ts';
import { markdownPr } from './markdown-pr/index.ts';
import { sarif } from './sarif/index.ts';
import { spdxJson } from './spdx-json/index.ts';
import { spdx3 } from './spdx3/index.ts';

const GITLAB = [gitlab, gitlabDependencyScanning, gitlabSast, gitlabSecretDetection, gitlabCodeQuality];
const CHECKED = [json, sarif, cyclonedx, cyclonedxXml, spdxJson, spdx3, ...GITLAB, junit, asff, csv, markdownPr];

describe.each(CHECKED)('$id by its authority', (reporter) => {
  it.each<[string, Report]>([
    ['a report', sampleReport()],
    ['one with secrets and checks', assessedReport()],
    ['one with baseline, base, exceptions and other tools', standingReport()],
    ['one with every field', fullReport],
    ['one of nothing', emptyReport()],
    ['one of hostile text', hostileReport()],
    ['one of hostile text without end', hostileReport('x'.repeat(20_000))],
  ])('is valid, in both languages: %s', async (_, report) => {
    for (const language of ['en', 'ko'] as const) {
      expect(await reportErrors(reporter.id, await rendered(reporter, report, { language }))).toEqual([]);
    }
  });

  it('is valid for several platforms, of which one failed', async () => {
    const reports = ['amd64', 'arm64'].map((architecture) => {
      const report = standingReport();
      const target = { ...report.inventory.target, platform: { os: 'linux', architecture } };
      return { ...report, inventory: { ...report.inventory, target } };
    });
    const error = new PlimsollError('blob-missing', { source: EVIL, digest: 'sha256:0' });
    const failed = [{ digest: `sha256:${'0'.repeat(64)}` as const, platform: `linux/s390x${EVIL}`, error }];
    expect(await reportErrors(reporter.id, await renderedPlatforms(reporter, { reports, failed }))).toEqual([]);
  });

  it('tells two versions of a package in one file apart', async () => {
    const report = sampleReport();
    const lodash = report.inventory.packages[2]!;
    const versions = ['4.17.15', '3.10.1'].map((version) =>
      finding('CVE-2020-8203', { ...lodash, version }, { locations: [locationOf(lodash)] }),
    );
    expect(await reportErrors(reporter.id, await rendered(reporter, { ...report, findings: versions }))).toEqual([]);
  });
});

/** One of GitLab's reports that only its location, or its kind, can make invalid. */
function ofKind(type: string, location: object) {
  const tool = { id: 'a', name: 'a', version: '1', vendor: { name: 'a' } };
  const time = '2026-11-22T00:00:00';
  const vulnerabilities = [{ id: '1', identifiers: [{ type: 'a', name: 'a', value: 'a' }], location }];
  return {
    version: '15.2.1',
    scan: { type, status: 'success', start_time: time, end_time: time, analyzer: tool, scanner: tool },
    vulnerabilities,
  };
}

describe('the validators', () => {
  it.each([
    ['json', '{}'],
    ['sarif', '{"version":"2.1.0","runs":[{"tool":{"driver":{"rules":[]}},"results":[]}]}'],
    ['cyclonedx', '{}'],
    ['gitlab', '{"version":"15.2.1","vulnerabilities":[]}'],
    ['gitlab-dependency-scanning', JSON.stringify(ofKind('dependency_scanning', { file: '', dependency: {} }))],
    ['gitlab-sast', JSON.stringify(ofKind('sast', { file: 'a', start_line: '1' }))],
    ['gitlab-sast', JSON.stringify(ofKind('container_scanning', { file: 'a' }))],
    ['gitlab-secret-detection', JSON.stringify(ofKind('secret_detection', { file: 'a' }))],
    ['gitlab-codequality', '[{"description":"x"}]'],
    ['junit', '<testsuites><testcase/></testsuites>'],
    ['asff', '{"Findings":[{"Id":"1"}]}'],
    ['csv', 'a,b\r\n"x\r\n'],
    ['csv', 'a,b\r\n1\r\n'],
    ['csv', 'a\r\n=1+1\r\n'],
    ['markdown-pr', 'x'.repeat(65_537)],
  ])('object to what is not valid: %s', async (format, text) => {
    expect(await reportErrors(format, text)).not.toEqual([]);
  });
});

it('GitLab’s schemas take what is like that and valid', async () => {
  const valid = {
    'gitlab-dependency-scanning': ofKind('dependency_scanning', { file: 'a', dependency: { package: { name: 'a' }, version: '1' } }),
    'gitlab-sast': ofKind('sast', { file: 'a', start_line: 1 }),
    'gitlab-secret-detection': ofKind('secret_detection', { file: 'a', commit: { sha: '0' } }),
  };
  for (const [format, document] of Object.entries(valid)) expect(await reportErrors(format, JSON.stringify(document))).toEqual([]);
});
