import { describe, expect, it } from 'vitest';
import { check } from '../../../testing/fixtures/assessed-report.ts';
import { hostileReport } from '../../../testing/fixtures/hostile-report.ts';
import { emptyReport } from '../../../testing/fixtures/report.ts';
import { rendered } from '../../../testing/reporter-contract.ts';
import type { CheckFinding, Report } from '../../model/index.ts';
import { hadolint } from './index.ts';

const place = (file: string, line: number) => ({ file, line, column: 3, endLine: line, endColumn: 9 });
const finding = (id: string, of: Partial<CheckFinding>): CheckFinding =>
  check({ id, fingerprint: id.padEnd(64, '0'), text: { title: '', message: `about "${id}"`, why: '', remedy: '' }, ...of });
const report = (...findings: readonly CheckFinding[]): Report => ({ ...emptyReport(), checks: { findings, files: 1 } });

const found = report(
  finding('b', { aliases: ['DL3008', 'DS-0029'], severity: 'medium', location: place('Dockerfile', 7) }),
  finding('a', { aliases: ['CIS-1'], severity: 'critical', location: place('Dockerfile', 3) }),
  finding('c', { aliases: ['SC2086'], severity: 'low', location: place('b/Dockerfile', 2) }),
  finding('d', { aliases: [], severity: 'negligible', location: place('b/Dockerfile', 2) }),
  finding('e', { severity: 'high', suppressed: { by: 'pragma' } }),
);
const form = (version: string | undefined, of = found) => rendered(hadolint, of, version === undefined ? {} : { version });

describe("hadolint's forms, by its formatters", () => {
  it('JSON: file, line, column, level, code and message, file by file in the order of lines', async () => {
    expect(JSON.parse(await form(undefined))).toEqual([
      { file: 'Dockerfile', line: 3, column: 3, level: 'error', code: 'a', message: 'about "a"' },
      { file: 'Dockerfile', line: 7, column: 3, level: 'warning', code: 'DL3008', message: 'about "b"' },
      { file: 'b/Dockerfile', line: 2, column: 3, level: 'info', code: 'SC2086', message: 'about "c"' },
      { file: 'b/Dockerfile', line: 2, column: 3, level: 'style', code: 'd', message: 'about "d"' },
    ]);
    expect(await form('json')).toBe(await form(undefined));
    expect(JSON.parse(await form('json', emptyReport()))).toEqual([]);
  });

  it.each([
    ['tty', 'Dockerfile:7 DL3008 warning: about "b"'],
    ['gnu', 'hadolint:Dockerfile:7: DL3008 warning: about "b"'],
  ])('%s: a line for each', async (version, line) => {
    const lines = (await form(version)).split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[1]).toBe(line);
  });

  it('Checkstyle: a file for each, with its errors', async () => {
    const text = await form('checkstyle');
    expect(text).toContain('<checkstyle version="4.3">\n  <file name="Dockerfile">\n    <error line="3"');
    expect(text).toContain('<error line="7" column="3" severity="warning" message="about &quot;b&quot;" source="DL3008"/>');
    expect(text.match(/<file /g)).toHaveLength(2);
    expect(await form('checkstyle', emptyReport())).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n</checkstyle>\n',
    );
  });

  it('Code Climate: an object for each, NUL after each', async () => {
    const [first = '', second = '', , , last] = (await form('codeclimate')).split('\0');
    expect(last).toBe('');
    expect(JSON.parse(first)).toMatchObject({ type: 'issue', check_name: 'a', severity: 'blocker', categories: ['Bug Risk'] });
    expect(JSON.parse(second)).toMatchObject({ severity: 'major', location: { path: 'Dockerfile', lines: { begin: 7, end: 7 } } });
  });

  it('SonarQube: one list of issues', async () => {
    const { issues } = JSON.parse(await form('sonarqube'));
    expect(issues.map(({ severity, type }: { severity: string; type: string }) => `${severity} ${type}`)).toEqual([
      'CRITICAL BUG',
      'MAJOR CODE_SMELL',
      'MINOR CODE_SMELL',
      'INFO CODE_SMELL',
    ]);
    expect(issues[1].primaryLocation).toEqual({
      message: 'about "b"',
      filePath: 'Dockerfile',
      textRange: { startLine: 7, endLine: 7 },
    });
  });

  it.each(['json', 'tty', 'gnu', 'checkstyle', 'codeclimate', 'sonarqube'])('lets nothing out of hostile text: %s', async (version) => {
    const text = await form(version, hostileReport());
    expect(version === 'codeclimate' ? text.replaceAll('\0', '') : text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    if (version === 'tty')
      expect(text.split('\n').every((line) => line === '' || /:\d+ \S+ (error|warning|info|style): /.test(line))).toBe(true);
  });
});
