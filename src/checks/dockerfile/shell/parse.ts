import type { Mapped } from '../parser/mapped.ts';
import { Cursor } from './cursor.ts';
import { type Inner, Lexer } from './lex.ts';
import type { Assignment, Command, Pipeline, Redirect, Script, ShellWord } from './script.ts';

/** A script beyond it is not looked at: nobody writes one into a Dockerfile, and nesting is followed by recursion. */
const MOST_NESTED = 40;
const MOST_COMMANDS = 5000;

const CLOSING = new Set(['fi', 'done', 'esac', '}', 'then', 'else', 'elif', 'do']);
const REDIRECTS = new Set(['<', '>', '>>', '<<', '<<-', '<<<', '<&', '>&', '<>', '>|', '&>', '&>>']);

/** Reads POSIX shell and bash. Never throws: what it cannot read is a problem, and the rest is read all the same. */
export function parseShell(text: Mapped, exact = true): Script {
  const parser = new Parser(text);
  parser.script();
  return { ...text.span(0, text.text.length), ...parser.result(), exact, text: text.text };
}

type Draft = { -readonly [K in keyof Command]: Command[K] };

class Parser extends Cursor {
  readonly #commands: Draft[] = [];
  readonly #pipelines: Pipeline[] = [];
  readonly #functions = new Set<string>();
  #depth = 0;
  #substituted = false;
  #endsInComment = false;
  #after = '';

  result(): Pick<Script, 'commands' | 'pipelines' | 'functions' | 'problems' | 'endsInComment'> {
    return {
      commands: this.#commands.toSorted((a, b) => a.start - b.start),
      pipelines: this.#pipelines,
      functions: this.#functions,
      problems: this.problems,
      endsInComment: this.#endsInComment,
    };
  }

  script(): void {
    while (!this.ended()) {
      this.#list(new Set());
      if (!this.ended()) this.unexpected();
    }
    this.#endsInComment = this.lexer.comment;
  }

