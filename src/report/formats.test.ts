import { describe, expect, it } from 'vitest';
import { assessedReport, imported, standingReport } from '../../testing/fixtures/assessed-report.ts';
import { emptyReport, finding, locationOf, sampleReport } from '../../testing/fixtures/report.ts';
import { rendered, renderedPlatforms, samplePlatforms } from '../../testing/reporter-contract.ts';
import { csvRecords } from '../../testing/validate-report.ts';
import type { Report } from '../model/index.ts';
import { asff } from './asff/index.ts';
import type { AsffFinding } from './asff/schema.ts';
import { csv } from './csv/index.ts';
import { gitlab } from './gitlab/index.ts';
import { gitlabCodeQuality } from './gitlab-codequality/index.ts';
import type { GitlabReport } from './gitlab-security/schema.ts';
import { junit } from './junit/index.ts';
import { markdown } from './markdown/index.ts';
import { MOST_CHARACTERS } from './markdown-pr/comment.ts';
import { markdownPr } from './markdown-pr/index.ts';

const withDockerfile = (): Report => ({ ...standingReport(), dockerfile: { file: './Dockerfile', layers: [{ layer: 1, line: 12 }] } });

describe('gitlab', () => {
  const documentOf = async (report: Report): Promise<GitlabReport> => JSON.parse(await rendered(gitlab, report));

  it('has packages that count, named as GitLab groups them', async () => {
    const { vulnerabilities, scan } = await documentOf(standingReport());
    expect(vulnerabilities.map(({ identifiers }) => identifiers[0]?.value)).not.toContain('CVE-2022-1111');
    expect(vulnerabilities.find(({ identifiers }) => identifiers[0]?.value === 'CVE-2020-8203')).toMatchObject({
      name: 'CVE-2020-8203, GHSA-p6mc-m468-83gw',
      severity: 'High',
      solution: 'Update lodash to 4.17.20.',
      identifiers: [
        { type: 'cve', value: 'CVE-2020-8203', url: 'https://nvd.nist.gov/vuln/detail/CVE-2020-8203' },
        { type: 'ghsa', value: 'GHSA-p6mc-m468-83gw' },
        { type: 'cwe', name: 'CWE-1321', value: '1321' },
      ],
      cvss_vectors: [{ vendor: 'ghsa', vector: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:H/A:H' }],
      location: {
        dependency: { package: { name: 'lodash' }, version: '4.17.15' },
        operating_system: 'debian 11',
        image: 'registry.example/shop/web:1.2',
        default_branch_image: 'registry.example/shop/web',
      },
    });
    expect(scan).toMatchObject({ start_time: '2026-11-21T00:00:00', messages: [{ level: 'warn' }] });
  });

  it('gives ids that stay, and differ between platforms', async () => {
    const ids = async (reports: readonly Report[]): Promise<readonly string[]> =>
      (JSON.parse(await renderedPlatforms(gitlab, { reports, failed: [] })) as GitlabReport).vulnerabilities.map(({ id }) => id);
    const both = await ids(samplePlatforms('amd64', 'arm64'));
    expect(new Set(both).size).toBe(both.length);
    expect(await ids(samplePlatforms('amd64', 'arm64'))).toEqual(both);
    expect(both[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe('gitlab-codequality', () => {
  it('has every kind at the line where it is mended, but for what is not counted', async () => {
    const entries = JSON.parse(await rendered(gitlabCodeQuality, withDockerfile()));
    const at = (rule: string) => entries.filter((each: { check_name: string }) => each.check_name === rule);
    expect(at('CVE-2020-8203')).toMatchObject([{ severity: 'critical', location: { path: 'Dockerfile', lines: { begin: 12 } } }]);
    expect(at('secret/aws-access-key-id')).toMatchObject([{ location: { path: 'srv/app/.env', lines: { begin: 3 } } }]);
    expect(at('secret/postgres-url')).toMatchObject([{ severity: 'blocker', location: { path: 'registry.example/shop/web' } }]);
    expect(at('dockerfile/made-up')).toMatchObject([{ description: 'The last user is root.', location: { lines: { begin: 4, end: 4 } } }]);
    expect(at('imported/CodeQL/js/sql-injection')).toMatchObject([{ location: { path: 'src/board.js', lines: { begin: 12 } } }]);
    expect([...at('CVE-2022-0778'), ...at('file/made-up'), ...at('imported/CodeQL/js/xss'), ...at('CVE-2022-1111')]).toEqual([]);
  });
});

describe('junit', () => {
  it('fails what counts, skips what does not, and has the gate as a case', async () => {
    const text = await rendered(junit, standingReport());
    expect(text).toContain(
      '<testsuite name="lodash 4.17.15" tests="2" failures="2" errors="0" skipped="0" timestamp="2026-11-21T00:00:00">',
    );
    expect(text).toMatch(
      /<testcase name="\[High\] CVE-2020-8203" classname="lodash 4\.17\.15"><failure type="high" message="lodash 4\.17\.15 is affected/,
    );
    expect(text).toContain('<skipped message="not counted: accepted by an exception, not reachable"></skipped>');
    expect(text).toMatch(/<testcase name="Gate: registry.example\/shop\/web:1.2" classname="gate"><failure type="deny" message="/);
    expect(text).toContain('<testsuite name="imported CodeQL" tests="2" failures="1"');
  });

  it('passes where nothing is found, for what was looked for', async () => {
    const text = await rendered(junit, { ...emptyReport(), decision: { outcome: 'allow', reasons: [] } });
    expect(text).toContain('<testsuites name="plimsoll" tests="2" failures="0" errors="0">');
    expect(text).toContain('<testcase name="nothing found" classname="vulnerability"/>');
    expect(text).not.toContain('classname="secret"');
  });
});

describe('csv', () => {
  it('has a line for each place, with the same columns', async () => {
    const [head = [], ...rows] = csvRecords(await rendered(csv, withDockerfile())) ?? [];
    const of = (id: string) =>
      rows.filter((row) => row[head.indexOf('id')] === id).map((row) => Object.fromEntries(head.map((name, i) => [name, row[i]])));
    expect(of('CVE-2020-8203').map(({ path }) => path)).toEqual([
      'srv/app/node_modules/lodash/package.json',
      'srv/app/node_modules/a/node_modules/lodash/package.json',
    ]);
    expect(new Set(of('CVE-2020-8203').map(({ fingerprint }) => fingerprint)).size).toBe(2);
    expect(of('CVE-2020-8203')[0]).toMatchObject({
      counted: 'yes',
      change: 'new-by-disclosure',
      origin: 'own',
      cvss: '7.4',
      kev: 'no',
      dockerfile_line: '12',
    });
    expect(of('CVE-2022-0778')[0]).toMatchObject({
      counted: 'no',
      not_counted_by: 'exception',
      not_counted_reason: 'not reachable',
      origin: 'base',
    });
    expect(of('imported/CodeQL/js/sql-injection')[0]).toMatchObject({ kind: 'imported', path: 'src/board.js', line: '12' });
  });

  it.each(['=1+1', '+1', '-1', '@a', ' =1', '＝1'])('makes no formula of %s', async (title) => {
    const report = { ...emptyReport(), imported: { sources: [], findings: [imported({ title })] } };
    const [head = [], row = []] = csvRecords(await rendered(csv, report)) ?? [];
    expect(row[head.indexOf('title')]).toBe(`'${title}`);
  });
});

describe('asff', () => {
  const findingsOf = async (report: Report): Promise<readonly AsffFinding[]> => JSON.parse(await rendered(asff, report)).Findings;

  it('has every kind, and says what is accepted', async () => {
    const findings = await findingsOf(standingReport());
    const of = (rule: string) => findings.filter(({ GeneratorId }) => GeneratorId === `plimsoll/${rule}`);
    expect(of('CVE-2020-8203')).toMatchObject([
      {
        Id: expect.stringMatching(/^plimsoll\/registry\.example\/shop\/web\/[0-9a-f]{64}$/),
        ProductArn: 'arn:aws:securityhub:eu-central-1:123456789012:product/123456789012/default',
        Severity: { Label: 'HIGH', Original: 'high' },
        Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
        Workflow: { Status: 'NEW' },
        Vulnerabilities: [{ Id: 'CVE-2020-8203', FixAvailable: 'YES', RelatedVulnerabilities: ['GHSA-p6mc-m468-83gw'] }],
        Resources: [{ Type: 'Container', Details: { Container: { ImageName: 'registry.example/shop/web:1.2' } } }],
      },
    ]);
    expect(of('CVE-2022-0778')).toMatchObject([{ Workflow: { Status: 'SUPPRESSED' }, Note: { Text: 'exception: not reachable' } }]);
    expect(of('CVE-2022-1111')).toEqual([]);
    expect(of('secret/aws-access-key-id')[0]?.ProductFields).toMatchObject({ 'plimsoll/Masked': 'AKIA****************' });
    expect(of('imported/CodeQL/js/sql-injection')[0]?.ProductFields).toMatchObject({ 'plimsoll/Tool': 'CodeQL' });
  });
});

describe('markdown-pr', () => {
  it('says the gate’s answer first, then what is new and what is gone, then the rest folded away', async () => {
    const text = await rendered(markdownPr, standingReport());
    const order = [
      '<!-- plimsoll: registry.example/shop/web -->',
      '## Gate: Failed',
      '| Vulnerabilities |',
      '### New since main.json (2)',
      'CVE-2020-8203',
      'CVE-2023-44487',
      'Fixed since main.json (1)',
      '<details><summary>All findings (',
      'by Plimsoll',
    ];
    const places = order.map((part) => text.indexOf(part));
    expect(places).not.toContain(-1);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  it('has the worst first, whatever the kind', async () => {
    const { baseline: _none, ...report } = standingReport();
    const rows = (await rendered(markdownPr, report))
      .split('\n')
      .filter((line) => /^\| (Critical|High|Medium|Low|Negligible|Unknown)/.test(line));
    expect(rows[0]).toContain('secret/postgres-url');
    expect(rows.at(-1)).toContain('imported/CodeQL/js/xss');
  });

  it('has the same mark for every tag, which nothing can end', async () => {
    const report = sampleReport();
    const target = { ...report.inventory.target, name: 'x:2.0', repository: 'a --> <b> \n c' };
    const text = await rendered(markdownPr, { ...report, inventory: { ...report.inventory, target } });
    expect(text.split('\n')[0]).toBe('<!-- plimsoll: a-b-c -->');
  });

  it('says nothing of vulnerabilities where nobody looked for them', async () => {
    const { database: _none, ...checked } = assessedReport();
    expect(await rendered(markdown, checked)).not.toMatch(/vulnerabilit/i);
    expect(await rendered(markdown, assessedReport())).toContain('## Vulnerabilities');
  });

  it('says that nothing has passed where no gate was asked for', async () => {
    const none = { ...sampleReport(), decision: { outcome: 'allow', reasons: [{ code: 'no-gate', params: {} }] } } as const;
    expect(await rendered(markdownPr, none)).toContain('## Gate: none\n');
    expect(await rendered(markdownPr, none, { language: 'ko' })).toContain('## 게이트: 없음\n');
  });

  it('is never longer than a comment may be, and says how much is left out', async () => {
    const report = standingReport();
    const lodash = report.inventory.packages[2]!;
    const long = { ...lodash, name: '가<'.repeat(5000) };
    const many = Array.from({ length: 400 }, (_, i) =>
      finding(`CVE-2024-${i}`, long, {
        locations: [locationOf(lodash)],
        change: 'new-by-change',
        fix: { state: 'fixed', versions: ['x'.repeat(9000)] },
      }),
    );
    const text = await rendered(markdownPr, { ...report, findings: many });
    expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    expect(text).toMatch(/\d+ more are in the reports as HTML, CSV and JSON\./);
    expect(text.trimEnd().endsWith('</sub>')).toBe(true);
    const reports = samplePlatforms('amd64', 'arm64', 's390x').map((each) => ({ ...each, findings: many }));
    expect((await renderedPlatforms(markdownPr, { reports, failed: [] })).length).toBeLessThanOrEqual(MOST_CHARACTERS);
  });
});

describe('an image out of an archive', () => {
  it('is called by its tag where people know nothing of the machine', async () => {
    const report = sampleReport();
    const { target } = report.inventory;
    const named = async (more: Partial<Report['inventory']['target']>) => {
      const changed = { ...report, inventory: { ...report.inventory, target: { ...target, ...more } } };
      const { vulnerabilities } = JSON.parse(await rendered(gitlab, changed)) as GitlabReport;
      return [vulnerabilities[0]?.location.image, (await rendered(markdownPr, changed)).split('\n')[4]?.split(' ')[0]];
    };
    const archive = { spec: 'docker-archive:/tmp/a.tar', name: '/tmp/a.tar', repository: 'registry.example/shop/web', tags: ['1.3'] };
    expect(await named(archive)).toEqual(['registry.example/shop/web:1.3', 'registry.example/shop/web:1.3']);
    expect(await named({ ...archive, tags: [''] })).toEqual(['/tmp/a.tar', '/tmp/a.tar']);
    expect(await named({ tags: ['1.2'] })).toEqual([target.name, target.name]);
  });
});
