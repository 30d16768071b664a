import { describe, expect, it } from 'vitest';
import { contexts, type Example, type RuleVectors, readVectors } from '../../../testing/secret-vectors.ts';
import type { SecretRule } from '../types.ts';
import { SECRET_RULES } from './index.ts';

const files = readVectors(new URL('testdata/', import.meta.url));
const vectors = [...files.values()].flat();

describe('the examples of every rule', () => {
  it('are there, once, two or more of them, with look-alikes', () => {
    expect(vectors.map(({ rule }) => rule).sort()).toEqual(SECRET_RULES.map(({ id }) => id).sort());
    expect(vectors.filter(({ positives }) => positives.length < 2).map(({ rule }) => rule)).toEqual([]);
    const silent = (one: RuleVectors) => one.negatives.length + one.positives.flatMap((positive) => lookAlikes(one, positive)).length;
    expect(vectors.filter((one) => silent(one) < 3).map(({ rule }) => rule)).toEqual([]);
  });
});

describe.each([...files])('%s', (_file, ofFile) => {
  it.each(ofFile)('$rule finds its examples wherever they stand, and nobody else claims them', ({ rule, positives, siblings }) => {
    for (const positive of positives) {
      for (const [where, before, after] of contexts(positive)) {
        const found = find(`${before}${positive.secret}${after}`);
        const mine = found.filter((one) => one.rule.id === rule);
        const context = `${where}: ${before}${positive.secret}${after}`;
        expect(
          mine.map(({ secret, at }) => [secret, at]),
          context,
        ).toEqual([[positive.secret, before.length]]);
        const others = found.filter((one) => one.rule.id !== rule).map((one) => one.rule.id);
        expect(
          others.filter((id) => !siblings.includes(id)),
          context,
        ).toEqual([]);
      }
    }
  });

  it.each(ofFile)('$rule is silent on what only looks like it', (one) => {
    const texts = [...one.negatives, ...one.positives.flatMap((positive) => lookAlikes(one, positive))];
    const found = texts.filter((text) => find(text).some(({ rule }) => rule.id === one.rule));
    expect(found).toEqual([]);
  });
});

/** Variants of an example that are none: a character less or more, inside a word, filled with a constant, under another name. */
function lookAlikes({ flags }: RuleVectors, { name, before, secret, after, filled }: Example): readonly string[] {
  const start = name === undefined ? before : `${name}=${before}`;
  const last = secret.replace(/[^A-Za-z0-9]+$/, '').at(-1)!;
  const variants: Record<string, string> = {
    short: `${start}${secret.slice(0, -1)}${after}`,
    long: `${start}${secret}${last}${after}`,
    fill: `${name === undefined ? '' : `${name}=`}${filled}`,
    ...(name === undefined
      ? { word: `w${before}${secret}${after}` }
      : { name: `UNRELATED=${before}${secret}${after}`, hash: `UNRELATED_SHA="${secret}"` }),
  };
  return Object.entries(variants).flatMap(([variant, text]) => (flags.has(variant) ? [] : [text]));
}

interface Found {
  readonly rule: SecretRule;
  readonly secret: string;
  readonly at: number;
}

/** What rules find in a text, as plainly as can be: each is tried within its own length around its keywords. */
function find(text: string): readonly Found[] {
  const lower = text.toLowerCase();
  return SECRET_RULES.flatMap((rule) => {
    const places = new Map<number, Found>();
    for (const keyword of rule.keywords) {
      for (let at = lower.indexOf(keyword); at !== -1; at = lower.indexOf(keyword, at + 1)) {
        const from = Math.max(0, at + keyword.length - rule.maxLength - 8);
        for (const one of matches(rule, text.slice(from, at + rule.maxLength + 8)))
          places.set(from + one.at, { ...one, at: from + one.at });
      }
    }
    return [...places.values()];
  });
}

function matches(rule: SecretRule, text: string): readonly Found[] {
  return [...text.matchAll(new RegExp(rule.pattern.source, `${rule.pattern.flags}dg`))].flatMap((match) => {
    const secret = match.groups?.['secret'] ?? match[0];
    const at = match.indices?.groups?.['secret']?.[0] ?? match.index;
    if (rule.minEntropy !== undefined && entropy(secret) < rule.minEntropy) return [];
    return rule.check === undefined || rule.check(secret, match.groups ?? {}) ? [{ rule, secret, at }] : [];
  });
}

/** Shannon, bits a character. */
function entropy(text: string): number {
  const counts = Map.groupBy(text, (char) => char).values();
  return counts.reduce((bits, { length }) => bits - (length / text.length) * Math.log2(length / text.length), 0);
}
