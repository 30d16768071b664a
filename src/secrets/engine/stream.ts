import { isUtf8 } from 'node:buffer';
import type { Bytes } from '../../util/bytes.ts';
import { entropy, harmless, placeholder } from '../look-alikes.ts';
import { contextBefore, keyedHash, knownByPrefix, mask } from '../mask.ts';
import { readPragma } from '../pragma.ts';
import type { FormMatch, FoundSecret, SecretForm, SecretRule, SecretStream } from '../types.ts';
import type { RuleSet } from './rule-set.ts';
import { type Content, narrow, SNIFFED, sniff } from './sniff.ts';
import { LINE_REST, type Sink, type Window } from './window.ts';

/** Most findings of one file, of one rule and of all; a file with more certificates than a chain has is somebody's list of whom to trust. */
const LIMITS = { rule: 100, file: 1000, chain: 12 } as const;
const BEFORE = 80;
/** Bytes of a line before a secret whose characters are counted. */
const COUNTED = 16 << 10;

/** What a file's stream needs of the scanner that opened it. */
export interface StreamContext {
  readonly set: RuleSet;
  readonly hashKey: Bytes;
  /** Windows are used again. */
  takeWindow(): Window;
  returnWindow(window: Window): void;
  /** Says what a binary file holds whose first bytes or name promise a key store or certificate; undefined where it is none to collect. */
  readonly binary: BinaryForms;
  /** Read binary files as if they were text. */
  readonly readBinaries: boolean;
  /** Is told the text of each secret that counts, for whoever has to have it. */
  readonly onSecret?: ((path: string, rule: string, hash: string, secret: string) => void) | undefined;
  /** An allow list's word on a secret. `line` is as much of its line as was read. */
  allows(rule: string, path: string, secret: string, match: string, line: string): FoundSecret['ignored'] | 'drop' | undefined;
}

export interface BinaryForms {
  /** Bytes to collect of such a file at most; 0 for none. */
  wants(path: string, start: Bytes, size: number): number;
  read(path: string, bytes: Bytes): readonly (FormMatch & { readonly form: Pick<SecretForm, 'id' | 'service' | 'word' | 'severity'> })[];
}

/** A match before those of one file are compared and masked. Offsets are the file's; `end` is behind the secret. */
interface Raw {
  readonly rule: SecretRule | SecretForm;
  readonly rank: number;
  readonly start: number;
  readonly end: number;
  readonly secret: string;
  readonly form?: FormMatch;
  readonly ignored?: FoundSecret['ignored'];
  line?: number;
  column?: number;
  character?: number;
  /** As much of the line as stands before the secret and is shown; `cut` where there is more. */
  before?: string;
}

/** One file streamed past all rules. */
export class FileStream implements SecretStream, Sink {
  limited = false;
  readonly #context: StreamContext;
  readonly #path: string;
  readonly #size: number;
  readonly #whole: readonly number[];
  readonly #window: Window;
  #content: Content | 'collected' | 'unwanted' | undefined;
  #odd: number | undefined;
  #collected: Bytes[] = [];
  #collectedLength = 0;
  #collectLimit = 0;
  #raws: Raw[] = [];
  /** Those of this pass, whose lines are not counted yet. */
  #fresh: Raw[] = [];
  readonly #counts = new Map<number, number>();

  /** `content` where it is known, whatever the bytes look like. */
  constructor(context: StreamContext, path: string, size: number, content?: 'text') {
    this.#context = context;
    this.#path = path;
    this.#content = content;
    this.#size = size;
    const { idle, whole } = context.set.choose(path);
    this.#whole = whole;
    this.#window = context.takeWindow();
    this.#window.reset(idle);
  }

