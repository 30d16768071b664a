import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../../testing/cli.ts';
import { sarifErrors } from '../../testing/published-schemas.ts';
import { schemaErrors } from '../../testing/report-schema.ts';
import type { Report } from '../model/index.ts';
import { readImports } from './imported.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-imported-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const result = (ruleId: string, level: string, file: string, more: object = {}) => ({
  ruleId,
  level,
  message: { text: `${ruleId} met` },
  locations: [{ physicalLocation: { artifactLocation: { uri: file }, region: { startLine: 3 } } }],
  ...more,
});
const write = (name: string, tool: string, results: readonly object[]) =>
  writeFileSync(join(work, name), JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: tool } }, results }] }));

beforeAll(() => {
  write('codeql.sarif', 'CodeQL', [
    result('js/xss', 'warning', 'web/b.js'),
    result('js/injection', 'error', 'web/a.js'),
    result('js/known', 'error', 'web/c.js', { suppressions: [{ kind: 'external', justification: 'a test' }] }),
    {},
  ]);
  write('semgrep.sarif', 'Semgrep', [result('no-eval', 'note', 'web/a.js')]);
  writeFileSync(join(work, 'package-lock.json'), JSON.stringify({ name: 'a', lockfileVersion: 3, packages: { '': { name: 'a' } } }));
});

const scan = async (...args: readonly string[]) => {
  const run = await cli(['scan', `dir:${work}`, '--db', 'starter', '--no-cache', ...args], { cwd: work });
  return { ...run, report: args.includes('json') ? (JSON.parse(run.out) as Report) : undefined };
};

