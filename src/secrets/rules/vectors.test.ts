import { describe, expect, it } from 'vitest';
import { contexts, type Example, type RuleVectors, readVectors } from '../../../testing/secret-vectors.ts';
import { createScanner } from '../index.ts';
import { entropy } from '../look-alikes.ts';
import { keyedHash } from '../mask.ts';
import type { SecretRule } from '../types.ts';
import { SECRET_RULES } from './index.ts';

const KEY = Buffer.alloc(32, 1);
const scanner = createScanner({ rules: SECRET_RULES, hashKey: KEY, skip: [] });
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
  it.each(ofFile)(
    '$rule finds its examples wherever they stand, and nobody else claims them',
    ({ rule, path, flags, positives, siblings }) => {
      for (const positive of positives) {
        for (const [where, before, after] of contexts(positive, flags)) {
          const text = `${before}${positive.secret}${after}`;
          const { mine, others } = Object.groupBy(claims(text, path), (claim) => (claim.rule.id === rule ? 'mine' : 'others'));
          expect(
            mine?.map(({ secret, at }) => [secret, at]),
            `${where}: ${text}`,
          ).toEqual([[positive.secret, before.length]]);
          const surprising = others?.filter((other) => other.rule.lookAlikes !== 'all' && !siblings.includes(other.rule.id)) ?? [];
          expect(
            surprising.map((other) => other.rule.id),
            `${where}: ${text}`,
          ).toEqual([]);
          expect(found(path, text), `${where}: ${text}`).toContainEqual([rule, before.length, keyedHash(KEY, rule, positive.secret)]);
        }
      }
    },
  );

  it.each(ofFile)('$rule is silent on what only looks like it', (one) => {
    const texts = [...one.negatives, ...one.positives.flatMap((positive) => lookAlikes(one, positive))];
    expect(texts.filter((text) => found(one.path, text).some(([rule]) => rule === one.rule))).toEqual([]);
  });
});

describe('where the engine’s window ends', () => {
  const WINDOW = 256 << 10;
  const filler = Buffer.alloc(WINDOW, 'a line\n');

  it.each([1, 0.5, 0])('every rule finds its example of which %d is still in the window', (share) => {
    const missed = vectors.filter(({ rule, path, flags, positives: [first] }) => {
      const [, before, after] = contexts(first!, flags)[0]!;
      const inside = Math.max(1, Math.round(share * (first!.secret.length - 1))) + before.length;
      const stream = scanner.open(path, -1);
      stream.chunk(filler.subarray(0, WINDOW - inside));
      stream.chunk(Buffer.from(`\n${before}${first!.secret}${after}\n`));
      return !stream.end().some((one) => one.rule === rule && one.hash === keyedHash(KEY, rule, first!.secret));
    });
    expect(missed.map(({ rule }) => rule)).toEqual([]);
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

/** What the scanner says of a text: rule, place, hash. */
function found(path: string, text: string): readonly (readonly [string, number, string])[] {
  const starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
  return scanner.text(path, text).map(({ rule, line, column, hash }) => [rule, starts[line! - 1]! + column! - 1, hash] as const);
}

interface Claim {
  readonly rule: SecretRule;
  readonly secret: string;
  readonly at: number;
}

/** What every rule would make of a text were it alone: each is tried within its own length around its keywords. */
function claims(text: string, path: string): readonly Claim[] {
  const lower = text.toLowerCase();
  return SECRET_RULES.filter((rule) => isFor(rule, path)).flatMap((rule) => {
    const places = new Map<number, Claim>();
    if (rule.keywords.length === 0) return matches(rule, text);
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

function isFor({ files }: SecretRule, path: string): boolean {
  if (files === undefined) return true;
  return [...(files.basenames ?? []).map((name) => `/${name}`), ...(files.suffixes ?? [])].some((end) => `/${path}`.endsWith(end));
}

function matches(rule: SecretRule, text: string): readonly Claim[] {
  return [...text.matchAll(new RegExp(rule.pattern.source, `${rule.pattern.flags}dg`))].flatMap((match) => {
    const secret = match.groups?.secret ?? match[0];
    const at = match.indices?.groups?.secret?.[0] ?? match.index;
    if (rule.minEntropy !== undefined && entropy(secret) < rule.minEntropy) return [];
    return rule.check === undefined || rule.check(secret, match.groups ?? {}) ? [{ rule, secret, at }] : [];
  });
}
