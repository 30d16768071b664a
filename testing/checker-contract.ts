import { describe, expect, it } from 'vitest';
import type { CheckContext, Checker } from '../src/checks/types.ts';
import { checkSentences } from '../src/messages/checks/index.ts';
import { fill } from '../src/messages/fill.ts';
import { SEVERITIES } from '../src/model/index.ts';

/** What shows that a rule works: a text that breaks it, and one that is as near to it as can be and does not. */
export interface RuleCase {
  readonly rule: string;
  readonly bad: string;
  readonly good: string;
  /** Of the texts, where the name matters; the suite's otherwise. */
  readonly path?: string;
  readonly context?: CheckContext;
}

export interface CheckerSuite {
  readonly path: string;
  readonly cases: readonly RuleCase[];
  /** Texts that are no such document at all, beside those that every checker gets. */
  readonly malformed?: readonly string[];
}

const MALFORMED = [
  ...[
    '',
    '\0',
    '\ufeff',
    '\ud800',
    '-',
    '{',
    '[[[[',
    '"',
    "'",
    '${',
    '$(',
    '\\',
    '#',
    '---\n---\n',
    'a: b: c',
    '\t- x',
    '<<<',
    '&a *a',
    'FROM',
    'RUN <<E',
  ],
  '['.repeat(20_000),
  '{a: '.repeat(5_000),
  'a'.repeat(500_000),
  '\n'.repeat(50_000),
  '# plimsoll:ignore\n# plimsoll:ignore ,\n# plimsoll:ignore-file',
  // Each line doubles what the line before means.
  ['a0: &a0 x', ...Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`), 'services: *a40'].join('\n'),
  'services: &a\n  b: *a\n',
];

/** What holds of a checker whatever its rules: its sentences, and that no text makes it throw. */
export function checkerBasics(checker: Checker, path: string, malformed: readonly string[] = []): void {
  const all: ReadonlySet<string> = new Set(checker.rules.map(({ id }) => id));

  describe(`the checker ${checker.id}`, () => {
    it('says of each rule what it is, in both languages with the same params', () => {
      expect(all.size).toBe(checker.rules.length);
      for (const { id, references, severity, text } of checker.rules) {
        expect(references.length, id).toBeGreaterThan(0);
        expect(SEVERITIES.slice(0, 5), id).toContain(severity);
        const [en, ko] = [text ?? checkSentences(id, 'en'), text ?? checkSentences(id, 'ko')];
        for (const part of ['title', 'message', 'why', 'remedy'] as const) {
          expect(en?.[part], `${id} ${part}`).toBeTruthy();
          expect(namesIn(ko?.[part] ?? ''), `${id} ${part}`).toEqual(namesIn(en?.[part] ?? ''));
        }
        expect(ko?.title, id).toMatch(/[\uac00-\ud7a3]|^[\x20-\x7e]+$/);
      }
    });

    it('never throws, whatever the text', () => {
      for (const text of [...MALFORMED, ...malformed]) {
        expect(() => checker.check({ path, text }, {}, all), text.slice(0, 80)).not.toThrow();
        expect(() => checker.recognises({ path, text }), text.slice(0, 80)).not.toThrow();
      }
    });

    it('gives the same findings again, with places inside the text', () => {
      for (const text of malformed) {
        const found = checker.check({ path, text }, {}, all);
        expect(checker.check({ path, text }, {}, all)).toEqual(found);
        const lines = text.split('\n');
        for (const { location } of found) expect(location.line ?? 1).toBeLessThanOrEqual(lines.length);
      }
    });
  });
}

/** What every checker keeps, with its rules one by one. Every rule needs a case. */
export function checkerContract(checker: Checker, { path, cases, malformed = [] }: CheckerSuite): void {
  const all: ReadonlySet<string> = new Set(checker.rules.map(({ id }) => id));
  checkerBasics(checker, path, [
    ...malformed,
    ...cases.flatMap(({ bad }) => [bad.slice(0, bad.length / 2), `${bad}\0`, bad.replaceAll('\n', '\r\n')]),
  ]);

  describe(`the rules of ${checker.id}`, () => {
    it('has a case for each rule', () => {
      expect([...all].filter((id) => !cases.some(({ rule }) => rule === id))).toEqual([]);
    });

    it.each(cases)('$rule: $bad', ({ rule, bad, good, path: name = path, context = {} }) => {
      const found = checker.check({ path: name, text: bad }, context, all).filter(({ id }) => id === rule);
      expect(found.length, `${rule} on\n${bad}`).toBeGreaterThan(0);
      for (const { location, params, fingerprint, text } of found) {
        const lines = bad.split('\n');
        expect(location.file).toBe(name);
        expect(location.line ?? 1).toBeLessThanOrEqual(lines.length);
        expect(location.column ?? 1).toBeLessThanOrEqual((lines[(location.line ?? 1) - 1]?.length ?? 0) + 1);
        expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
        for (const language of ['en', 'ko'] as const) {
          const sentences = text ?? checkSentences(rule, language);
          for (const part of ['title', 'message', 'why', 'remedy'] as const) {
            const template = sentences?.[part] ?? '';
            expect(fill(template, params), `${rule} ${part}`).toBe(fill(template, { ...unfilled(template), ...params }));
          }
        }
      }
      const wrong = checker.check({ path: name, text: good }, context, all).filter(({ id }) => id === rule);
      expect(wrong, `${rule} on\n${good}`).toEqual([]);
    });

    it('mends with its fixes what it found, and nothing breaks', () => {
      for (const { rule, bad, path: name = path, context = {} } of cases) {
        const found = checker.check({ path: name, text: bad }, context, all).filter(({ id, fix }) => id === rule && fix !== undefined);
        for (const { fix = [] } of found) {
          const mended = [...fix]
            .sort((a, b) => b.start - a.start)
            .reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), bad);
          const after = checker.check({ path: name, text: mended }, context, all);
          expect(after.filter(({ id }) => id === rule).length, `${rule} after\n${mended}`).toBeLessThan(
            checker.check({ path: name, text: bad }, context, all).filter(({ id }) => id === rule).length,
          );
          expect(
            after.some(({ id }) => id.endsWith('/syntax')),
            mended,
          ).toBe(rule.endsWith('/syntax'));
        }
      }
    });
  });
}

function namesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].sort();
}

/** A value for each name, so that one that no param fills is told apart. */
function unfilled(template: string): Record<string, string> {
  return Object.fromEntries(namesIn(template).map((name) => [name, '\0']));
}
