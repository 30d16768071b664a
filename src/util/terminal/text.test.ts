import { describe, expect, it } from 'vitest';
import { layOut } from './columns.ts';
import { displayWidth, safeText, truncate, wrap } from './text.ts';

describe('displayWidth', () => {
  it.each([
    ['abc', 3],
    ['가나다', 6],
    ['한a', 3],
    ['日本', 4],
    ['e\u0301', 1],
    ['\u{1F600}', 2],
    ['', 0],
  ])('%s is %i', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('safeText', () => {
  it.each([
    ['\u001b[31m', '\\x1b[31m'],
    ['a\nb\tc', 'a\\x0ab\\x09c'],
    ['\u202etxt.exe', '\\u202etxt.exe'],
    ['\u009b', '\\x9b'],
    ['한글 é', '한글 é'],
    ['\ud800', '\ufffd'],
  ])('%j becomes %s', (text, safe) => {
    expect(safeText(text)).toBe(safe);
  });
});

describe('wrap', () => {
  it.each([
    ['short', 10, ['short']],
    ['', 10, ['']],
    ['usr/lib/node_modules/x', 10, ['usr/lib/', 'node_modul', 'es/x']],
    ['two words', 5, ['two', 'words']],
    ['가나다라', 5, ['가나', '다라']],
    ['가', 1, ['가']],
  ])('%s in %i', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });
});

describe('truncate', () => {
  it('counts columns', () => {
    expect(truncate('가나다라', 5)).toBe('가나…');
    expect(truncate('abc', 3)).toBe('abc');
  });
});

describe('layOut', () => {
  it('squeezes the widest column that may be squeezed, and no other', () => {
    const columns = [{ title: 'ID' }, { title: 'PATH', least: 4 }];
    const rows = [[{ text: 'CVE-2021-44228' }, { text: 'a/long/path/here' }]];
    expect(layOut(columns, rows, undefined)).toEqual(['ID              PATH', 'CVE-2021-44228  a/long/path/here']);
    expect(layOut(columns, rows, 24)).toEqual([
      'ID              PATH',
      'CVE-2021-44228  a/long/',
      '                path/',
      '                here',
    ]);
  });
});
