import { describe, expect, it } from 'vitest';
import { SECRET_WORDS } from '../../model/index.ts';
import { longestMatch } from '../longest-match.ts';
import type { SecretRule } from '../types.ts';
import { SECRET_RULES } from './index.ts';

/** The ids of rules that break a law. */
function breaking(law: (rule: SecretRule) => boolean): readonly string[] {
  return SECRET_RULES.filter((rule) => !law(rule)).map(({ id }) => id);
}

describe('every rule', () => {
  it('has an id of its own, in kebab-case', () => {
    expect(breaking(({ id }) => /^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(id))).toEqual([]);
    const ids = SECRET_RULES.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  it('uses the words of the model', () => {
    expect(
      breaking(({ word, severity }) => SECRET_WORDS.includes(word) && ['critical', 'high', 'medium', 'low'].includes(severity)),
    ).toEqual([]);
  });

  it('has keywords of three characters or more, in lower case, none of which contains another', () => {
    expect(
      breaking(({ keywords }) => keywords.every((keyword) => /^[ -~]{3,}$/.test(keyword) && keyword === keyword.toLowerCase())),
    ).toEqual([]);
    expect(breaking(({ keywords, files }) => keywords.length > 0 || files !== undefined)).toEqual([]);
    expect(breaking(({ keywords }) => keywords.every((one) => keywords.every((other) => one === other || !one.includes(other))))).toEqual(
      [],
    );
  });

  it('has a bounded pattern without `g` or `y`, and says its length', () => {
    expect(breaking(({ pattern }) => !/[gy]/.test(pattern.flags))).toEqual([]);
    expect(breaking(({ pattern, maxLength }) => longestMatch(pattern) === maxLength && maxLength <= 32 << 10)).toEqual([]);
  });

  it('has no repetition within a repetition, which is what makes patterns explode', () => {
    expect(breaking(({ pattern }) => nested(pattern.source) === undefined)).toEqual([]);
  });

  it('looks at eight bytes beside its match at most', () => {
    const beside = /\(\?<?[=!]((?:[^()[\]\\]|\\.|\[(?:[^\]\\]|\\.)*\])*)\)/g;
    const longest = ({ source }: RegExp) =>
      Math.max(0, ...[...source.matchAll(beside)].map(([, inner]) => longestMatch(new RegExp(inner!))));
    expect(breaking(({ pattern }) => longest(pattern) <= 8)).toEqual([]);
  });

  it('says where its format is documented', () => {
    expect(breaking(({ reference }) => URL.canParse(reference) && reference.startsWith('https://'))).toEqual([]);
  });
});

describe('the law about repetitions', () => {
  it.each(['(?:a{1,3}){2}', '(?:x(?:ab?){0,5}y){1,9}', '([a-z]{0,9}){0,9}'])('holds %s to be nested', (source) => {
    expect(nested(source)).toBeDefined();
  });

  it.each(['(?:a{3}){2}', '(?:a{1,3})?', 'a{1,3}b{1,3}', '(?:[(]{1,2}\\){0,2}a)'])('holds %s to be harmless', (source) => {
    expect(nested(source)).toBeUndefined();
  });
});

/** A group that repeats and in which something repeats a varying number of times. */
function nested(source: string): string | undefined {
  const plain = source.replaceAll(/\\.|\[(?:[^\]\\]|\\.)*\]/g, 'c');
  for (const [group, inner = ''] of groups(plain)) {
    const repeats = /^\{\d+(?:,\d+)?\}/.test(plain.slice(group));
    if (repeats && /\?(?![:<=!a-z-])|\{\d+,\d+\}/.test(inner.replace(/^\?[^:>]{0,20}[:>]/, ''))) return inner;
  }
  return undefined;
}

/** Where each group ends, and what is in it. */
function groups(plain: string): readonly (readonly [number, string])[] {
  const open: number[] = [];
  const all: [number, string][] = [];
  for (let at = 0; at < plain.length; at++) {
    if (plain[at] === '(') open.push(at + 1);
    if (plain[at] === ')') all.push([at + 1, plain.slice(open.pop(), at)]);
  }
  return all;
}
