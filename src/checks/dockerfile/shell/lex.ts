import type { Mapped } from '../parser/mapped.ts';
import type { ShellWord } from './script.ts';

export type Token =
  | { readonly type: 'word'; readonly at: number; readonly end: number; readonly word: ShellWord; readonly inner: readonly Inner[] }
  | { readonly type: 'operator'; readonly at: number; readonly end: number; readonly text: string }
  | { readonly type: 'end'; readonly at: number; readonly end: number };

/** Commands within a word: `$(...)`, backquotes, `<(...)`. Offsets of the text between. */
export interface Inner {
  readonly from: number;
  readonly to: number;
}

const OPERATORS = [
  '&>>',
  '<<<',
  '<<-',
  ';;&',
  '&&',
  '||',
  ';;',
  ';&',
  '|&',
  '<<',
  '>>',
  '<&',
  '>&',
  '<>',
  '>|',
  '&>',
  '|',
  '&',
  ';',
  '<',
  '>',
  '(',
  ')',
  '\n',
];
const META = new Set([' ', '\t', '\r', '\n', '|', '&', ';', '<', '>', '(', ')']);

/** Splits shell text into words and operators. */
export class Lexer {
  readonly source: Mapped;
  /** The last thing read was a comment. */
  comment = false;
  readonly #text: string;
  readonly #end: number;
  readonly #pending: { name: string; chomp: boolean }[] = [];
  at: number;

  constructor(source: Mapped, from = 0, to = source.text.length) {
    this.source = source;
    this.#text = source.text;
    this.at = from;
    this.#end = to;
  }

  /** The body begins after the line's end. */
  heredoc(name: string, chomp: boolean): void {
    this.#pending.push({ name, chomp });
  }

