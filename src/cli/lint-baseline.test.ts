import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { cli } from '../../testing/cli.ts';
import { sarifErrors } from '../../testing/published-schemas.ts';
import { lintSchemaErrors } from '../../testing/report-schema.ts';

const home = mkdtempSync(join(tmpdir(), 'plimsoll-lint-baseline-'));
afterAll(() => rmSync(home, { recursive: true }));

let cwd = '';
beforeEach(() => {
  cwd = mkdtempSync(join(home, 'case-'));
  dockerfile('USER root');
});

const dockerfile = (...lines: readonly string[]) =>
  writeFileSync(join(cwd, 'Dockerfile'), `FROM debian:12@sha256:${'0'.repeat(64)}\n${lines.join('\n')}\n`);
const lint = (...argv: readonly string[]) => cli(['lint', 'Dockerfile', ...argv], { cwd });

interface Document {
  readonly findings: readonly { readonly id: string; readonly change?: string; readonly updated?: readonly string[] }[];
  readonly baseline?: { readonly spec: string; readonly createdAt: string; readonly fixed: readonly { readonly id: string }[] };
  readonly decision: { readonly outcome: string; readonly reasons: readonly { readonly params: object }[] };
}

async function changes(
  ...argv: readonly string[]
): Promise<Document & { readonly of: (change: string) => readonly string[]; readonly code: number }> {
  const { out, code } = await lint('-f', 'json', ...argv);
  const document: Document = JSON.parse(out);
  expect(lintSchemaErrors(document)).toBeNull();
  return { ...document, code, of: (change) => document.findings.filter((each) => each.change === change).map(({ id }) => id) };
}

describe('plimsoll lint --baseline', () => {
  it('tells what is new, what was there and what is gone, wherever lines moved', async () => {
    await lint('-f', 'json=kept.json');
    dockerfile('RUN echo', 'ADD https://example.com/a.tar /a.tar', 'USER 10001');
    const { of, baseline } = await changes('--baseline', 'kept.json');
    expect(of('new-by-change')).toContain('dockerfile/add-without-checksum');
    expect(of('new-by-change')).not.toContain('dockerfile/no-healthcheck');
    expect(of('unchanged')).toContain('dockerfile/no-healthcheck');
    expect(baseline?.spec).toBe('kept.json');
    expect(baseline?.fixed.map(({ id }) => id)).toContain('dockerfile/last-user-root');
  });

  it.each<[string, readonly string[], number, string]>([
    ['what is new', ['--fail-on', 'new:style'], 1, 'new'],
    ['what is new, of any severity', ['--fail-on', 'new'], 1, 'new'],
    ['what is new and severe', ['--fail-on', 'new:critical'], 0, 'new'],
    ['everything', ['--fail-on', 'style'], 1, ''],
  ])('gates on %s', async (_what, gate, code, counting) => {
    await lint('-f', 'json=kept.json');
    dockerfile('ADD https://example.com/a.tar /a.tar', 'USER root');
    const found = await changes('--baseline', 'kept.json', ...gate);
    expect(found.code).toBe(code);
    expect(found.decision.reasons[0]?.params).toEqual(expect.objectContaining(counting ? { counting } : {}));
    dockerfile('USER root');
    const same = await changes('--baseline', 'kept.json', ...gate);
    expect(same.code).toBe(gate.includes('style') ? 1 : 0);
  });

  it('takes a document that does not say when it was written', async () => {
    await lint('-f', 'json=kept.json');
    const { createdAt, ...older } = JSON.parse(readFileSync(join(cwd, 'kept.json'), 'utf8'));
    expect(Date.parse(createdAt)).not.toBeNaN();
    writeFileSync(join(cwd, 'older.json'), JSON.stringify(older));
    utimesSync(join(cwd, 'older.json'), 0, 1_700_000_000);
    const { baseline, of } = await changes('--baseline', 'older.json');
    expect(baseline?.createdAt).toBe('2023-11-14T22:13:20.000Z');
    expect(of('new-by-change')).toEqual([]);
  });

  it('takes a report of a scan that looked at configuration', async () => {
    await cli(['scan', `dir:${cwd}`, '--scanners', 'config', '--fail-on', 'none', '-f', 'json=scan.json', '--no-cache'], { cwd });
    dockerfile('ADD https://example.com/a.tar /a.tar', 'USER root');
    const { of } = await changes('--baseline', 'scan.json');
    expect(of('new-by-change')).toEqual(['dockerfile/add-without-checksum']);
    expect(of('unchanged')).toContain('dockerfile/last-user-root');
  });

  it('is marked in the text, and stated in other forms', async () => {
    await lint('-f', 'json=kept.json');
    dockerfile('ADD https://example.com/a.tar /a.tar', 'USER root');
    const { out } = await lint('--baseline', 'kept.json');
    expect(out).toMatch(/^Dockerfile:2:5 \S+ NEW dockerfile\/add-without-checksum/m);
    expect(out).toMatch(/^Against kept\.json: \d+ new \(\d+ by change, 0 by disclosure\), [1-9]\d* unchanged, 0 fixed/m);
    const sarif = JSON.parse((await lint('--baseline', 'kept.json', '-f', 'sarif')).out);
    expect(sarifErrors(sarif)).toBeNull();
    expect(new Set(sarif.runs[0].results.map(({ baselineState }: { baselineState: string }) => baselineState))).toEqual(
      new Set(['new', 'unchanged']),
    );
  });

  it('writes updated in SARIF where the severity changed (3.27.24)', async () => {
    await lint('-f', 'json=kept.json');
    const kept = JSON.parse(readFileSync(join(cwd, 'kept.json'), 'utf8'));
    for (const each of kept.findings) if (each.id === 'dockerfile/last-user-root') each.severity = 'negligible';
    writeFileSync(join(cwd, 'kept.json'), JSON.stringify(kept));
    const { results } = JSON.parse((await lint('--baseline', 'kept.json', '-f', 'sarif')).out).runs[0];
    const states = new Map(results.map((each: { ruleId: string; baselineState: string }) => [each.ruleId, each.baselineState]));
    expect(states.get('dockerfile/last-user-root')).toBe('updated');
    expect(states.get('dockerfile/no-healthcheck')).toBe('unchanged');
    expect((await changes('--baseline', 'kept.json')).findings.find(({ id }) => id === 'dockerfile/last-user-root')?.updated).toEqual([
      'severity',
    ]);
  });

  it.each<[string, readonly string[], string, number]>([
    ['no baseline where the gate needs one', ['--fail-on', 'new:error'], 'new-without-baseline', 2],
    ['a file that is not there', ['--baseline', 'no.json'], 'baseline-unreadable', 2],
    ['a file that is no report', ['--baseline', 'Dockerfile'], 'baseline-unreadable', 2],
    ['a document of lint that is damaged', ['--baseline', 'damaged.json'], 'stored-report-malformed', 3],
    ['one of another version', ['--baseline', 'newer.json'], 'stored-report-version', 3],
  ])('says %s', async (_what, argv, code, exit) => {
    const document = {
      schemaVersion: 1,
      tool: { name: 'plimsoll', version: '1' },
      files: 1,
      findings: [{ id: 1 }],
      gaps: [],
      decision: {},
    };
    writeFileSync(join(cwd, 'damaged.json'), JSON.stringify(document));
    writeFileSync(join(cwd, 'newer.json'), JSON.stringify({ ...document, schemaVersion: 2 }));
    const run = await lint(...argv);
    expect(run.err).toContain(`[${code}]`);
    expect([run.code, run.out]).toEqual([exit, '']);
  });
});
