import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cli } from '../../../testing/cli.ts';
import { buildImage, writeLayout } from '../../../testing/image-builder/index.ts';
import { sarifErrors } from '../../../testing/published-schemas.ts';
import { lintSchemaErrors, schemaErrors } from '../../../testing/report-schema.ts';
import type { Report } from '../../model/index.ts';
import { PlimsollError } from '../../util/errors.ts';
import { scan } from '../scan/index.ts';
import { openStanding } from './index.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-standing-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));
const file = (name: string, text: string) => writeFileSync(join(work, name), text);
const exceptions = (text: string) => file('plimsoll.exceptions.yaml', `exceptions:\n${text}`);
const env = { PLIMSOLL_DB: 'starter', PLIMSOLL_OFFLINE: '1', PLIMSOLL_LANG: 'en', PLIMSOLL_PLATFORM: 'linux/amd64' };
const run = (...argv: string[]) => cli(argv, { cwd: work, env });
const image = (name: string) => `oci:${join(work, name)}`;

async function reported(...argv: string[]): Promise<{ code: number; report: Report }> {
  const { code, out } = await run(...argv, '-f', 'json');
  return { code, report: JSON.parse(out) };
}

const npm = (name: string, version: string) => ({
  path: `srv/node_modules/${name}/package.json`,
  content: JSON.stringify({ name, version }),
});

beforeAll(async () => {
  const about = { platform: { os: 'linux', architecture: 'amd64' }, created: '2026-01-01T00:00:00Z', config: { User: '1000' } };
  const images = {
    now: [npm('lodash', '4.17.15'), npm('minimist', '1.2.0')],
    older: [npm('lodash', '4.17.15')],
    mended: [npm('lodash', '4.17.21'), npm('minimist', '1.2.0')],
    another: [npm('lodash', '4.17.15'), ...'abcdefghi'.split('').map((name) => npm(name, '1.0.0'))],
  };
  for (const [name, files] of Object.entries(images)) {
    await writeLayout(join(work, name), [{ image: buildImage({ ...about, steps: [{ createdBy: 'COPY . .', files }] }), tag: 'latest' }]);
  }
  file(
    'semgrep.sarif',
    JSON.stringify({
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 'Semgrep' } }, results: [{ ruleId: 'eval', level: 'error', message: { text: 'eval' } }] }],
    }),
  );
  file('Dockerfile', 'FROM debian:12\nUSER root\n');
});
beforeEach(() => {
  for (const name of ['plimsoll.exceptions.yaml', '.trivyignore', 'kept.json']) rmSync(join(work, name), { force: true });
});

