import { type RuleFacts, ruleOf } from '../rule-of.ts';
import type { SecretRule } from '../types.ts';

/** Source of the pattern of a UUID in lower case. */
export const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** A token does not stand directly behind a letter or digit, unless that ends an escape (`\n`) or a percent code, nor behind `more`. */
function start(more = ''): string {
  return String.raw`(?:(?<![A-Za-z0-9${more}])|(?<=\\[bfnrt]|%[0-9A-Fa-f]{2}))`;
}

/** Characters that would make a token longer, by its alphabet. */
const ENDS = {
  /** Letters and digits. */
  word: '(?![A-Za-z0-9_])',
  /** The URL-safe ones too. */
  url: '(?![A-Za-z0-9_-])',
  /** Those of base64. */
  base64: '(?![A-Za-z0-9+/=])',
  /** Those of a name in code; and a call is no value. */
  code: '(?![A-Za-z0-9_(])',
  none: '',
} as const;
export type End = keyof typeof ENDS;

export interface TokenFacts extends RuleFacts {
  /** Source of the pattern, without its boundaries; it may hold the group `secret`. */
  readonly body: string;
  /** Further characters that it may not stand behind, as in a class: `_-`. */
  readonly behind?: string;
  /** `word` unless said otherwise. */
  readonly end?: End;
}

/** A secret that is known by its own form. */
export function token({ body, behind, end = 'word', ...facts }: TokenFacts): SecretRule {
  return ruleOf(facts, `${start(behind)}(?:${body})${ENDS[end]}`);
}

export interface NamedFacts extends RuleFacts {
  /** Source of the pattern of the name that it is given to, in any case: `heroku[\w.-]{0,20}key`. What surrounds it in a longer name is free. */
  readonly name: string;
  /** Source of the pattern of the value. */
  readonly value: string;
  /** False where blanks alone do not give a value to a name: `NAME v`. */
  readonly bare?: false;
  readonly end?: End;
}

/** A secret without a form of its own: only the name that it is given to tells what it is. */
export function named({ name, value, bare, end = 'url', ...facts }: NamedFacts): SecretRule {
  return ruleOf(facts, `(?:${anyCase(name)})${given(bare === false ? '' : String.raw`[ \t]{1,4}|`)}(?<secret>${value})${ENDS[end]}`);
}

/**
 * A pattern whose letters match in either case; in classes they stay as they are. Modifiers (`(?i:`) would be shorter, but V8 13.6 takes
 * alternatives in them for wrong where one begins with an assertion.
 */
export function anyCase(source: string): string {
  return source.replaceAll(/\\.|\[[^\]]{0,40}\]|[a-z]/g, (part) => (part.length === 1 ? `[${part}${part.toUpperCase()}]` : part));
}

/**
 * What stands between a name and its value: the rest of the name, then one of `NAME=v`, `name: v`, `name => v`, `"name": "v"`,
 * `name := v`, `name ::= v`, `name .= v`, `name string = v` (Go), `--name v`, `<name>v` also on the next line, `"name" value="v"`, `name: NAME` and `value: v` on the next line.
 */
function given(bare: string): string {
  return [
    String.raw`(?<tail>[\w.-]{0,24})\\?["'\x60)\]]{0,2}`,
    '(?:',
    String.raw`[ \t]{0,8}(?:string[ \t]{0,4}=|=>|:{1,3}=|[?.+]=|\|\||==?|:|,(?=[ \t]{0,4}["'\x60])|>(?:\s{1,2}(?=[ \t]))?)[ \t]{0,8}`,
    String.raw`|${bare}[ \t]{1,4}value[ \t]{0,2}=`,
    String.raw`|,?[ \t]{0,4}\r?\n?[ \t]{0,24}["']?value["']?[ \t]{0,4}[:=][ \t]{0,4}`,
    ')',
    String.raw`\\?["'\x60(]{0,2}`,
  ].join('');
}

export interface PlainFacts extends RuleFacts {
  /** The whole pattern, boundaries included. */
  readonly source: string;
  readonly flags?: 'i' | 'm' | 'im';
}

/** A secret whose pattern fits neither of the others. */
export function plain({ source, flags, ...facts }: PlainFacts): SecretRule {
  return ruleOf(facts, source, flags);
}
