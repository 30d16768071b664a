import type { Bytes } from '../../util/bytes.ts';
import { MAX_MATCH, type RuleSet } from './rule-set.ts';

/** What a pattern may look at beside a match, and how far an inline comment is looked for behind it. */
const BESIDE = 8;
export const LINE_REST = 256;
const WINDOW = 256 << 10;

/** What stays of a window that was searched: what a match may begin in, and what is looked at beside it. */
const KEEP = 2 * (MAX_MATCH + LINE_REST + BESIDE);

/** Told of every match. */
export interface Sink {
  /** A rule's pattern matched `text` from `match.index`; `offset` is where `text` begins in the window. */
  match(rule: number, match: RegExpExecArray, text: string, offset: number): void;
  /** A form's keyword is at `index` of the window; `text` begins there. Gives the bytes that it took. */
  form(rule: number, text: string, index: number): number;
}

/** Most bytes of one file that one rule's pattern is tried on. */
const TRIED = 48 << 20;

/**
 * The part of a file that is in memory: bytes come in at its end, keywords are looked for in them, rules are tried around keywords, and what no
 * match can reach any more goes. Used for one file after the other.
 */
export class Window {
  readonly bytes: Bytes;
  length = 0;
  /** Where the window begins in the file. */
  base = 0;
  /** Lines before the window, and where the line that it begins in starts in the file. */
  lines = 0;
  lineStart = 0;
  limited = false;

  readonly #set: RuleSet;
  readonly #openStart: Int32Array;
  readonly #openEnd: Int32Array;
  /** Behind each rule's last match. */
  readonly #floor: Int32Array;
  readonly #tried: Float64Array;
  #open: number[] = [];
  #closed: number[] = [];
  #searched = 0;
  #state = 0;
  #idle: ReadonlySet<number> = new Set();
  readonly #on: (keyword: number, end: number) => void;

  constructor(set: RuleSet) {
    this.#set = set;
    this.bytes = Buffer.allocUnsafeSlow(Math.max(WINDOW, 4 * KEEP));
    this.#openStart = new Int32Array(set.count).fill(-1);
    this.#openEnd = new Int32Array(set.count);
    this.#floor = new Int32Array(set.count);
    this.#tried = new Float64Array(set.count);
    this.#on = (keyword, end) => this.#met(keyword, end);
  }

  /** Makes it ready for another file. */
  reset(idle: ReadonlySet<number>): void {
    this.length = this.base = this.lines = this.lineStart = this.#searched = this.#state = 0;
    this.limited = false;
    this.#openStart.fill(-1);
    this.#floor.fill(0);
    this.#tried.fill(0);
    this.#open = [];
    this.#closed = [];
    this.#idle = idle;
  }

  get full(): boolean {
    return this.length === this.bytes.length;
  }

  /** Takes what fits of `bytes` from `from` on; gives how much that was. */
  append(bytes: Bytes, from: number): number {
    const count = bytes.copy(this.bytes, this.length, from);
    this.length += count;
    return count;
  }

  /** Tries rules on what has come in. Not at the file's end, what more bytes could change waits for them. */
  search(sink: Sink, final: boolean): void {
    this.#state = this.#set.search.run(this.bytes, this.#searched, this.length, this.#state, this.#on);
    this.#searched = this.length;
    const closed = this.#closed;
    this.#closed = [];
    for (let i = 0; i < closed.length; i += 3) this.#settle(sink, closed[i]!, closed[i + 1]!, closed[i + 2]!, final);
    const open = this.#open;
    this.#open = [];
    for (const rule of open) {
      const start = this.#openStart[rule]!;
      this.#openStart[rule] = -1;
      this.#settle(sink, rule, start, this.#openEnd[rule]!, final);
    }
  }

  /** Tries a rule all over what is there, as rules without keywords are. */
  searchWhole(sink: Sink, rule: number, final: boolean): void {
    const sure = this.length - this.#set.longest(rule) - LINE_REST - BESIDE;
    this.#try(sink, rule, this.#floor[rule]!, this.length, final ? this.length : sure);
  }

