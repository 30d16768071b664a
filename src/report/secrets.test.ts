import { describe, expect, it } from 'vitest';
import { assessedReport, check } from '../../testing/fixtures/assessed-report.ts';
import { rendered } from '../../testing/reporter-contract.ts';
import { secretRemedy, secretTexts, secretTitle } from '../messages/secrets.ts';
import { SECRET_WORDS } from '../model/index.ts';
import { findingText } from './check-sentences.ts';
import { json } from './json/index.ts';
import { table } from './table/index.ts';
import { trivy } from './trivy/index.ts';

const HIGH_ONLY = { filter: { ignoreUnfixed: false, severities: ['critical'] as const } };

describe('secrets as a table', () => {
  it('have what, where, layer and masked text, what to do about each kind, and what was read and left out', async () => {
    const text = await rendered(table, assessedReport());
    expect(text).toMatch(
      /^CRITICAL +PostgreSQL connection string with a password +ENV DATABASE_URL +postgres:\/\/board:\*\*\*\*@db\/board/m,
    );
    expect(text).toMatch(/^HIGH +AWS access key +srv\/app\/\.env:3:7 /m);
    expect(text).toContain('  access key: Revoke the key where it was issued');
    expect(text).toContain('Secrets: 2\n1 accepted, known or ignored; gates do not count them.\n');
    expect(text).toContain('Looked for with 200 rules in 12 files (34 KB).');
    expect(text).toContain('Skipped: 900 B in 2 files (node-modules 900 B in 2); --skip none reads all of them.');
    expect(text).not.toContain('root/.ssh/id_rsa');
  });

  it('say which layer took a file away, and what that does not help against', async () => {
    const report = assessedReport();
    const findings = report.secrets?.findings.map(({ suppressed: _, ...rest }) => rest) ?? [];
    const text = await rendered(table, { ...report, secrets: { ...report.secrets!, findings } });
    expect(text).toMatch(/root\/\.ssh\/id_rsa:1 .*gone in #1, still in the image$/m);
    expect(text).toContain('Deleting it in a later layer does not help');
    expect(text).toMatch(/^ {2}#1 /m);
  });

  it('are counted where a filter hides them', async () => {
    const text = await rendered(table, assessedReport(), HIGH_ONLY);
    expect(text).not.toContain('AWS access key');
    expect(text).toContain('Secrets: 2\n1 more hidden by the display filters; gates still see them.');
  });

  it('are said to be none, in Korean too', async () => {
    const report = assessedReport();
    const none = { ...report, secrets: { ...report.secrets!, findings: [] } };
    expect(await rendered(table, none)).toContain('No secrets found.');
    expect(await rendered(table, none, { language: 'ko' })).toContain('비밀 정보를 찾지 못했습니다.');
    expect(await rendered(table, report, { language: 'ko' })).toMatch(/^치명적 +PostgreSQL 비밀번호가 든 연결 문자열/m);
  });

  it('are not spoken of where nobody looked', async () => {
    const { secrets: _, ...report } = assessedReport();
    expect(await rendered(table, report)).not.toMatch(/secret/i);
  });

  it('are all there is where no packages were judged', async () => {
    const { database: _, ...report } = assessedReport();
    const text = await rendered(table, { ...report, findings: [], inventory: { ...report.inventory, packages: [] } });
    expect(text).not.toMatch(/packages in|Nothing found|Database:/);
  });
});

describe('secrets as JSON', () => {
  it('are those that the filter lets through', async () => {
    const { secrets } = JSON.parse(await rendered(json, assessedReport(), HIGH_ONLY));
    expect(secrets.findings.map(({ id }: { id: string }) => id)).toEqual(['postgres-url']);
    expect(secrets.scanned).toEqual({ files: 12, bytes: 34_000 });
  });
});

describe('secrets as Trivy has them', () => {
  it('are results of a class of their own, one a file, with the fields that pipelines select', async () => {
    const { Results } = JSON.parse(await rendered(trivy, assessedReport()));
    const secrets = Results.filter((each: { Class: string }) => each.Class === 'secret');
    expect(secrets.map(({ Target }: { Target: string }) => Target)).toEqual(['srv/app/.env', 'config.json', 'root/.ssh/id_rsa']);
    expect(secrets[1].Secrets).toEqual([
      {
        RuleID: 'postgres-url',
        Category: 'PostgreSQL',
        Severity: 'CRITICAL',
        Title: 'PostgreSQL connection string with a password',
        StartLine: 1,
        EndLine: 1,
        Code: { Lines: [expect.objectContaining({ Number: 1, IsCause: true })] },
        Match: expect.stringContaining('****'),
        Layer: {},
      },
    ]);
    expect(secrets[2]).toMatchObject({
      Secrets: [],
      ExperimentalModifiedFindings: [{ Type: 'secret', Status: 'ignored', Statement: 'revoked in May', Finding: { StartLine: 1 } }],
    });
    expect(Results.every((each: { Vulnerabilities: unknown }) => Array.isArray(each.Vulnerabilities))).toBe(true);
  });
});

describe('the words of secrets', () => {
  it.each(['en', 'ko'] as const)('are there for every kind (%s)', (language) => {
    const texts = secretTexts(language);
    for (const word of SECRET_WORDS) {
      expect(secretTitle({ service: 'Acme', word }, texts)).toMatch(/^Acme ./);
      expect(secretTitle({ service: 'Acme deploy token', word: 'secret' }, texts)).toBe('Acme deploy token');
      expect(secretTitle({ service: 'Acme token', word: 'token' }, texts)).toBe('Acme token');
      expect(secretTitle({ service: '사내 토큰', word: 'token' }, texts)).toBe('사내 토큰');
      expect(secretTitle({ service: 'Acme tokens', word: 'secret' }, texts)).not.toBe('Acme tokens');
      expect(secretRemedy({ word, visible: true }, texts).length).toBeGreaterThan(10);
    }
  });

  it('are the reader’s where the service is no name of anybody’s', () => {
    expect(secretTitle({ service: 'Generic', word: 'password' }, secretTexts('en'))).toBe('Generic password');
    expect(secretTitle({ service: 'Generic', word: 'password' }, secretTexts('ko'))).toBe('일반 비밀번호');
    expect(secretTitle({ service: 'Command line', word: 'password' }, secretTexts('ko'))).toBe('명령줄 비밀번호');
  });

  it('are the reader’s in what a check says of a Dockerfile too', () => {
    const { text: _its, ...found } = check({ id: 'dockerfile/secret-value', params: { service: 'Database' } });
    expect(findingText(found, 'ko').message).toContain('데이터베이스');
    expect(findingText({ ...found, params: { service: 'GitHub' } }, 'ko').message).toContain('GitHub');
  });
});
