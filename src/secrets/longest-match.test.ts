import { describe, expect, it } from 'vitest';
import { longestMatch } from './longest-match.ts';

describe('the longest match of a pattern', () => {
  it.each<[RegExp, number]>([
    [/abc/, 3],
    [/a{3}b?/, 4],
    [/a{2,5}/, 5],
    [/a{0,3}?b/, 4],
    [/(?:ab|cde)f/, 4],
    [/(?<name>ab){3}/, 6],
    [/(?i:ab)c/, 3],
    [/[\w\]-]{4}/, 4],
    [/\x41\u0042\.\//, 4],
    [/^\bab\b$/, 2],
    [/(?<![A-Z]{5})a(?=b{9})(?!c)(?<=a)/, 1],
    [/(?:a(?:b|cd){2}){3}/, 15],
    [/a||bcd/, 3],
    [/p{L}/, 4],
    [/a{,3}/, 5],
  ])('of %s is %i', (pattern, longest) => {
    expect(longestMatch(pattern)).toBe(longest);
  });

  it.each([/a*/, /a+b/, /a{3,}/, /(?:ab)+?/, /(a)\1/, /(?<n>a)\k<n>/])('of %s is without bound', (pattern) => {
    expect(longestMatch(pattern)).toBe(Number.POSITIVE_INFINITY);
  });

  it('holds for what patterns do match', () => {
    for (const [pattern, text] of [
      [/(?:x|yz){2}w?/, 'yzyzw'],
      [/[ab]{2,4}\d/, 'abab1'],
    ] as const) {
      expect(pattern.exec(text)?.[0].length).toBe(longestMatch(pattern));
    }
  });
});