  chunk(bytes: Bytes): boolean {
    if (this.#content === 'unwanted') return false;
    if (this.#content === 'collected') return this.#collect(bytes);
    let from = 0;
    if (this.#content === undefined) {
      from = this.#window.append(bytes, 0);
      if (this.#window.length < SNIFFED) return true;
      if (!this.#decide()) return this.#content === 'collected' && (from === bytes.length || this.#collect(bytes.subarray(from)));
    }
    this.#feed(from === 0 ? bytes : bytes.subarray(from));
    return true;
  }

  end(): readonly FoundSecret[] {
    if (this.#content === undefined) this.#decide();
    if (this.#content !== 'collected' && this.#content !== 'unwanted') {
      this.#search(true);
      this.limited ||= this.#window.limited;
    }
    this.#context.returnWindow(this.#window);
    return this.#content === 'collected' ? this.#binary() : this.#judge();
  }

  /** Ends the stream, and gives `bytes`, which it was fed with, with everything that any rule matched masked. */
  redacted(bytes: Bytes): Bytes {
    this.end();
    const parts: Bytes[] = [];
    let from = 0;
    for (const raw of this.#raws.sort((a, b) => a.start - b.start || b.end - a.end)) {
      if (raw.start >= from)
        parts.push(bytes.subarray(from, raw.start), Buffer.from(raw.form?.masked ?? mask(raw.secret, raw.rule), 'latin1'));
      from = Math.max(from, raw.end);
    }
    return Buffer.concat([...parts, bytes.subarray(from)]);
  }

  /** Looks at what has come in: false where it is not text. */
  #decide(): boolean {
    const window = this.#window;
    const start = window.bytes.subarray(0, window.length);
    const content = sniff(start);
    if (content === 'binary') {
      this.#collectLimit = this.#context.binary.wants(this.#path, start, this.#size);
      if (this.#collectLimit > 0) {
        this.#content = 'collected';
        this.#collect(start);
        return false;
      }
      this.#content = this.#context.readBinaries ? 'binary' : 'unwanted';
      return this.#context.readBinaries;
    }
    this.#content = content;
    if (content !== 'text') {
      const copy = Buffer.from(start.subarray(2));
      window.length = 0;
      this.#feed(copy);
    }
    return true;
  }

  #feed(bytes: Bytes): void {
    let input = bytes;
    if (this.#content === 'utf-16le' || this.#content === 'utf-16be') {
      ({ bytes: input, odd: this.#odd } = narrow(bytes, this.#content, this.#odd));
    }
    for (let at = 0; at < input.length; ) {
      if (this.#window.full) {
        this.#search(false);
        this.#window.discard();
      }
      at += this.#window.append(input, at);
    }
  }

  #collect(bytes: Bytes): boolean {
    this.#collectedLength += bytes.length;
    if (this.#collectedLength > this.#collectLimit) {
      this.limited = true;
      this.#content = 'unwanted';
      this.#collected = [];
      return false;
    }
    this.#collected.push(Buffer.from(bytes));
    return true;
  }

  #search(final: boolean): void {
    this.#window.search(this, final);
    for (const rule of this.#whole) this.#window.searchWhole(this, rule, final);
    this.#locate();
  }

  match(index: number, match: RegExpExecArray, text: string, offset: number): void {
    const ready = this.#context.set.rule(index);
    const rule = ready.rule as SecretRule;
    const groups = match.groups ?? {};
    const secret = groups.secret ?? match[0];
    if (secret === '' || (rule.minEntropy !== undefined && entropy(secret) < rule.minEntropy)) return;
    if (rule.lookAlikes !== 'none' && placeholder(secret) !== undefined) return;
    const place = groups.secret === undefined ? match.index : locate(ready.locate, match, text);
    if (rule.lookAlikes === 'all' && harmless(secret, text.slice(Math.max(0, place - 48), place)) !== undefined) return;
    if (rule.check !== undefined && !rule.check(secret, groups)) return;
    const start = offset + place;
    this.#add(index, start, start + secret.length, secret, knownByPrefix(secret, rule) && ready.rank > 0 ? 2 : ready.rank, match[0]);
  }

  form(index: number, text: string, start: number): number {
    const { rule, rank } = this.#context.set.rule(index);
    const found = (rule as SecretForm).read(text);
    if (found === undefined) return 0;
    this.#add(index, start, start + found.length, found.secret, rank, '', found);
    return found.length;
  }

  #add(index: number, start: number, end: number, secret: string, rank: number, match: string, form?: FormMatch): void {
    const { rule } = this.#context.set.rule(index);
    const count = (this.#counts.get(index) ?? 0) + 1;
    if (count > LIMITS.rule || this.#raws.length + this.#fresh.length >= LIMITS.file) {
      this.limited ||= form?.facts?.kind !== 'certificate';
      return;
    }
    const id = form?.rule ?? rule.id;
    const window = this.#window;
    const behind = upToLineEnd(window.bytes.toString('latin1', end, Math.min(window.length, end + LINE_REST)));
    const front = window.bytes.toString('latin1', Math.max(0, start - LINE_REST), end);
    const line = front.slice(front.lastIndexOf('\n', front.length - (end - start) - 1) + 1) + behind;
    const allowed = this.#context.allows(id, this.#path, secret, match, line);
    if (allowed === 'drop') return;
    this.#counts.set(index, count);
    const ignored = allowed ?? readPragma(behind, id);
    this.#fresh.push({
      rule,
      rank,
      start: window.base + start,
      end: window.base + end,
      secret,
      ...(form === undefined ? {} : { form }),
      ...(ignored === undefined ? {} : { ignored }),
    });
  }

  /** Counts the lines up to this pass's matches, and takes what stands before them on their lines. */
  #locate(): void {
    const { bytes, base } = this.#window;
    let { lines, lineStart } = this.#window;
    let at = 0;
    for (const raw of this.#fresh.sort((a, b) => a.start - b.start)) {
      const to = raw.start - base;
      for (; at < to; at++) {
        if (bytes[at] !== 0x0a) continue;
        lines++;
        lineStart = base + at + 1;
      }
      const from = Math.max(lineStart, raw.start - BEFORE, base);
      raw.before = bytes.toString('latin1', from - base, to);
      if (this.#content === 'binary') continue;
      raw.line = lines + 1;
      raw.column = raw.start - lineStart + 1;
      const character = lineStart < base ? undefined : this.#character(lineStart - base, to, lineStart === 0);
      if (character !== undefined) raw.character = character;
    }
    this.#raws.push(...this.#fresh);
    this.#fresh = [];
  }

  /** From 1, in UTF-16 code units from `lineStart` of the window; undefined where that is not text or too long to count. A mark of the encoding is no character. */
  #character(lineStart: number, to: number, first: boolean): number | undefined {
    if (this.#content !== 'text') return to - lineStart + 1;
    const before = this.#window.bytes.subarray(lineStart, to);
    if (before.length > COUNTED || !isUtf8(before)) return undefined;
    const text = before.toString('utf8');
    return text.length + (first && text.startsWith('\ufeff') ? 0 : 1);
  }

  /** Of matches of the same text the one that knows most stays; the rest is masked. */
  #judge(): readonly FoundSecret[] {
    const chosen: Raw[] = [];
    const byRank = [...this.#raws].sort((a, b) => b.rank - a.rank || b.end - b.start - (a.end - a.start));
    for (const raw of byRank) if (!chosen.some((other) => raw.start < other.end && other.start < raw.end)) chosen.push(raw);
    const all = this.#raws;
    const shown = chosen.sort((a, b) => a.start - b.start).map((raw) => this.#show(raw, all));
    const bundle = shown.filter(({ facts }) => facts?.kind === 'certificate').length > LIMITS.chain;
    return bundle ? shown.filter(({ facts }) => facts?.kind !== 'certificate') : shown;
  }

  #show(raw: Raw, all: readonly Raw[]): FoundSecret {
    const { rule, form } = raw;
    const id = form?.rule ?? rule.id;
    const masked = form?.masked ?? mask(raw.secret, rule);
    const snippet = this.#content === 'binary' ? undefined : `${contextBefore(hide(raw, all))}${masked}`;
    const hash = keyedHash(this.#context.hashKey, id, raw.secret);
    if (raw.ignored === undefined) this.#context.onSecret?.(this.#path, id, hash, raw.secret);
    return {
      rule: id,
      service: rule.service,
      word: form?.word ?? rule.word,
      severity: form?.severity ?? rule.severity,
      masked,
      ...(snippet === undefined ? {} : { snippet }),
      ...(raw.line === undefined ? {} : { line: raw.line, column: raw.column! }),
      ...(raw.character === undefined ? {} : { character: raw.character }),
      hash,
      ...(form?.notes === undefined || form.notes.length === 0 ? {} : { notes: form.notes }),
      ...(raw.ignored === undefined ? {} : { ignored: raw.ignored }),
      ...(form?.facts === undefined ? {} : { facts: form.facts }),
    };
  }

  #binary(): readonly FoundSecret[] {
    return this.#context.binary.read(this.#path, Buffer.concat(this.#collected)).map(({ form, ...found }) => {
      const rule = found.rule ?? form.id;
      const allowed = this.#context.allows(rule, this.#path, found.secret, '', '');
      return {
        rule,
        service: form.service,
        word: found.word ?? form.word,
        severity: found.severity ?? form.severity,
        masked: found.masked,
        hash: keyedHash(this.#context.hashKey, rule, found.secret),
        ...(found.notes === undefined || found.notes.length === 0 ? {} : { notes: found.notes }),
        ...(found.facts === undefined ? {} : { facts: found.facts }),
        ...(allowed === undefined || allowed === 'drop' ? {} : { ignored: allowed }),
      };
    });
  }
}

function locate(pattern: RegExp | undefined, match: RegExpExecArray, text: string): number {
  if (pattern === undefined) return match.index + Math.max(0, match[0].lastIndexOf(match.groups!.secret!));
  pattern.lastIndex = match.index;
  return pattern.exec(text)?.indices?.groups?.secret?.[0] ?? match.index;
}

function upToLineEnd(text: string): string {
  const end = text.search(/[\r\n]/);
  return end === -1 ? text : text.slice(0, end);
}

/** What stands before a secret, with all other matches in it made unreadable. */
function hide(raw: Raw, all: readonly Raw[]): string {
  const from = raw.start - raw.before!.length;
  let text = raw.before!;
  for (const other of all) {
    if (other === raw || other.end <= from || other.start >= raw.start) continue;
    const start = Math.max(0, other.start - from);
    const end = Math.min(text.length, other.end - from);
    text = text.slice(0, start) + '*'.repeat(end - start) + text.slice(end);
  }
  return text;
}
