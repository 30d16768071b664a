import { describe, expect, it } from 'vitest';
import { type CheckFinding, SNIPPET_LEAD } from '../model/index.ts';
import { linesOf } from './place.ts';
import { findPragmas } from './pragmas.ts';
import { type RunOptions, runRules } from './run-rules.ts';
import type { CheckRule } from './types.ts';

/** Reports every `bad` of a text. */
const bad: CheckRule<string> = {
  id: 'compose/bad',
  aliases: ['DL0001'],
  severity: 'high',
  references: ['https://example.com/'],
  check(text, report) {
    for (const match of text.matchAll(/(?<![\w/])bad(?<what>\w*)/g)) {
      const what = match.groups?.what ?? '';
      report({ start: match.index, end: match.index + match[0].length }, { params: { what }, resource: 'service web' });
    }
  },
};
const optional: CheckRule<string> = { ...bad, id: 'compose/optional', optIn: true };

function findings(text: string, options: Partial<RunOptions> = {}, rules = [bad]): CheckFinding[] {
  return runRules({ path: 'a/compose.yaml', text }, text, rules, { domain: 'compose', ...options });
}

describe('linesOf', () => {
  it('places offsets, and gives lines without their ends', () => {
    const lines = linesOf('one\r\ntwo\n\nfour');
    expect([0, 3, 5, 9, 10, 14].map((offset) => lines.place(offset))).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 4 },
      { line: 2, column: 1 },
      { line: 3, column: 1 },
      { line: 4, column: 1 },
      { line: 4, column: 5 },
    ]);
    expect([0, 1, 2, 3, 4, 5].map((line) => lines.text(line))).toEqual(['', 'one', 'two', '', 'four', '']);
    expect(lines.place(999)).toEqual({ line: 4, column: 5 });
    expect(linesOf('').place(0)).toEqual({ line: 1, column: 1 });
  });
});

describe('runRules', () => {
  it('tells where, shows the line, and keeps the order of the text', () => {
    const [first, second] = findings('x: 1\n  y: badly # late\nz: bad\n');
    expect(first).toMatchObject({
      id: 'compose/bad',
      domain: 'compose',
      aliases: ['DL0001'],
      severity: 'high',
      params: { what: 'ly' },
      location: { file: 'a/compose.yaml', line: 2, column: 6, endLine: 2, endColumn: 11 },
      snippet: '  y: badly # late',
      resource: 'service web',
    });
    expect(second?.location.line).toBe(3);
  });

  it('gives fingerprints that stay when lines move, and differ for each finding', () => {
    const before = findings('bad\nbad\nbadly').map(({ fingerprint }) => fingerprint);
    const after = findings('\n\nbad\n# moved\nbad\n\nbadly').map(({ fingerprint }) => fingerprint);
    expect(before).toEqual(after);
    expect(new Set(before).size).toBe(3);
    expect(before[0]).toMatch(/^[0-9a-f]{64}$/);
  });

  it('looks at opt-in rules only where they are named', () => {
    expect(findings('bad', {}, [optional])).toEqual([]);
    expect(findings('bad', { enabled: new Set(['compose/optional']) }, [optional])).toHaveLength(1);
  });

  it('shows no secret: masked parts, and what the mask replaces', () => {
    const rule: CheckRule<string> = {
      ...bad,
      check: (text, report) =>
        report({ start: 4, end: 5 }, { masked: [{ start: text.indexOf('hunter'), end: text.indexOf('hunter') + 7 }] }),
    };
    const mask = (line: string) => line.replace('swordfish', '*********');
    const [finding] = findings('\nX: "hunter2 swordfish"', { context: { mask } }, [rule]);
    expect(finding?.snippet).toBe('X: "******* *********"');
  });

  it('cuts long lines around the place', () => {
    const [finding] = findings(`${'a'.repeat(100_000)} bad ${'b'.repeat(100_000)}`);
    expect(finding?.snippet?.length).toBeLessThan(250);
    expect(finding?.snippet).toMatch(/^…a+ bad b+…$/);
    expect(finding?.snippet?.indexOf('bad')).toBe(1 + SNIPPET_LEAD);
  });
});

describe('an ignore', () => {
  const suppressed = (text: string, options?: Partial<RunOptions>) => findings(text, options).map((one) => one.suppressed);

  it('at the end of the line or on the line above counts, by id or alias, with its reason', () => {
    expect(suppressed('a: bad # plimsoll:ignore compose/bad known')).toEqual([{ by: 'pragma', reason: 'known' }]);
    expect(suppressed('# plimsoll:ignore dl0001, DL9999 -- known and wanted\n# more\n\na: bad\nb: bad')).toEqual([
      { by: 'pragma', reason: 'known and wanted' },
      undefined,
    ]);
    expect(suppressed('# plimsoll:ignore * reason="all of it"\na: bad')).toEqual([{ by: 'pragma', reason: 'all of it' }]);
    expect(suppressed('# plimsoll:ignore DL9999\na: bad')).toEqual([undefined]);
    expect(suppressed('a: "plimsoll:ignore DL0001 bad"')).toEqual([undefined]);
  });

  it('of a file covers all of it, wherever it stands', () => {
    expect(suppressed('a: bad\n# plimsoll:ignore-file DL0001\nb: bad')).toEqual([{ by: 'pragma' }, { by: 'pragma' }]);
  });

  it('covers what belongs to the line', () => {
    const scope = (line: number) => ({ first: line, last: line + 1 });
    expect(suppressed('# plimsoll:ignore DL0001\na: bad\nb: bad\nc: bad', { scope })).toEqual([
      { by: 'pragma' },
      { by: 'pragma' },
      undefined,
    ]);
  });

  it('without a reason does not count where one is demanded, and is a finding', () => {
    const options = { context: { requireReason: true } };
    const [ignore, finding] = findings('# plimsoll:ignore *\na: bad', options);
    expect(ignore).toMatchObject({ id: 'lint/ignore-without-reason', params: { rules: '*' }, location: { line: 1, column: 3 } });
    expect(ignore?.suppressed).toBeUndefined();
    expect(finding?.suppressed).toBeUndefined();
    expect(findings('# plimsoll:ignore * because\na: bad', options).map((one) => one.suppressed)).toEqual([
      { by: 'pragma', reason: 'because' },
    ]);
  });

  it('of another tool is heeded alike', () => {
    const pragmas = [{ rules: ['DL0001'], lines: { first: 1, last: 1 }, at: { start: 0, end: 1 } }];
    expect(suppressed('a: bad\nb: bad', { pragmas })).toEqual([{ by: 'pragma' }, undefined]);
  });

  it('is found in linear time, however long the line', () => {
    const text = `# plimsoll:ignore ${'a,'.repeat(50_000)}\n${'#'.repeat(100_000)}\n${' '.repeat(100_000)}`;
    expect(findPragmas(text, linesOf(text))).toHaveLength(1);
  });
});
