import type { SecretForm, SecretRule } from '../types.ts';
import { type KeywordSearch, searchKeywords } from './keywords.ts';

/** A rule made ready: `find` has the flag g, `locate` d and y as well and is there where the secret is only a part of the match. */
export interface ReadyRule {
  readonly rule: SecretRule | SecretForm;
  readonly find?: RegExp;
  readonly locate?: RegExp;
  /** 2: the secret's own text tells its form; 1: its context does; 0: name and looks only. Decides between rules that match the same text. */
  readonly rank: number;
}

/** All rules made ready for files to be streamed past. */
export interface RuleSet {
  readonly count: number;
  /** Patterns are compiled when a file has met a keyword of theirs. */
  rule(index: number): ReadyRule;
  /** Bytes of a rule's longest match; at most MAX_MATCH. */
  longest(index: number): number;
  readonly search: KeywordSearch;
  readonly keywordLengths: Int32Array;
  /** By keyword, the rules that it leads to. */
  readonly rulesOf: readonly (readonly number[])[];
  /** Which rules do not look in a file, and which look all over it. */
  choose(path: string): Choice;
}

/** Longest match of any rule. */
export const MAX_MATCH = 32 << 10;

export function readyRules(rules: readonly (SecretRule | SecretForm)[]): RuleSet {
  const keywords = new Map<string, number[]>();
  rules.forEach((rule, index) => {
    for (const keyword of new Set(rule.keywords.map((one) => one.toLowerCase()))) {
      const list = keywords.get(keyword);
      if (list === undefined) keywords.set(keyword, [index]);
      else list.push(index);
    }
  });
  const limited = rules.flatMap((rule, index) =>
    'files' in rule && rule.files !== undefined ? [{ index, files: rule.files, whole: rule.keywords.length === 0 }] : [],
  );
  const choose = filesChooser(limited);
  const everywhere = rules.flatMap((rule, index) =>
    rule.keywords.length === 0 && !('files' in rule && rule.files !== undefined) ? [index] : [],
  );
  const excepted = rules.flatMap((rule, index) => ('except' in rule && rule.except !== undefined ? [{ index, except: rule.except }] : []));
  const known: (ReadyRule | undefined)[] = [];
  /** 0: not measured yet. */
  const longest = new Int32Array(rules.length);
  return {
    count: rules.length,
    rule: (index) => (known[index] ??= ready(rules[index]!)),
    longest: (index) => longest[index]! || (longest[index] = Math.min(rules[index]!.maxLength, MAX_MATCH)),
    search: searchKeywords([...keywords.keys()]),
    keywordLengths: Int32Array.from(keywords.keys(), (keyword) => keyword.length),
    rulesOf: [...keywords.values()],
    choose: (path) => {
      const { idle, whole } = choose(path);
      const also = excepted.filter(({ except }) => except.test(path)).map(({ index }) => index);
      return {
        idle: also.length === 0 ? idle : new Set([...idle, ...also]),
        whole: everywhere.length === 0 ? whole : [...everywhere, ...whole],
      };
    },
  };
}

function ready(rule: SecretRule | SecretForm): ReadyRule {
  if (!('pattern' in rule)) return { rule, rank: 2 };
  const { source } = rule.pattern;
  const flags = rule.pattern.flags.replace(/[gyd]/g, '');
  const find = new RegExp(source, `${flags}g`);
  const rank = rule.lookAlikes === 'all' ? 0 : 1;
  // Positions of groups are beyond the linear engine.
  return source.includes('(?<secret>') && rule.custom !== true
    ? { rule, rank, find, locate: new RegExp(source, `${flags}dy`) }
    : { rule, rank, find };
}

interface LimitedRule {
  readonly index: number;
  readonly files: NonNullable<SecretRule['files']>;
  readonly whole: boolean;
}

export interface Choice {
  /** Rules that are for other files. */
  readonly idle: ReadonlySet<number>;
  /** Rules without keywords. */
  readonly whole: readonly number[];
}

/** Answers for a path; most paths are no rule's own, and share one answer. */
function filesChooser(limited: readonly LimitedRule[]): (path: string) => Choice {
  const byBasename = new Map<string, LimitedRule[]>();
  const bySuffix: [string, LimitedRule][] = [];
  for (const one of limited) {
    for (const name of one.files.basenames ?? []) byBasename.set(name.toLowerCase(), [...(byBasename.get(name.toLowerCase()) ?? []), one]);
    for (const suffix of one.files.suffixes ?? []) bySuffix.push([suffix.toLowerCase(), one]);
  }
  const byPattern = limited.filter(({ files }) => files.pattern !== undefined);
  const none: Choice = { idle: new Set(limited.map(({ index }) => index)), whole: [] };

  return (path) => {
    const lower = path.toLowerCase();
    const mine = byBasename.get(lower.slice(lower.lastIndexOf('/') + 1)) ?? [];
    const ended = bySuffix.filter(([suffix]) => lower.endsWith(suffix)).map(([, one]) => one);
    const fitting = byPattern.filter(({ files }) => files.pattern!.test(path));
    if (mine.length + ended.length + fitting.length === 0) return none;
    const chosen = new Set([...mine, ...ended, ...fitting]);
    return {
      idle: new Set(limited.filter((one) => !chosen.has(one)).map(({ index }) => index)),
      whole: [...chosen].filter((one) => one.whole).map(({ index }) => index),
    };
  };
}