describe('findings of other tools', () => {
  it('stand in the report with their origin, worst first', async () => {
    const { report, code } = await scan('--import', 'codeql.sarif', '--import', 'semgrep.sarif', '-f', 'json');
    expect(code).toBe(0);
    expect(schemaErrors(report)).toBeNull();
    expect(report?.imported?.sources).toEqual([
      { file: 'codeql.sarif', tool: 'CodeQL', findings: 3 },
      { file: 'semgrep.sarif', tool: 'Semgrep', findings: 1 },
    ]);
    expect(report?.imported?.findings.map(({ tool, id, severity, suppressed }) => [tool, id, severity, suppressed?.by])).toEqual([
      ['CodeQL', 'js/injection', 'high', undefined],
      ['CodeQL', 'js/known', 'high', 'origin'],
      ['CodeQL', 'js/xss', 'medium', undefined],
      ['Semgrep', 'no-eval', 'low', undefined],
    ]);
    expect(report?.warnings.find(({ code: each }) => each === 'imported-results-malformed')?.params).toEqual({
      file: 'codeql.sarif',
      count: 1,
      examples: 'CodeQL: results[3]',
    });
  });

  it.each([
    ['critical', 0, 'allow below-threshold', undefined],
    ['high', 1, 'deny imported-findings', { count: 1, threshold: 'high', tools: 'CodeQL' }],
    ['low', 1, 'deny imported-findings', { count: 3, threshold: 'low', tools: 'CodeQL, Semgrep' }],
  ])('stand under the gate: %s', async (level, exit, outcome, params) => {
    const { report, code } = await scan('--import', 'codeql.sarif,semgrep.sarif', '-f', 'json', '--fail-on', level);
    const [reason] = report?.decision.reasons ?? [];
    expect([code, `${report?.decision.outcome} ${reason?.code}`]).toEqual([exit, outcome]);
    if (params) expect(reason?.params).toEqual(params);
  });

  it('keep the weaknesses and the places without a file that their tool states, in every form', async () => {
    const tags = { properties: { tags: ['external/cwe/cwe-079'] } };
    const elsewhere = { locations: [{ logicalLocations: [{ fullyQualifiedName: 'shop.Cart.total' }] }] };
    write('logical.sarif', 'Tool', [result('r1', 'error', 'x', { ...tags, ...elsewhere })]);
    const { report } = await scan('--import', 'logical.sarif', '-f', 'json');
    expect(schemaErrors(report)).toBeNull();
    expect(report?.imported?.findings).toMatchObject([{ cwes: ['CWE-79'], logical: 'shop.Cart.total' }]);
    expect((await scan('--import', 'logical.sarif')).out).toMatch(/HIGH +Tool +r1 +shop\.Cart\.total +r1 met/);
    const sarif = JSON.parse((await scan('--import', 'logical.sarif', '-f', 'sarif')).out);
    expect(sarifErrors(sarif)).toBeNull();
    const written = sarif.runs[0].results.find(({ ruleId }: { ruleId: string }) => ruleId === 'imported/Tool/r1');
    expect(written.locations[0].logicalLocations).toEqual([{ fullyQualifiedName: 'shop.Cart.total', kind: 'resource' }]);
    const rules = sarif.runs[0].tool.driver.rules as { id: string; properties: { tags: string[] } }[];
    expect(rules.find(({ id }) => id === written.ruleId)?.properties.tags).toContain('external/cwe/cwe-79');
    const gitlab = JSON.parse((await scan('--import', 'logical.sarif', '-f', 'gitlab-sast')).out);
    expect(gitlab.vulnerabilities[0].identifiers).toContainEqual(expect.objectContaining({ type: 'cwe', value: '79' }));
    expect((await scan('--import', 'logical.sarif', '-f', 'html')).out).toContain('CWE-79');
  });

  it('are in the table and in SARIF, whose reader finds them again', async () => {
    const table = await scan('--import', 'codeql.sarif', '--fail-on', 'high');
    expect(table.out).toMatch(/HIGH +CodeQL +js\/injection +web\/a\.js:3/);
    expect(table.out).toContain('Gate: failed. Findings of CodeQL at or above HIGH: 1');
    const sarif = await scan('--import', 'codeql.sarif', '-f', 'sarif=out.sarif');
    expect(sarif.code).toBe(0);
    const { imported } = await readImports(['out.sarif'], work);
    expect(imported.findings.map(({ message }) => message.split('.')[0])).toContain('js/injection met');
  });

  it('of several lines are one row, and one sentence', async () => {
    write('lines.sarif', 'Trivy', [result('DS-1', 'error', 'Dockerfile', { message: { text: 'Type: dockerfile\nMessage: no user' } })]);
    const files = ['junit', 'markdown', 'gitlab-sast', 'csv', 'sarif'].map((format) => ['-f', `${format}=lines.${format}`]);
    const run = await scan('--import', 'lines.sarif', '-f', 'table', ...files.flat());
    expect(run.out).toMatch(/Dockerfile:3 +Type: dockerfile; Message: no user/);
    for (const [, format = ''] of files) {
      expect(readFileSync(join(work, format.split('=')[1] ?? ''), 'utf8')).toContain('Type: dockerfile; Message: no user');
    }
  });

  it('are in an assessment, its score and its gate', async () => {
    const run = await cli(
      [
        'assess',
        `dir:${work}`,
        '--db',
        'starter',
        '--import',
        'codeql.sarif',
        '-o',
        'out',
        '--score-weights',
        'imported.high=40',
        '--fail-on',
        'none',
      ],
      { cwd: work },
    );
    expect(run.out).toContain('60 of 100');
    expect(run.code).toBe(1);
  });

  it.each<[string, (text: string) => Uint8Array]>([
    ['gzipped', (text) => gzipSync(text)],
    ['with a byte order mark', (text) => Buffer.from(`\uFEFF${text}`, 'utf8')],
    ['in UTF-16', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['in UTF-16 of the other order', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ])('are read %s', async (_what, coded) => {
    writeFileSync(join(work, 'coded.sarif'), coded(readFileSync(join(work, 'codeql.sarif'), 'utf8')));
    const { imported } = await readImports(['coded.sarif'], work);
    expect(imported.findings.map(({ id }) => id)).toEqual(['js/injection', 'js/known', 'js/xss']);
  });

  it('with one fingerprint and several places are several', async () => {
    const own = { fingerprints: { id: 'always' } };
    write('one.sarif', 'T', [result('r', 'error', 'a.js', own)]);
    write('two.sarif', 'T', [result('r', 'error', 'b.js', own), result('r', 'error', 'a.js', own)]);
    const { imported } = await readImports(['one.sarif', 'two.sarif', 'two.sarif'], work);
    expect(imported.findings.map(({ location }) => location?.file).sort()).toEqual(['a.js', 'b.js']);
    expect(new Set(imported.findings.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  it.each<[string, readonly object[], number, string]>([
    ['and found nothing', [], 5, 'unknown imported-failed'],
    ['after it found something', [result('r', 'note', 'a.js')], 0, 'allow below-threshold'],
  ])('of a tool that says that it failed, %s', async (_what, results, exit, outcome) => {
    const invocations = [{ executionSuccessful: false, toolExecutionNotifications: [{ level: 'error', message: { text: 'no memory' } }] }];
    const runs = [{ tool: { driver: { name: 'T' } }, invocations, results }];
    writeFileSync(join(work, 'failed.sarif'), JSON.stringify({ version: '2.1.0', runs }));
    const { report, code } = await scan('--import', 'failed.sarif', '-f', 'json', '--fail-on', 'high');
    expect(schemaErrors(report)).toBeNull();
    expect([code, `${report?.decision.outcome} ${report?.decision.reasons[0]?.code}`]).toEqual([exit, outcome]);
    expect(report?.warnings.find(({ code: each }) => each === 'imported-run-failed')?.params).toEqual({
      file: 'failed.sarif',
      tool: 'T',
      said: 'no memory',
    });
  });

  it('that two files have stand once', async () => {
    const { imported } = await readImports(['codeql.sarif', 'codeql.sarif'], work);
    expect(imported.findings).toHaveLength(3);
  });

  it.each([
    ['missing.sarif', 'sarif-unreadable'],
    ['.', 'sarif-unreadable'],
    ['package-lock.json', 'sarif-malformed'],
  ])('a file that is none is said before anything is read: %s', async (file, code) => {
    const run = await scan('--import', file);
    expect([run.code, run.out]).toEqual([3, '']);
    expect(run.err).toContain(`[${code}]`);
  });
});

it('what is written with them is valid SARIF', async () => {
  const run = await scan('--import', 'codeql.sarif', '-f', 'sarif');
  expect(sarifErrors(JSON.parse(run.out))).toBeNull();
});
