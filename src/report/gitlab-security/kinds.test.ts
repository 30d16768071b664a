import { describe, expect, it } from 'vitest';
import { assessedReport, secret, standingReport } from '../../../testing/fixtures/assessed-report.ts';
import { finding, locationOf, sampleReport } from '../../../testing/fixtures/report.ts';
import { rendered } from '../../../testing/reporter-contract.ts';
import type { Report } from '../../model/index.ts';
import { gitlabDependencyScanning } from '../gitlab-dependency-scanning/index.ts';
import { gitlabSast } from '../gitlab-sast/index.ts';
import { gitlabSecretDetection } from '../gitlab-secret-detection/index.ts';
import type { Rendering, Reporter } from '../types.ts';
import type { GitlabReport } from './schema.ts';

async function documentOf(reporter: Reporter, report: Report, how: Partial<Rendering> = {}): Promise<GitlabReport> {
  return JSON.parse(await rendered(reporter, report, how));
}

const PRINT = /^[0-9a-f]{64}$/;

// Source of what GitLab does with them: gitlab-org/gitlab, lib/gitlab/ci/parsers/security/common.rb and reports/security/locations.
describe('gitlab-secret-detection', () => {
  it('has the secrets that count, at their lines, recognised wherever those go', async () => {
    const { scan, schema, vulnerabilities } = await documentOf(gitlabSecretDetection, assessedReport());
    expect([scan.type, schema]).toEqual(['secret_detection', expect.stringMatching(/\/secret-detection-report-format\.json$/)]);
    expect(vulnerabilities).toHaveLength(2);
    expect(vulnerabilities[0]).toMatchObject({
      name: 'AWS access key',
      severity: 'High',
      identifiers: [
        { type: 'plimsoll_rule_id', value: 'secret/aws-access-key-id' },
        { type: 'cwe', value: '798' },
      ],
      location: { file: 'srv/app/.env', start_line: 3, end_line: 3, commit: { sha: '0000000' } },
      tracking: { type: 'source', items: [{ file: 'srv/app/.env', signatures: [{ algorithm: 'hash', value: '2'.repeat(64) }] }] },
    });
    // What is in no file is where its name says.
    expect(vulnerabilities[1]?.location.file).toContain('DATABASE_URL');
  });

  it('names the commit of the pipeline, and nothing that is none', async () => {
    const shaOf = async (CI_COMMIT_SHA: string) =>
      (await documentOf(gitlabSecretDetection, assessedReport(), { env: { CI_COMMIT_SHA } })).vulnerabilities[0]?.location.commit?.sha;
    expect(await shaOf('c0ffee0c0ffee0c0ffee0c0ffee0c0ffee0c0ffe')).toBe('c0ffee0c0ffee0c0ffee0c0ffee0c0ffee0c0ffe');
    expect(await shaOf('$(id)')).toBe('0000000');
  });

  it('keeps the signature of a secret whose line moved, and tells two of one file apart', async () => {
    const at = (line: number, hash: string) => secret({ location: { where: 'file', path: 'a', line }, fingerprint: hash.repeat(64) });
    const prints = async (...findings: ReturnType<typeof at>[]) => {
      const report = { ...assessedReport(), secrets: { ...assessedReport().secrets!, findings } };
      const { vulnerabilities } = await documentOf(gitlabSecretDetection, report);
      return vulnerabilities.map(({ tracking }) => tracking?.items[0]?.signatures[0]?.value);
    };
    const [first, second] = await prints(at(3, 'a'), at(3, 'b'));
    expect(first).not.toBe(second);
    expect(await prints(at(90, 'a'), at(91, 'b'))).toEqual([first, second]);
  });
});

describe('gitlab-sast', () => {
  it('has checks and what other tools found, at the line to mend, by all names of the rule', async () => {
    const { scan, vulnerabilities } = await documentOf(gitlabSast, standingReport());
    expect(scan.type).toBe('sast');
    expect(vulnerabilities.map(({ name, location: { file, start_line: start, end_line: end } }) => [name, file, start, end])).toEqual([
      ['Last user is root', 'Dockerfile', 4, 4],
      ['Last user is root', 'Dockerfile', 9, 9],
      ['Database query built from user-controlled sources', 'src/board.js', 12, 12],
    ]);
    expect(vulnerabilities[0]?.identifiers).toEqual([
      {
        type: 'plimsoll_rule_id',
        name: 'dockerfile/made-up',
        value: 'dockerfile/made-up',
        url: 'https://docs.docker.com/reference/dockerfile/#user',
      },
      { type: 'alias', name: 'DL3002', value: 'DL3002' },
      { type: 'benchmark', name: 'CIS Docker 4.1', value: 'CIS Docker 4.1' },
    ]);
    expect(vulnerabilities[2]).toMatchObject({
      identifiers: [{ value: 'imported/CodeQL/js/sql-injection' }],
      tracking: { items: [{ signatures: [{ algorithm: 'hash', value: expect.stringMatching(PRINT) }] }] },
    });
  });
});

describe('gitlab-dependency-scanning', () => {
  it('has an entry for each file that names a package, and none for the packages of the operating system', async () => {
    const report = sampleReport();
    const lodash = report.inventory.packages.find(({ name }) => name === 'lodash')!;
    const places = ['./web/package-lock.json', 'api/package-lock.json'].map((path, i) => ({
      ...locationOf(lodash),
      path,
      fingerprint: String(i).repeat(64),
    }));
    const findings = [...report.findings, finding('CVE-2020-8203', lodash, { locations: places })];
    const { scan, vulnerabilities } = await documentOf(gitlabDependencyScanning, { ...report, findings });
    expect(scan.type).toBe('dependency_scanning');
    const dependency = { package: { name: 'lodash' }, version: '4.17.15' };
    expect(vulnerabilities.map(({ location }) => location)).toEqual(
      expect.arrayContaining([
        { file: 'web/package-lock.json', dependency },
        { file: 'api/package-lock.json', dependency },
      ]),
    );
    expect(vulnerabilities.map(({ location }) => location.dependency?.package.name)).not.toContain('openssl');
    expect(new Set(vulnerabilities.map(({ id }) => id)).size).toBe(vulnerabilities.length);
    // A package has no line: GitLab compares its file, name and version.
    expect(vulnerabilities.filter(({ tracking }) => tracking !== undefined)).toEqual([]);
  });
});
