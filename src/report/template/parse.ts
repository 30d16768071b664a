import { EXIT, PlimsollError } from '../../util/errors.ts';

/** A part of a template. Lines count from 1. */
export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly value: Expression; readonly raw: boolean; readonly line: number }
  | {
      readonly kind: 'block';
      readonly name: Block;
      readonly value: Expression;
      readonly body: Nodes;
      readonly otherwise: Nodes;
      readonly line: number;
    }
  | { readonly kind: 'partial'; readonly name: string; readonly value?: Expression; readonly line: number };
export type Nodes = readonly Node[];

export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  /** `../name.member`, `@index`, `@root.name`, `this`. */
  | { readonly kind: 'path'; readonly up: number; readonly data: boolean; readonly names: readonly string[] }
  | { readonly kind: 'call'; readonly helper: string; readonly values: readonly Expression[] };

const BLOCKS = ['if', 'unless', 'each', 'with'] as const;
export type Block = (typeof BLOCKS)[number];

/** Blocks within each other, and parts of an expression. */
const DEEPEST = 60;
/**
 * What only templates of Go have: white space taken by a hyphen, blocks without `#`, variables, comments between slashes, and names that begin with a
 * dot, as in `range .Results` and `escapeXML .ID`.
 */
const GO =
  /(?<!\\)\{\{(?:-\s|\s*(?:end\b|(?:range|define|template|block|if|with)\s[^{}]|\/\*|(?:\(?(?:\w{1,99}|"[^"{}]{0,99}")\s{1,9}){0,9}\(?(?:\.[A-Za-z]|\$)))/;
const LARGEST = 1 << 18;

/**
 * A template in the part of Handlebars' language that docs/reports.md describes. Nothing in it runs code: there are values, four blocks, and
 * helpers from a list.
 *
 * @throws PlimsollError template-malformed with line and what is wrong; template-go for templates of Go, as Trivy has them
 */
export function parseTemplate(text: string, name: string): Nodes {
  if (text.length > LARGEST) throw new PlimsollError('template-limit', { name, limit: `${LARGEST} characters` }, { exitCode: EXIT.usage });
  if (GO.test(text)) throw new PlimsollError('template-go', { name }, { exitCode: EXIT.usage });
  return new Parser(tokens(text, name), name).whole();
}

/** The partials that a template names. */
export function partialNames(nodes: Nodes): readonly string[] {
  return nodes.flatMap((node) =>
    node.kind === 'partial' ? [node.name] : node.kind === 'block' ? [...partialNames(node.body), ...partialNames(node.otherwise)] : [],
  );
}

interface Token {
  readonly kind: 'text' | 'tag' | 'raw' | 'open' | 'close' | 'else' | 'partial' | 'comment';
  readonly text: string;
  readonly line: number;
}

const TAG =
  /\\?\{\{(?:\{(?<raw>[^{}]{0,1000})\}\}\}|(?<before>~?)(?:!--(?<long>[\s\S]{0,9999}?)--|(?<sign>[#/^>!&]?)(?<inner>(?:"[^"]{0,999}"|'[^']{0,999}'|[^{}"']){0,999}?))(?<after>~?)\}\})/g;

/** Texts and tags; a tag alone on its line takes the line with it, and `~` takes all white space. */
function tokens(source: string, name: string): readonly Token[] {
  const all: { token: Token; before: boolean; after: boolean }[] = [];
  let at = 0;
  let line = 1;
  const text = (value: string): void => {
    if (value !== '') all.push({ token: { kind: 'text', text: value, line }, before: false, after: false });
    line += value.split('\n').length - 1;
  };
  /** What no tag took: braces in it began one that does not end. */
  const whole = (value: string): void => {
    const begins = value.indexOf('{{');
    if (begins >= 0) throw malformed(name, line + value.slice(0, begins).split('\n').length - 1, 'a tag is not closed, or too long');
    text(value);
  };
  for (const match of source.matchAll(TAG)) {
    whole(source.slice(at, match.index));
    at = match.index + match[0].length;
    const { raw, before, after, long, sign = '', inner = '' } = match.groups ?? {};
    if (match[0].startsWith('\\')) {
      text(match[0].slice(1));
      continue;
    }
    const kind = raw !== undefined ? 'raw' : long !== undefined ? 'comment' : kindOf(sign, inner);
    const body = raw ?? (kind === 'else' && sign === '^' ? 'else' : inner);
    all.push({ token: { kind, text: body.trim(), line }, before: before === '~', after: after === '~' });
    line += match[0].split('\n').length - 1;
  }
  whole(source.slice(at));
  return trimmed(all);
}

function kindOf(sign: string, inner: string): Token['kind'] {
  if (sign === '#') return 'open';
  if (sign === '/') return 'close';
  if (sign === '^') return 'else';
  if (sign === '>') return 'partial';
  if (sign === '!') return 'comment';
  if (sign === '&') return 'raw';
  return /^else\b/.test(inner.trim()) ? 'else' : 'tag';
}

function trimmed(all: readonly { readonly token: Token; readonly before: boolean; readonly after: boolean }[]): readonly Token[] {
  const texts = all.map(({ token }) => token.text);
  for (const [i, { token, before, after }] of all.entries()) {
    if (token.kind === 'text') continue;
    const [previous, next] = [all[i - 1], all[i + 1]];
    const ends =
      previous === undefined ||
      (previous.token.kind === 'text' &&
        /(^|\n)[ \t]*$/.test(previous.token.text) &&
        (i > 1 ? /\n[ \t]*$/.test(previous.token.text) : true));
    const begins =
      next === undefined ||
      (next.token.kind === 'text' && (/^[ \t]*\r?\n/.test(next.token.text) || (i + 2 === all.length && /^[ \t]*$/.test(next.token.text))));
    const alone = ends && begins && !['tag', 'raw'].includes(token.kind);
    if (previous?.token.kind === 'text') {
      if (before) texts[i - 1] = (texts[i - 1] ?? '').trimEnd();
      else if (alone) texts[i - 1] = (texts[i - 1] ?? '').replace(/[ \t]*$/, '');
    }
    if (next?.token.kind === 'text') {
      if (after) texts[i + 1] = (texts[i + 1] ?? '').trimStart();
      else if (alone) texts[i + 1] = (texts[i + 1] ?? '').replace(/^[ \t]*\r?\n?/, '');
    }
  }
  return all.map(({ token }, i) => ({ ...token, text: texts[i] ?? '' })).filter(({ kind }) => kind !== 'comment');
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #name: string;
  #at = 0;

  constructor(all: readonly Token[], name: string) {
    this.#tokens = all;
    this.#name = name;
  }

  whole(): Nodes {
    const nodes = this.#nodes(0);
    const left = this.#tokens[this.#at];
    if (left) throw this.#wrong(left, left.kind === 'else' ? '{{else}} outside of a block' : `{{/${left.text}}} closes nothing`);
    return nodes;
  }

  /** Up to the `else` or the end of the block that they stand in. */
  #nodes(depth: number): Nodes {
    const nodes: Node[] = [];
    for (let token = this.#tokens[this.#at]; token && token.kind !== 'close' && token.kind !== 'else'; token = this.#tokens[this.#at]) {
      this.#at += 1;
      nodes.push(this.#node(token, depth));
    }
    return nodes;
  }

  #node(token: Token, depth: number): Node {
    const { kind, text, line } = token;
    if (kind === 'text') return { kind, text };
    if (kind === 'open') return this.#block(token, text, depth + 1, true);
    if (kind === 'partial') return this.#partial(token);
    return { kind: 'value', value: this.#expression(token, text), raw: kind === 'raw', line };
  }

  #partial(token: Token): Node {
    const match = /^([\w-]+)(?:\s+([\s\S]+))?$/.exec(token.text);
    if (!match?.[1]) throw this.#wrong(token, `{{> ${token.text}}}: a partial is a name of letters, digits, - and _`);
    const value = match[2] === undefined ? {} : { value: this.#expression(token, match[2]) };
    return { kind: 'partial', name: match[1], ...value, line: token.line };
  }

  /** `{{else if}}` has no end of its own. */
  #block(token: Token, text: string, depth: number, own: boolean): Node {
    if (depth > DEEPEST) throw this.#wrong(token, `more than ${DEEPEST} blocks within each other`);
    const [, word = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
    const name = BLOCKS.find((each) => each === word);
    if (!name) throw this.#wrong(token, `there is no block {{#${word}}}; there are ${BLOCKS.join(', ')}`);
    if (rest.trim() === '') throw this.#wrong(token, `{{#${word}}} needs a value`);
    const value = this.#expression(token, rest);
    const body = this.#nodes(depth);
    let otherwise: Nodes = [];
    const next = this.#tokens[this.#at];
    if (next?.kind === 'else') {
      this.#at += 1;
      const chained = next.text.slice('else'.length).trim();
      otherwise = chained === '' ? this.#nodes(depth) : [this.#block(next, chained, depth + 1, false)];
    }
    if (own) this.#end(token, name);
    return { kind: 'block', name, value, body, otherwise, line: token.line };
  }

  #end(open: Token, name: string): void {
    const close = this.#tokens[this.#at];
    if (!close) throw this.#wrong(open, `{{#${name}}} is not closed`);
    if (close.kind !== 'close' || close.text !== name) throw this.#wrong(close, `{{/${name}}} should stand here`);
    this.#at += 1;
  }

  #expression(token: Token, text: string): Expression {
    const words = text.match(/"[^"]*"|'[^']*'|[()]|(?:\[[^\]]*\]|[^\s()"'[])+/g) ?? [];
    let at = 0;
    const one = (depth: number): Expression => {
      const word = words[at++];
      if (depth > DEEPEST) throw this.#wrong(token, 'too deep');
      if (word === undefined || word === ')') throw this.#wrong(token, `a value is missing in {{${text}}}`);
      if (word !== '(') return this.#simple(token, word);
      const inner = call(depth + 1);
      if (words[at++] !== ')') throw this.#wrong(token, `a ) is missing in {{${text}}}`);
      return inner;
    };
    const call = (depth: number): Expression => {
      const first = words[at];
      const values: Expression[] = [one(depth)];
      while (at < words.length && words[at] !== ')') values.push(one(depth));
      const [only] = values;
      if (values.length === 1 && only && depth === 0) return only;
      if (first === undefined || !/^[a-z]+$/i.test(first)) throw this.#wrong(token, `${first} is no helper`);
      return { kind: 'call', helper: first, values: values.slice(1) };
    };
    const expression = call(0);
    if (at < words.length) throw this.#wrong(token, `there is too much in {{${text}}}`);
    return expression;
  }

  #simple(token: Token, word: string): Expression {
    if (/^["']/.test(word)) return { kind: 'literal', value: word.slice(1, -1) };
    if (/^-?\d+(\.\d+)?$/.test(word)) return { kind: 'literal', value: Number(word) };
    if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true' };
    if (word === 'null' || word === 'undefined') return { kind: 'literal', value: null };
    const [, climbs = '', data = '', path = ''] = /^((?:\.\.\/)*)(@?)(.*)$/.exec(word) ?? [];
    const names = path === '.' || path === 'this' ? [] : path.replace(/^this[./]/, '').match(/\[[^\]]*\]|[^.[\]]+/g);
    if (path === '..') return { kind: 'path', up: climbs.length / 3 + 1, data: false, names: [] };
    if (!names || /[=|;:#&]/.test(word)) throw this.#wrong(token, `${word} is no value`);
    return { kind: 'path', up: climbs.length / 3, data: data !== '', names: names.map((name) => name.replace(/^\[(.*)\]$/, '$1')) };
  }

  #wrong({ line }: Token, detail: string): PlimsollError {
    return malformed(this.#name, line, detail);
  }
}

function malformed(name: string, line: number, detail: string): PlimsollError {
  return new PlimsollError('template-malformed', { name, line, detail }, { exitCode: EXIT.usage });
}
