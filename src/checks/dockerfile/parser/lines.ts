import type { Span } from '../../types.ts';
import type { Comment, Directive, Problem } from '../document.ts';
import { Mapped } from './mapped.ts';

/** A physical line: `[start, end)` without its line break. */
export interface Line extends Span {
  readonly index: number;
}

/** One instruction's text with continuations taken out, and what lies around it. */
export interface LogicalLine {
  readonly text: Mapped;
  readonly first: number;
  last: number;
  readonly comments: readonly Comment[];
}

/** Splits at line feeds; a carriage return before one belongs to the break. */
function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  let start = text.startsWith('\ufeff') ? 1 : 0;
  while (start < text.length) {
    let feed = text.indexOf('\n', start);
    if (feed < 0) feed = text.length;
    let end = feed;
    while (end > start && text[end - 1] === '\r') end--;
    lines.push({ index: lines.length, start, end });
    start = feed + 1;
  }
  return lines;
}

const DIRECTIVE = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/;
const NAMES: readonly string[] = ['syntax', 'escape', 'check'] satisfies Directive['name'][];

/** Reads logical lines one after the other, by the rules of BuildKit's own reader. */
export class LineReader {
  readonly lines: readonly Line[];
  readonly comments: Comment[] = [];
  readonly directives: Directive[] = [];
  readonly problems: Problem[] = [];
  readonly emptyContinuations: Span[] = [];
  escape: '\\' | '`' = '\\';
  readonly #source: string;
  #next = 0;
  #directivesDone = false;
  #pending: Comment[] = [];

  constructor(source: string) {
    this.#source = source;
    this.lines = splitLines(source);
  }

  /** The next physical line as it is: a here-document's. */
  raw(): Line | undefined {
    return this.lines[this.#next] && this.lines[this.#next++];
  }

  logical(): LogicalLine | undefined {
    for (;;) {
      const line = this.lines[this.#next++];
      if (!line) return undefined;
      const start = this.#skipSpace(line);
      const text = this.#source.slice(start, line.end);
      if (this.#directive(text, start, line)) continue;
      if (text.startsWith('#')) {
        this.#comment(start, line);
        continue;
      }
      const { kept, continued } = this.#trim(text);
      if (!continued && kept === '') continue;
      return this.#join(line, start, kept, continued);
    }
  }

  #join(line: Line, start: number, kept: string, open: boolean): LogicalLine {
    const comments = this.#pending;
    this.#pending = [];
    const parts = [{ text: kept, source: start }];
    let last = line.index;
    for (let continued = open; continued; ) {
      const next = this.lines[this.#next];
      if (!next) break;
      this.#next++;
      last = next.index;
      const from = this.#skipSpace(next);
      if (this.#source[from] === '#' && from < next.end) {
        this.#comment(from, next);
        continue;
      }
      if (from >= next.end) {
        this.emptyContinuations.push({ start: next.start, end: next.end });
        continue;
      }
      const trimmed = this.#trim(this.#source.slice(next.start, next.end));
      parts.push({ text: trimmed.kept, source: next.start });
      continued = trimmed.continued;
    }
    this.#pending = [];
    return { text: Mapped.of(parts), first: line.index, last, comments };
  }

  #skipSpace(line: Line): number {
    let start = line.start;
    while (start < line.end && /\s/.test(this.#source[start]!)) start++;
    return start;
  }

  #comment(start: number, line: Line): void {
    const raw = this.#source.slice(start + 1, line.end);
    const comment = { start, end: line.end, line: line.index, text: raw.trim() };
    this.comments.push(comment);
    if (comment.text === '') this.#pending = [];
    else this.#pending.push(comment);
  }

  /** The escape character at the line's end continues it, unless another one stands before it. */
  #trim(text: string): { kept: string; continued: boolean } {
    let end = text.length;
    while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
    if (end > 0 && text[end - 1] === this.escape && text[end - 2] !== this.escape) {
      return { kept: text.slice(0, end - 1), continued: true };
    }
    return { kept: text, continued: false };
  }

  #directive(text: string, start: number, line: Line): boolean {
    if (this.#directivesDone) return false;
    const match = DIRECTIVE.exec(text);
    const name = match?.[1]?.toLowerCase();
    if (!match || !name || !NAMES.includes(name)) {
      this.#directivesDone = !(line.index === 0 && text.startsWith('#!'));
      return false;
    }
    const value = match[2]!;
    const span = { start, end: line.end };
    if (this.directives.some((known) => known.name === name)) {
      this.problems.push({ ...span, code: 'directive-twice', params: { name } });
      return true;
    }
    this.directives.push({ ...span, name: name as Directive['name'], value });
    if (name === 'escape') {
      if (value === '`' || value === '\\') this.escape = value;
      else this.problems.push({ ...span, code: 'escape', params: { value } });
    }
    return true;
  }
}