  /** Lets go of what no match can reach any more. */
  discard(): void {
    const shift = Math.max(0, this.length - KEEP);
    for (let i = 0; i < shift; i++) {
      if (this.bytes[i] !== 0x0a) continue;
      this.lines++;
      this.lineStart = this.base + i + 1;
    }
    this.bytes.copyWithin(0, shift, this.length);
    this.length -= shift;
    this.base += shift;
    this.#searched -= shift;
    for (const rule of this.#open) {
      this.#openStart[rule] = Math.max(0, this.#openStart[rule]! - shift);
      this.#openEnd[rule]! -= shift;
    }
    for (let i = 0; i < this.#closed.length; i += 3) {
      this.#closed[i + 1] = Math.max(0, this.#closed[i + 1]! - shift);
      this.#closed[i + 2]! -= shift;
    }
    for (let rule = 0; rule < this.#floor.length; rule++) this.#floor[rule] = Math.max(0, this.#floor[rule]! - shift);
  }

  #met(keyword: number, end: number): void {
    const start = end - this.#set.keywordLengths[keyword]!;
    for (const rule of this.#set.rulesOf[keyword]!) {
      if (this.#idle.has(rule)) continue;
      const reach = this.#set.longest(rule);
      const from = Math.max(0, end - reach);
      const opened = this.#openStart[rule]!;
      if (opened !== -1 && from <= this.#openEnd[rule]!) {
        this.#openEnd[rule] = start + reach;
        continue;
      }
      if (opened === -1) this.#open.push(rule);
      else this.#closed.push(rule, opened, this.#openEnd[rule]!);
      this.#openStart[rule] = from;
      this.#openEnd[rule] = start + reach;
    }
  }

  /** Tries a rule between two places; the part that more bytes could change is put back. */
  #settle(sink: Sink, rule: number, from: number, to: number, final: boolean): void {
    const sure = this.length - this.#set.longest(rule) - LINE_REST - BESIDE;
    if (final || to + LINE_REST + BESIDE <= this.length) {
      this.#try(sink, rule, from, Math.min(to, this.length), this.length);
      return;
    }
    if (from < sure) this.#try(sink, rule, from, this.length, sure);
    this.#reopen(rule, Math.max(from, sure, this.#floor[rule]!), to);
  }

  #reopen(rule: number, from: number, to: number): void {
    if (this.#openStart[rule] === -1) {
      this.#open.push(rule);
      this.#openStart[rule] = from;
      this.#openEnd[rule] = to;
    } else {
      this.#closed.push(rule, from, to);
    }
  }

  /** Matches that start in `[from, before)`. */
  #try(sink: Sink, rule: number, from: number, to: number, before: number): void {
    const start = Math.max(from, this.#floor[rule]!);
    if (start >= to) return;
    this.#tried[rule]! += to - start;
    if (this.#tried[rule]! > TRIED) {
      this.limited = true;
      return;
    }
    const { find, rule: known } = this.#set.rule(rule);
    if (find === undefined) {
      this.#tryForm(sink, rule, known.keywords, start, Math.min(to, before));
      return;
    }
    const offset = Math.max(0, start - BESIDE);
    const end = Math.min(this.length, to + BESIDE);
    const text = this.bytes.toString('latin1', offset, end);
    find.lastIndex = start - offset;
    for (let match = find.exec(text); match !== null; match = find.exec(text)) {
      if (offset + match.index >= before) break;
      // What is cut off by the end of the text that was looked at has no keyword within its length.
      const cut = find.lastIndex === text.length && end < this.length;
      if (match[0] === '') find.lastIndex++;
      else if (!cut) sink.match(rule, match, text, offset);
      this.#floor[rule] = offset + find.lastIndex;
    }
  }

  #tryForm(sink: Sink, rule: number, keywords: readonly string[], from: number, before: number): void {
    for (const keyword of keywords) {
      for (let at = from; ; ) {
        at = this.bytes.subarray(0, this.length).indexOf(keyword, at, 'latin1');
        if (at === -1 || at >= before) break;
        const taken = sink.form(rule, this.bytes.toString('latin1', at, Math.min(this.length, at + this.#set.longest(rule))), at);
        at += Math.max(taken, keyword.length);
        this.#floor[rule] = Math.max(this.#floor[rule]!, at);
      }
    }
  }
}
