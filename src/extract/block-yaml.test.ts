import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type BlockValue, parseBlockYaml } from './block-yaml.ts';

function plain(value: BlockValue): unknown {
  if (!(value instanceof Map)) return value;
  return Object.fromEntries([...value].map(([key, inner]) => [key, plain(inner)]));
}
const read = (text: string) => {
  const { documents, odd } = parseBlockYaml(text);
  return { data: documents.map(plain), odd };
};

describe('the block part of YAML', () => {
  it.each([
    'a: b\nc:\n  d: e\n  f:\n    g: "h"\ni: j\n',
    "'@a/b@1.0.0':\n  x: 'it''s'\n\"c:d\": \"e\\\"f\"\n",
    'a:\n- b\n- c\nd:\n  - e\n  - "f: g"\nh: i\n',
    '? long\n: x: y\n  z: w\nb: c\n',
    '? "long, key"\n:\n  x: y\nb: c\n',
    '? plain\n: value\n',
    'a: b # comment\n# whole line\nc: d\n',
    'a: x:y\nb: http://c/d#e\n',
    'a: b\r\nc:\r\n  d: e\r\n',
    '---\na: b\n',
  ])('%j reads as the YAML library reads it', (text) => {
    expect(read(text)).toEqual({ data: [parse(text)], odd: 0 });
  });

  it('keeps flow collections as texts and leaves long texts out', () => {
    expect(read('a: {b: c}\nd: |-\n  e: f\n\n  g\nh: >\n    i\nj: k\n')).toEqual({
      data: [{ a: '{b: c}', d: '', h: '', j: 'k' }],
      odd: 0,
    });
  });

  it('reads several documents', () => {
    expect(read('a: b\n---\nc: d\n').data).toEqual([{ a: 'b' }, { c: 'd' }]);
    expect(read('')).toEqual({ data: [], odd: 0 });
  });

  it.each([
    ['<<<<<<< HEAD\na: b\n=======\na: c\n>>>>>>> other\n', { a: 'c' }, 3],
    ['a: b\n    c: d\ne: f\n', { a: 'b', e: 'f' }, 1],
    ['- a\nb: c\n', { b: 'c' }, 1],
    ['a: b\n: c\n', { a: 'b' }, 1],
    ['a:\n  b\nc: d\n', { a: '', c: 'd' }, 1],
  ])('%j counts what fits nowhere', (text, data, odd) => {
    expect(read(text)).toEqual({ data: [data], odd });
  });

  it('bounds depth, and reads very much of the same', () => {
    const deep = Array.from({ length: 5000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n');
    expect(parseBlockYaml(deep).odd).toBe(5000 - 50);
    expect(parseBlockYaml('a:\n  b: c\n'.repeat(200_000))).toMatchObject({ documents: [new Map([['a', new Map([['b', 'c']])]])], odd: 0 });
  });

  it('takes no key for a prototype', () => {
    expect(parseBlockYaml('__proto__:\n  x: y\n').documents[0]?.has('__proto__')).toBe(true);
  });
});
