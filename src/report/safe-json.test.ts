import { describe, expect, it } from 'vitest';
import { safeJson } from './safe-json.ts';

const text = (value: object): string => [...safeJson(value)].join('');

describe('JSON in pieces', () => {
  const many = (length: number): object[] => Array.from({ length }, (_, n) => ({ n, inner: [[n], {}], text: 'a\n"ü' }));

  it.each([
    ['nothing', {}],
    ['an empty array', []],
    ['empty within', { a: [], b: {}, c: [[]], d: [{}], e: { f: { g: { h: [] } } } }],
    ['what JSON leaves out', { a: undefined, b: [undefined, () => 1, Number.NaN], c: null, d: { e: undefined } }],
    ['scalars', { a: 1, b: true, c: 'x', d: [1, 'y', null, false], '"k"': 2 }],
    ['dates', { a: new Date(0), b: [new Date(1)] }],
    ['deep', { a: { b: [{ c: { d: [{ e: { f: [1, 2] } }] } }] } }],
    ['arrays in arrays', [[[[[[1], 2], 3], [4]]]]],
    ['long arrays', { a: many(1000), b: { c: many(64), d: many(65) }, e: [{ f: many(200), g: { h: { i: many(130) } } }] }],
    ['a long array', many(129)],
    ['many members', Object.fromEntries(many(300).map((each, i) => [`k${i}`, each]))],
  ])('is what JSON.stringify writes: %s', (_, value) => {
    expect(text(value)).toBe(`${JSON.stringify(value, undefined, 2)}\n`);
  });

  it('never is one large text', () => {
    const pieces = [...safeJson({ findings: many(50_000) })];
    expect(pieces.length).toBeGreaterThan(20);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(200_000);
  });

  it('escapes what a terminal would obey', () => {
    const value = { a: '\u009b31m', b: ['\u202e'.repeat(3)], '\u200b': '\u007f' };
    expect(text(value)).not.toMatch(/[\u007f-\u009f\u200b-\u202e]/);
    expect(JSON.parse(text(value))).toEqual(value);
  });
});
