import { describe, expect, it } from 'vitest';
import { standingReport } from '../../testing/fixtures/assessed-report.ts';
import { sarifErrors } from '../../testing/published-schemas.ts';
import { schemaErrors } from '../../testing/report-schema.ts';
import { rendered } from '../../testing/reporter-contract.ts';
import type { Report } from '../model/index.ts';
import { html } from './html/index.ts';
import { issues } from './issues.ts';
import { json } from './json/index.ts';
import { markdown } from './markdown/index.ts';
import { markdownPr } from './markdown-pr/index.ts';
import { sarif } from './sarif/index.ts';
import { NO_FILTER } from './shown.ts';
import { table } from './table/index.ts';

describe('findings of other tools', () => {
  it('are issues with their tool in the rule, their own words and fingerprint', async () => {
    const [codeql] = (await issues(standingReport(), NO_FILTER, 'en')).filter(({ kind }) => kind === 'imported');
    expect(codeql).toMatchObject({
      rule: 'imported/CodeQL/js/sql-injection',
      severity: 'high',
      message: 'This query depends on a user-provided value.',
      why: 'Use prepared statements.',
      references: ['https://codeql.example/js-sql-injection'],
      fingerprint: 'f1',
      places: [{ path: 'src/board.js', inImage: false, line: 12, snippet: 'db.query(text)' }],
    });
  });

  it('are hidden by severity like all others', async () => {
    const kinds = (await issues(standingReport(), { ...NO_FILTER, severities: ['critical'] }, 'en')).map(({ kind }) => kind);
    expect(kinds).not.toContain('imported');
    const document = JSON.parse(await rendered(json, standingReport(), { filter: { ...NO_FILTER, severities: ['critical'] } }));
    expect(document.imported.findings).toEqual([]);
    // 4 of packages, an AWS key, two checks and what CodeQL says; what is suppressed is not counted.
    expect(document.display.hidden).toBe(8);
    expect(schemaErrors(document)).toBeNull();
  });

  it.each([html, markdown, sarif, table])('are in the report with their tool: $id', async (reporter) => {
    const text = await rendered(reporter, standingReport());
    expect(text).toContain('CodeQL');
    expect(text).toContain('This query depends on a user-provided value');
    expect(await rendered(reporter, standingReport(), { language: 'ko' })).toContain('CodeQL');
  });

  it('are what the schema of SARIF allows', async () => {
    expect(sarifErrors(JSON.parse(await rendered(sarif, standingReport())))).toBeNull();
  });
});

describe('what stands beside a finding', () => {
  it.each([html, markdown])('is said at once: new, from the base image, accepted: $id', async (reporter) => {
    const text = await rendered(reporter, standingReport());
    expect(text).toMatch(/High(<[^>]+>|, )*new\b/);
    expect(text).toContain('new, by disclosure');
    expect(text).toContain('not counted: accepted by an exception, not reachable');
    expect(text).toContain('from the base image');
  });

  it.each([html, markdown, markdownPr, table])('has the number of what was accepted: $id', async (reporter) => {
    const files = [{ file: 'plimsoll.exceptions.yaml', format: 'plimsoll', rules: 2, suppressed: 1 }] as const;
    expect(await rendered(reporter, { ...standingReport(), exceptions: { files } })).toContain('Accepted by exceptions and not counted: ');
  });

  it('where all of a kind is accepted, nobody says that there is none', async () => {
    const report = standingReport();
    const accepted = { by: 'exception', reason: 'later' } as const;
    const { secrets, checks } = report;
    const all: Report = {
      ...report,
      ...(secrets ? { secrets: { ...secrets, findings: secrets.findings.map((each) => ({ ...each, suppressed: accepted })) } } : {}),
      ...(checks ? { checks: { ...checks, findings: checks.findings.map((each) => ({ ...each, suppressed: accepted })) } } : {}),
    };
    const text = await rendered(table, all);
    expect(text).toContain(`${checks?.findings.length} that exceptions, comments or settings say not to count.`);
    expect(text).toContain(`${secrets?.findings.length} accepted, known or ignored; gates do not count them.`);
    expect(await rendered(markdown, all)).toMatch(/Secrets \| 0 \| not counted: \d/);
    expect(text).not.toMatch(/Nothing wrong with the configuration|No secrets found/);
  });
});