  /** Commands until one of the words or operators of `until`. */
  #list(until: ReadonlySet<string>): void {
    for (;;) {
      while (this.isOperator(';', '\n', '&', ';;', ';&', ';;&')) {
        const { text } = this.token as { text: string };
        if (until.has(text)) return;
        this.#after = ';';
        this.advance();
      }
      if (this.ended()) return;
      if (this.token.type === 'operator') {
        if (until.has(this.token.text)) return;
        if (this.token.text === ')') return;
      }
      const word = this.reserved();
      if (word !== undefined && CLOSING.has(word)) {
        if (until.has(word)) return;
        // A closing word with nothing to close.
        this.unexpected();
        continue;
      }
      const before = this.token.at;
      this.#andOr();
      if (this.token.at === before && !this.ended()) this.unexpected();
    }
  }

  #andOr(): void {
    this.#pipeline();
    while (this.isOperator('&&', '||')) {
      this.#after = (this.token as { text: string }).text;
      this.advance();
      while (this.isOperator('\n')) this.advance();
      this.#pipeline();
    }
    if (this.isOperator('&')) {
      const last = this.#commands.at(-1);
      if (last) last.background = true;
    }
  }

  #pipeline(): void {
    const start = this.token.at;
    const stages: Command[][] = [];
    let end = start;
    for (;;) {
      const from = this.#commands.length;
      end = this.#command();
      stages.push(this.#commands.slice(from));
      if (!this.isOperator('|', '|&')) break;
      this.#after = '|';
      this.advance();
      while (this.isOperator('\n')) this.advance();
    }
    if (stages.length > 1) this.#pipelines.push({ ...this.source.span(start, end), stages });
  }

  /** One command, compound or simple; gives its end. */
  #command(): number {
    if (this.#depth > MOST_NESTED || this.#commands.length > MOST_COMMANDS) {
      this.problems.push(this.source.span(this.token.at, this.token.end));
      while (!this.ended()) this.advance();
      return this.token.at;
    }
    let word = this.reserved();
    while (word === '!' || word === 'time' || word === 'coproc') {
      this.advance();
      word = this.reserved();
    }
    if (this.isOperator('(')) return this.#group('(', ')');
    switch (word) {
      case '{':
        return this.#group('{', '}');
      case 'if':
        return this.#block(['then', 'elif', 'else'], 'fi');
      case 'while':
      case 'until':
        return this.#block(['do'], 'done');
      case 'for':
      case 'select':
        return this.#for();
      case 'case':
        return this.#case();
      case 'function':
        return this.#function();
      case '[[':
        return this.#test();
      default:
        return this.#simple();
    }
  }

  #group(open: string, close: string): number {
    this.advance();
    // `((` is arithmetic: read over.
    if (open === '(' && this.isOperator('(')) {
      let depth = 2;
      for (this.advance(); !this.ended() && depth > 0; this.advance()) {
        if (this.isOperator('(')) depth++;
        else if (this.isOperator(')')) depth--;
      }
      return this.#tail(this.token.at);
    }
    return this.#block([], close);
  }

  /** Lists parted by the words of `middles`, up to `close`; then redirections. */
  #block(middles: readonly string[], close: string): number {
    if (close !== ')' && close !== '}') this.advance();
    this.#depth++;
    const until = new Set([...middles, close]);
    for (;;) {
      this.#list(until);
      if (this.ended()) {
        this.problems.push(this.source.span(this.token.at, this.token.end));
        break;
      }
      const word = this.token.type === 'operator' ? this.token.text : this.reserved();
      const { end } = this.token;
      if (word === undefined || !until.has(word)) {
        this.unexpected();
        continue;
      }
      this.advance();
      if (word === close) {
        this.#depth--;
        return this.#tail(end);
      }
    }
    this.#depth--;
    return this.token.at;
  }

  /** Redirections after a compound command. */
  #tail(end: number): number {
    let last = end;
    for (;;) {
      if (this.token.type === 'word' && /^\d+$/.test(this.token.word.raw)) {
        this.advance();
        continue;
      }
      if (this.token.type !== 'operator' || !REDIRECTS.has(this.token.text)) return last;
      last = this.#redirect().until;
    }
  }

  #for(): number {
    this.advance();
    if (this.isOperator('(')) {
      while (!this.ended() && this.reserved() !== 'do') this.advance();
    } else {
      this.advance();
      while (this.isOperator('\n')) this.advance();
      if (this.reserved() === 'in') {
        for (this.advance(); this.token.type === 'word'; this.advance()) this.#inner(this.token.inner);
      }
      while (this.isOperator(';', '\n')) this.advance();
    }
    if (this.reserved() === 'do' || this.reserved() === '{') return this.#block([], this.reserved() === 'do' ? 'done' : '}');
    this.problems.push(this.source.span(this.token.at, this.token.end));
    return this.token.at;
  }

  #case(): number {
    this.advance();
    if (this.token.type === 'word') {
      this.#inner(this.token.inner);
      this.advance();
    }
    while (this.isOperator('\n')) this.advance();
    if (this.reserved() === 'in') this.advance();
    this.#depth++;
    for (;;) {
      while (this.isOperator('\n', ';;', ';&', ';;&', ';')) this.advance();
      if (this.ended() || this.reserved() === 'esac') break;
      if (this.isOperator('(')) this.advance();
      while (this.token.type === 'word' || this.isOperator('|')) this.advance();
      if (!this.isOperator(')')) {
        this.unexpected();
        continue;
      }
      this.advance();
      this.#after = ';';
      this.#list(new Set([';;', ';&', ';;&', 'esac']));
    }
    this.#depth--;
    const { end } = this.token;
    if (!this.ended()) this.advance();
    return this.#tail(end);
  }

  #function(): number {
    this.advance();
    if (this.token.type === 'word') this.#functions.add(this.token.word.text);
    this.advance();
    if (this.isOperator('(')) {
      this.advance();
      if (this.isOperator(')')) this.advance();
    }
    while (this.isOperator('\n')) this.advance();
    return this.#command();
  }

  #test(): number {
    let { end } = this.token;
    for (; !this.ended(); this.advance()) {
      if (this.token.type === 'word') this.#inner(this.token.inner);
      end = this.token.end;
      if (this.reserved() === ']]') {
        this.advance();
        break;
      }
    }
    return this.#tail(end);
  }

  #simple(): number {
    const start = this.token.at;
    let end = start;
    const words: ShellWord[] = [];
    const assignments: Assignment[] = [];
    const redirects: Redirect[] = [];
    const inner: Inner[] = [];
    for (;;) {
      if (this.token.type === 'operator' && REDIRECTS.has(this.token.text)) {
        const { redirect, until } = this.#redirect();
        redirects.push(redirect);
        end = until;
        continue;
      }
      if (this.token.type === 'operator' && this.token.text === '(' && words.length === 1) {
        return this.#definition(words[0]!);
      }
      if (this.token.type !== 'word') break;
      const { word } = this.token;
      inner.push(...this.token.inner);
      end = this.token.end;
      const next = this.source.text[this.token.end];
      if (/^\d+$/.test(word.raw) && (next === '<' || next === '>')) {
        this.advance();
        continue;
      }
      const assignment = words.length === 0 ? /^([A-Za-z_][A-Za-z0-9_]*)(?:\[[^\]]*\])?\+?=/.exec(word.raw) : null;
      if (assignment) {
        const value = word.text.slice(assignment[0].length);
        const from = this.token.at + assignment[0].length;
        const span = this.source.span(from, this.token.end);
        assignments.push({
          name: assignment[1]!,
          start: word.start,
          end: word.end,
          value: { ...word, ...span, text: value, raw: word.raw.slice(assignment[0].length) },
        });
        this.advance();
        // An array: `a=(...)`.
        if (value === '' && this.isOperator('(') && this.token.at === end) {
          while (!this.ended() && !this.isOperator(')')) this.advance();
          end = this.token.end;
          if (!this.ended()) this.advance();
        }
        continue;
      }
      words.push(word);
      this.advance();
    }
    if (words.length + assignments.length + redirects.length > 0) {
      const span = this.source.span(start, end);
      this.#commands.push({
        ...span,
        first: words[0],
        words,
        assignments,
        redirects,
        depth: this.#depth,
        substituted: this.#substituted,
        background: false,
        after: this.#after,
      });
    }
    this.#inner(inner);
    return end;
  }

  #definition(name: ShellWord): number {
    this.advance();
    if (this.isOperator(')')) this.advance();
    this.#functions.add(name.text);
    while (this.isOperator('\n')) this.advance();
    return this.#command();
  }

  #redirect(): { redirect: Redirect; until: number } {
    const { at, text: operator } = this.token as { at: number; text: string };
    let until = this.token.end;
    this.advance();
    let target: ShellWord | undefined;
    if (this.token.type === 'word') {
      target = this.token.word;
      until = this.token.end;
      const { inner } = this.token;
      if (operator === '<<' || operator === '<<-') this.lexer.heredoc(target.text, operator === '<<-');
      this.advance();
      this.#inner(inner);
    }
    return { redirect: { operator, target, ...this.source.span(at, until) }, until };
  }

  /** Commands within words. */
  #inner(inner: readonly Inner[]): void {
    for (const { from, to } of inner) {
      if (this.#depth >= MOST_NESTED) {
        this.problems.push(this.source.span(from, to));
        continue;
      }
      const kept = { lexer: this.lexer, token: this.token, substituted: this.#substituted, after: this.#after };
      this.lexer = new Lexer(this.source, from, to);
      this.#substituted = true;
      this.#after = '';
      this.#depth++;
      this.advance();
      while (!this.ended()) {
        this.#list(new Set());
        if (!this.ended()) this.unexpected();
      }
      this.#depth--;
      this.lexer = kept.lexer;
      this.token = kept.token;
      this.#substituted = kept.substituted;
      this.#after = kept.after;
    }
  }
}
