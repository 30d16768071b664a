import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CheckFinding, TextEdit } from '../../model/index.ts';
import { applyEdits, plannedFixes, writeFixes } from './fix.ts';
import { unifiedDifference } from './unified-difference.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-fix-'));
afterAll(() => rmSync(folder, { recursive: true }));

function finding(fix: readonly TextEdit[], more: Partial<CheckFinding> = {}): CheckFinding {
  const base = { kind: 'misconfiguration', id: 'compose/x', domain: 'compose', aliases: [], severity: 'low', params: {} } as const;
  return { ...base, location: { file: 'f', line: 1 }, benchmarks: [], references: [], fingerprint: '', fix, ...more };
}

function fixed(text: string, ...findings: CheckFinding[]) {
  const sources = [{ path: 'f', text, absolute: join(folder, 'f'), context: {}, asked: true }];
  return plannedFixes({ checks: { findings, files: 1 }, sources });
}

describe('plannedFixes', () => {
  it('applies edits from several findings, and the same edit once', () => {
    const fix = [{ start: 0, end: 1, text: 'A' }];
    const [file] = fixed('a b c\n', finding([{ start: 4, end: 5, text: 'C' }]), finding(fix), finding(fix));
    expect(file).toMatchObject({ after: 'A b C\n', applied: 3, skipped: 0 });
  });

  it('shows no secret in the difference', () => {
    const [file] = fixed('ENV DB_PASSWORD hunter2\n', finding([{ start: 15, end: 16, text: '=' }]));
    expect(file?.after).toBe('ENV DB_PASSWORD=hunter2\n');
    expect(file?.difference).toContain('DB_PASSWORD=***');
    expect(file?.difference).not.toContain('hunter2');
  });

  it('leaves a whole fix out where it overlaps another', () => {
    const [file] = fixed(
      'abcdef',
      finding([
        { start: 1, end: 3, text: '' },
        { start: 5, end: 6, text: 'F' },
      ]),
      finding([{ start: 2, end: 4, text: 'x' }]),
    );
    expect(file).toMatchObject({ after: 'adeF', applied: 1, skipped: 1 });
    const [both] = fixed('ab', finding([{ start: 1, end: 1, text: 'x' }]), finding([{ start: 1, end: 1, text: 'y' }]));
    expect(both).toMatchObject({ after: 'axb', applied: 1, skipped: 1 });
  });

  it('leaves suppressed findings, other files and edits out of bounds', () => {
    const fix = [{ start: 0, end: 1, text: 'X' }];
    expect(fixed('abc', finding(fix, { suppressed: { by: 'pragma' } }), finding(fix, { location: { file: 'g', line: 1 } }))).toEqual([]);
    expect(fixed('abc', finding([{ start: 2, end: 9, text: '' }]))).toEqual([]);
  });
});

describe('writeFixes', () => {
  it('writes the file, keeps its mode, and leaves nothing else behind', async () => {
    writeFileSync(join(folder, 'f'), 'abc', { mode: 0o750 });
    await writeFixes(fixed('abc', finding([{ start: 0, end: 1, text: 'X' }])));
    expect(readFileSync(join(folder, 'f'), 'utf8')).toBe('Xbc');
    expect(statSync(join(folder, 'f')).mode & 0o777).toBe(0o750);
  });

  it('refuses a file that changed since it was read', async () => {
    writeFileSync(join(folder, 'f'), 'changed');
    await expect(writeFixes(fixed('abc', finding([{ start: 0, end: 1, text: 'X' }])))).rejects.toMatchObject({ code: 'output-unwritable' });
    expect(readFileSync(join(folder, 'f'), 'utf8')).toBe('changed');
  });
});

describe('unifiedDifference', () => {
  const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `${from + i}\n`).join('');

  it.each([
    ['a\nb\nc\n', 'a\nB\nc\n'],
    ['', 'a\n'],
    ['a\n', ''],
    ['a', 'a\n'],
    ['a\nb', 'a\nb\nc'],
    [numbers(1, 30), numbers(1, 30).replace('5\n', 'five\n').replace('25\n', '')],
    [numbers(1, 12), numbers(1, 12).replace('3\n', 'x\ny\n').replace('9\n', 'z\n')],
    [numbers(1, 8), numbers(5, 12)],
  ])('is what diff -u says of %j and %j', (before, after) => {
    writeFileSync(join(folder, 'before'), before);
    writeFileSync(join(folder, 'after'), after);
    const theirs = diff(['-u', '--label', 'a/f', '--label', 'b/f', join(folder, 'before'), join(folder, 'after')]);
    expect(unifiedDifference('f', before, after)).toBe(theirs);
  });

  it('is empty where nothing differs', () => {
    expect(unifiedDifference('f', 'a\n', 'a\n')).toBe('');
  });
});

/** diff ends with 1 where the files differ. */
function diff(args: readonly string[]): string {
  try {
    return execFileSync('diff', args, { encoding: 'utf8' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

describe('applyEdits', () => {
  it('keeps the order of the text', () => {
    const edits = [
      { start: 3, end: 3, text: '!' },
      { start: 0, end: 0, text: '>' },
    ];
    expect(applyEdits('abc', edits)).toBe('>abc!');
  });
});