  next(): Token {
    const text = this.#text;
    this.#blanks();
    const at = this.at;
    if (at >= this.#end) return { type: 'end', at, end: at };
    if (text[at] === '\n') {
      this.at++;
      this.#bodies();
      return { type: 'operator', at, end: at + 1, text: '\n' };
    }
    const substitution = (text[at] === '<' || text[at] === '>') && text[at + 1] === '(';
    if (!substitution) {
      const operator = OPERATORS.find((candidate) => text.startsWith(candidate, at) && at + candidate.length <= this.#end);
      if (operator) {
        this.at += operator.length;
        return { type: 'operator', at, end: this.at, text: operator };
      }
    }
    return this.#word(at);
  }

  #blanks(): void {
    const text = this.#text;
    this.comment = false;
    for (; this.at < this.#end; this.at++) {
      const char = text[this.at]!;
      if (char === ' ' || char === '\t' || char === '\r') continue;
      if (char === '\\' && text[this.at + 1] === '\n') this.at++;
      else if (char === '#') {
        while (this.at < this.#end && text[this.at] !== '\n') this.at++;
        this.comment = true;
        return;
      } else return;
    }
  }

  #bodies(): void {
    for (const { name, chomp } of this.#pending.splice(0)) {
      while (this.at < this.#end) {
        let feed = this.#text.indexOf('\n', this.at);
        if (feed < 0 || feed > this.#end) feed = this.#end;
        let line = this.#text.slice(this.at, feed);
        this.at = Math.min(feed + 1, this.#end);
        if (chomp) line = line.replace(/^\t+/, '');
        if (line === name) break;
      }
    }
  }

  #word(from: number): Token {
    const text = this.#text;
    const inner: Inner[] = [];
    let value = '';
    let dynamic = false;
    let quoted = false;
    let at = from;
    while (at < this.#end) {
      const char = text[at]!;
      if (META.has(char)) {
        if (!((char === '<' || char === '>') && text[at + 1] === '(')) break;
        const close = closeParenthesis(text, at + 2, this.#end);
        inner.push({ from: at + 2, to: close });
        value += text.slice(at, close + 1);
        dynamic = true;
        at = close + 1;
      } else if (char === '\\') {
        if (text[at + 1] !== '\n') value += text[at + 1] ?? '';
        at += 2;
      } else if (char === "'") {
        let close = text.indexOf("'", at + 1);
        if (close < 0 || close > this.#end) close = this.#end;
        value += text.slice(at + 1, close);
        quoted = true;
        at = close + 1;
      } else if (char === '"' || (char === '$' && text[at + 1] === '"')) {
        const read = this.#double(at + (char === '$' ? 2 : 1), inner);
        value += read.value;
        dynamic ||= read.dynamic;
        quoted = true;
        at = read.end;
      } else if (char === '$' && text[at + 1] === "'") {
        let close = at + 2;
        while (close < this.#end && text[close] !== "'") close += text[close] === '\\' ? 2 : 1;
        value += text.slice(at + 2, close);
        quoted = true;
        at = close + 1;
      } else if (char === '$' || char === '`') {
        const read = this.#dollar(at, inner);
        value += read.value;
        dynamic ||= read.dynamic;
        at = read.end;
      } else {
        value += char;
        at++;
      }
    }
    this.at = Math.min(at, this.#end);
    const raw = text.slice(from, this.at);
    return { type: 'word', at: from, end: this.at, inner, word: { text: value, raw, dynamic, quoted, ...this.source.span(from, this.at) } };
  }

  #double(from: number, inner: Inner[]): { value: string; dynamic: boolean; end: number } {
    const text = this.#text;
    let value = '';
    let dynamic = false;
    let at = from;
    while (at < this.#end && text[at] !== '"') {
      const char = text[at]!;
      if (char === '\\') {
        const next = text[at + 1] ?? '';
        value += '$`"\\'.includes(next) ? next : next === '\n' ? '' : char + next;
        at += 2;
      } else if (char === '$' || char === '`') {
        const read = this.#dollar(at, inner);
        value += read.value;
        dynamic ||= read.dynamic;
        at = read.end;
      } else {
        value += char;
        at++;
      }
    }
    return { value, dynamic, end: at + 1 };
  }

  #dollar(at: number, inner: Inner[]): { value: string; dynamic: boolean; end: number } {
    const text = this.#text;
    if (text[at] === '`') {
      let close = at + 1;
      while (close < this.#end && text[close] !== '`') close += text[close] === '\\' ? 2 : 1;
      inner.push({ from: at + 1, to: Math.min(close, this.#end) });
      return { value: `$(${text.slice(at + 1, close)})`, dynamic: true, end: close + 1 };
    }
    if (text.startsWith('$((', at)) {
      const close = closeParenthesis(text, at + 2, this.#end);
      return { value: text.slice(at, close + 1), dynamic: true, end: close + 1 };
    }
    if (text[at + 1] === '(') {
      const close = closeParenthesis(text, at + 2, this.#end);
      inner.push({ from: at + 2, to: close });
      return { value: text.slice(at, close + 1), dynamic: true, end: close + 1 };
    }
    if (text[at + 1] === '{') {
      const close = closeBrace(text, at + 2, this.#end);
      return { value: text.slice(at, close + 1), dynamic: true, end: close + 1 };
    }
    const name = /^(?:[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])/.exec(text.slice(at + 1, Math.min(at + 200, this.#end)))?.[0];
    if (name === undefined) return { value: '$', dynamic: false, end: at + 1 };
    return { value: `\${${name}}`, dynamic: true, end: at + 1 + name.length };
  }
}

/** Where the parenthesis that was opened before `from` closes; the text's end where it does not. Quotes and comments are respected. */
function closeParenthesis(text: string, from: number, end: number): number {
  let depth = 1;
  for (let at = from; at < end; at++) {
    const char = text[at];
    if (char === '\\') at++;
    else if (char === "'") at = close(text, at, "'", end);
    else if (char === '"') at = closeDouble(text, at + 1, end);
    else if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return at;
  }
  return end;
}

function close(text: string, at: number, quote: string, end: number): number {
  const found = text.indexOf(quote, at + 1);
  return found < 0 || found > end ? end : found;
}

function closeDouble(text: string, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return end;
}

function closeBrace(text: string, from: number, end: number): number {
  let depth = 1;
  for (let at = from; at < end; at++) {
    const char = text[at];
    if (char === '\\') at++;
    else if (char === "'") at = close(text, at, "'", end);
    else if (char === '{' && text[at - 1] === '$') depth++;
    else if (char === '}' && --depth === 0) return at;
  }
  return end;
}