describe('exceptions of the working folder', () => {
  it('keep findings from the gate, and in the report with who accepted them', async () => {
    exceptions('  - {package: "{lodash,minimist}", reason: examples, owner: web}\n');
    const { code, report } = await reported('scan', image('now'), '--fail-on', 'low');
    expect(code).toBe(0);
    expect(report.findings.length).toBeGreaterThan(2);
    for (const { suppressed } of report.findings) {
      expect(suppressed).toEqual({
        by: 'exception',
        reason: 'examples',
        exception: { file: 'plimsoll.exceptions.yaml', line: 2, owner: 'web' },
      });
    }
    expect(report.exceptions).toEqual({
      files: [{ file: 'plimsoll.exceptions.yaml', format: 'plimsoll', rules: 1, applied: 1, suppressed: report.findings.length }],
    });
    expect(schemaErrors(report)).toBeNull();
    expect((await run('scan', image('now'), '--fail-on', 'low', '--without-exceptions')).code).toBe(1);
  });

  it('are said in every form', async () => {
    exceptions('  - {id: CVE-2021-23337, reason: not reachable, expires: 2999-01-01, ticket: T-1}\n');
    const table = await run('scan', image('now'), '--show-suppressed');
    expect(table.out).toMatch(/Accepted by exceptions and not counted: 1 \(plimsoll\.exceptions\.yaml: 1, exceptions at work: 1 of 1\)/);
    expect(table.out).toMatch(/CVE-2021-23337 +lodash 4\.17\.15 +2999-01-01 +not reachable T-1 +plimsoll\.exceptions\.yaml:2/);
    const sarif = JSON.parse((await run('scan', image('now'), '-f', 'sarif', '--sarif-suppressed')).out);
    expect(sarifErrors(sarif)).toBeNull();
    const result = sarif.runs[0].results.find(({ ruleId }: { ruleId: string }) => ruleId === 'CVE-2021-23337');
    expect(result.suppressions).toEqual([
      {
        kind: 'external',
        status: 'accepted',
        justification: 'not reachable',
        properties: { file: 'plimsoll.exceptions.yaml', line: 2, expires: '2999-01-01', ticket: 'T-1' },
      },
    ]);
    const trivy = JSON.parse((await run('scan', image('now'), '-f', 'trivy')).out);
    const [group] = trivy.Results;
    expect(group.Vulnerabilities.map((each: { VulnerabilityID: string }) => each.VulnerabilityID)).not.toContain('CVE-2021-23337');
    expect(group.ExperimentalModifiedFindings).toMatchObject([
      {
        Type: 'vulnerability',
        Status: 'ignored',
        Statement: 'not reachable',
        Source: 'plimsoll.exceptions.yaml',
        Finding: { VulnerabilityID: 'CVE-2021-23337' },
      },
    ]);
    expect((await run('scan', image('now'), '--lang', 'ko')).out).toContain('예외로 인정되어 집계하지 않은 결과: 1개');
  });

  it('hold for configuration and for findings of other tools', async () => {
    file('.trivyignore', 'AVD-DS-0002\n');
    exceptions('  - {id: Semgrep/eval, kind: imported, reason: a test}\n');
    const lint = JSON.parse((await run('lint', 'Dockerfile', '-f', 'json')).out);
    expect(lintSchemaErrors(lint)).toBeNull();
    expect(lint.exceptions.files.map(({ file, suppressed }: { file: string; suppressed: number }) => `${file} ${suppressed}`)).toEqual([
      'plimsoll.exceptions.yaml 0',
      '.trivyignore 1',
    ]);
    expect((await run('lint', 'Dockerfile')).out).toContain('.trivyignore: 1, exceptions at work: 1 of 1');
    const root = lint.findings.find(({ aliases }: { aliases: string[] }) => aliases.includes('DS-0002'));
    expect(root.suppressed).toMatchObject({ by: 'exception', exception: { file: '.trivyignore', line: 1 } });
    const { code, report } = await reported('scan', image('now'), '--scanners', 'config', '--import', 'semgrep.sarif', '--fail-on', 'high');
    expect(report.imported?.findings[0]?.suppressed).toMatchObject({ reason: 'a test' });
    expect(code).toBe(0);
    const assessed = await run('assess', image('now'), '--dockerfile', 'Dockerfile', '--fail-on', 'none', '--min-score', '0');
    expect(assessed.code).toBe(0);
  });

  it('that are malformed stop everything, before anything is looked at', async () => {
    exceptions('  - {id: CVE-1}\n');
    for (const argv of [
      ['scan', 'oci:nowhere'],
      ['assess', 'oci:nowhere'],
      ['lint', 'nowhere'],
      ['secrets', 'nowhere'],
    ]) {
      expect(await run(...argv)).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringContaining('plimsoll.exceptions.yaml:2:5: the exception has no reason. [exceptions-missing]'),
      });
    }
    expect(await run('scan', image('now'), '--exceptions', 'nowhere.yaml')).toMatchObject({
      code: 2,
      err: expect.stringContaining('exceptions-unreadable'),
    });
  });
});

