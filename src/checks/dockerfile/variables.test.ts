// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of shells are what this is about
import { describe, expect, it } from 'vitest';
import { expand } from './variables.ts';

const VALUES: Readonly<Record<string, string>> = { a: 'x', empty: '', path: '/foo/bar/baz', name: 'foobarfoo' };
const text = (word: string, mark?: string) => expand(word, (name) => VALUES[name], mark).text;

// The forms and what they come to: docs.docker.com/reference/dockerfile/#environment-replacement.
describe('expand', () => {
  it.each([
    ['$a', 'x'],
    ['${a}y', 'xy'],
    ['$ay', ''],
    ['\\$a', '$a'],
    ["'$a'", '$a'],
    ['"$a b"', 'x b'],
    ['${empty:-d}', 'd'],
    ['${empty-d}', ''],
    ['${none-d}', 'd'],
    ['${a:+d}', 'd'],
    ['${none:+d}', ''],
    ['${none:-${a}z}', 'xz'],
    ['${path#*/}', 'foo/bar/baz'],
    ['${path##*/}', 'baz'],
    ['${path%/*}', '/foo/bar'],
    ['${path%%/*}', ''],
    ['${name/foo/-}', '-barfoo'],
    ['${name//foo/-}', '-bar-'],
    ['$', '$'],
  ])('%s is %j', (word, expected) => {
    expect(text(word)).toBe(expected);
  });

  it('heeds the escape character of the file', () => {
    expect(text('c:\\$a', '`')).toBe('c:\\x');
    expect(text('`$a', '`')).toBe('$a');
  });

  it('names what is used, and what is no substitution', () => {
    expect(expand('$a ${b:-$c} ${d}', () => undefined).uses.map(({ name, guarded }) => [name, guarded])).toEqual([
      ['a', false],
      ['b', true],
      ['c', false],
      ['d', false],
    ]);
    expect(expand('${a', () => '').bad).toBe('${a');
    expect(expand('${a^^}', () => '').bad).toBe('${a^^}');
  });

  it('ends on any nesting', () => {
    expect(expand(`${'${a:-'.repeat(500)}${'}'.repeat(500)}`, () => undefined).bad).toBeDefined();
  });
});