describe('a baseline', () => {
  it('that was kept tells what is new, unchanged and fixed, and the gate looks at what is new', async () => {
    expect((await run('scan', image('older'), '-f', 'json=kept.json')).code).toBe(0);
    const { code, report } = await reported('scan', image('now'), '--baseline', 'kept.json', '--fail-on', 'new');
    const changes = new Map(report.findings.map(({ id, package: of, change }) => [`${of.name} ${id}`, change]));
    expect([...changes].filter(([name]) => name.startsWith('lodash')).every(([, change]) => change === 'unchanged')).toBe(true);
    expect([...changes].filter(([name]) => name.startsWith('minimist')).every(([, change]) => change === 'new-by-change')).toBe(true);
    expect([code, report.decision.reasons[0]?.params.count]).toEqual([
      1,
      report.findings.filter(({ change }) => change !== 'unchanged').length,
    ]);
    expect(schemaErrors(report)).toBeNull();
    expect((await run('scan', image('older'), '--baseline', 'kept.json', '--fail-on', 'new')).code).toBe(0);
    expect((await run('scan', image('older'), '--baseline', 'kept.json', '--fail-on', 'low')).code).toBe(1);
  });

  it('of an earlier day tells what became known', async () => {
    await run('scan', image('now'), '-f', 'json=kept.json');
    const { report } = await reported('scan', image('now'));
    const [first] = report.findings;
    const { display, ...rest } = report as Report & { display: object };
    file('kept.json', JSON.stringify({ ...rest, findings: report.findings.filter((each) => each !== first), display }));
    const again = await reported('scan', image('now'), '--baseline', 'kept.json', '--fail-on', 'new:critical');
    expect(again.report.findings.filter(({ change }) => change !== 'unchanged')).toMatchObject([
      { id: first?.id, change: 'new-by-disclosure' },
    ]);
    expect((await run('scan', image('now'), '--baseline', 'kept.json')).out).toContain('NEWLY KNOWN: the same package');
  });

  it('may be an image, and what is fixed is named with why', async () => {
    const { report } = await reported('scan', image('mended'), '--baseline', image('now'));
    expect(report.baseline?.fixed.length).toBeGreaterThan(0);
    expect(new Set(report.baseline?.fixed.map(({ what, why }) => `${what} ${why}`))).toEqual(new Set(['lodash 4.17.15 changed']));
    expect((await run('scan', image('mended'), '--baseline', image('now'))).out).toMatch(
      /Against .*: 0 new \(0 by change, 0 by disclosure\), \d+ unchanged, \d+ fixed/,
    );
    const sarif = JSON.parse((await run('scan', image('now'), '--baseline', image('older'), '-f', 'sarif')).out);
    expect(new Set(sarif.runs[0].results.map(({ baselineState }: { baselineState: string }) => baselineState))).toEqual(
      new Set(['new', 'unchanged']),
    );
    expect(sarifErrors(sarif)).toBeNull();
  });

  it('of a filtered report, or one that did not look for secrets, is told to be so', async () => {
    await run('scan', image('now'), '-f', 'json=kept.json', '--severity', 'critical');
    const { report } = await reported('scan', image('now'), '--baseline', 'kept.json', '--scanners', 'vuln,config');
    expect(report.warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(['baseline-filtered', 'baseline-lacks']));
    expect(report.checks?.findings.every(({ change }) => change === undefined)).toBe(true);
  });

  it('of an image that has hardly a package in common is told to be so', async () => {
    await run('scan', image('another'), '-f', 'json=kept.json');
    const codes = async (of: string) => (await reported('scan', image(of), '--baseline', 'kept.json')).report.warnings;
    expect(await codes('now')).toContainEqual({
      code: 'baseline-other-image',
      params: { spec: 'kept.json', name: expect.stringContaining('another'), shared: 1, count: 11 },
    });
    expect((await codes('another')).map(({ code }) => code)).not.toContain('baseline-other-image');
    // In another order of its keys, as other programs write it.
    const sorted = Object.entries(JSON.parse(readFileSync(join(work, 'kept.json'), 'utf8'))).sort(([a], [b]) => (a < b ? -1 : 1));
    file('sorted.json', JSON.stringify({ ...Object.fromEntries(sorted) }));
    expect((await reported('scan', image('another'), '--baseline', 'sorted.json')).report.baseline?.fixed).toEqual([]);
  });

  it('is heeded by the score of what is new', async () => {
    await run('assess', image('now'), '-o', 'kept', '--fail-on', 'none', '--min-score', '0');
    const all = ['assess', image('now'), '-o', 'again', '--min-score', '100', '--fail-on', 'new:critical'];
    expect((await run(...all, '--baseline', 'kept/latest/report.json')).code).toBe(0);
    expect((await run(...all, '--baseline', image('older'))).code).toBe(1);
  });

  it.each([
    ['new-without-baseline', ['--fail-on', 'new:high']],
    ['baseline-unreadable', ['--baseline', 'nowhere.json']],
    ['stored-report-malformed', ['--baseline', 'broken.json']],
    ['stored-report-malformed', ['--baseline', 'list.json']],
    ['stored-report-malformed', ['--baseline', 'names-one.json']],
    ['baseline-unreadable', ['--baseline', join(work, 'words.txt')]],
    ['stored-report-malformed', ['--baseline', 'other-tool.json']],
  ])('is refused: %s', async (code, options) => {
    file('broken.json', '{"schemaVersion": 1, "tool": {"name": "plimsoll"}}');
    file('other-tool.json', '{"SchemaVersion": 2, "ArtifactName": "app", "Results": []}');
    file('list.json', '[]');
    file('names-one.json', '{"text": "bomFormat",');
    file('words.txt', 'a list of findings\n');
    const { code: exit, err } = await run('scan', image('now'), ...options);
    expect([exit === 2 || exit === 3, err]).toEqual([true, expect.stringContaining(`[${code}]`)]);
  });

  it('of several platforms has to have this one', async () => {
    const report = await scan(image('now'), {
      database: 'starter',
      offline: true,
      env: {},
      platform: 'linux/amd64',
      cacheDir: join(work, 'none'),
    });
    const target = (architecture: string) => ({
      ...report.inventory,
      target: { ...report.inventory.target, platform: { os: 'linux', architecture } },
    });
    const reports = ['arm64', 's390x'].map((architecture) => ({
      ...report,
      inventory: target(architecture),
      display: { ignoreUnfixed: false, hidden: 0 },
    }));
    file('kept.json', JSON.stringify({ schemaVersion: 1, reports, failed: [] }));
    const standing = await openStanding({ baseline: 'kept.json', now: new Date(), cwd: work });
    await expect(standing.stand(report)).rejects.toThrow(PlimsollError);
    expect((await standing.stand({ ...report, inventory: target('arm64') })).baseline?.fixed).toEqual([]);
  });
});
