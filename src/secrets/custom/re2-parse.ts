/** A pattern in RE2's syntax, taken apart. Characters are bytes: what is not ASCII stands as its UTF-8. */
export type Node =
  | { readonly kind: 'set'; readonly ranges: readonly Range[] }
  | { readonly kind: 'assert'; readonly what: 'text-start' | 'text-end' | 'line-start' | 'line-end' | 'word' | 'not-word' }
  | { readonly kind: 'sequence' | 'either'; readonly items: readonly Node[] }
  | { readonly kind: 'repeat'; readonly item: Node; readonly min: number; readonly max: number; readonly lazy: boolean }
  | { readonly kind: 'group'; readonly index: number; readonly name?: string; readonly item: Node };
export type Range = readonly [low: number, high: number];

/** Why a pattern is none, or none that can be used; `detail` goes into a sentence. */
export class PatternError extends Error {}

const MAX_LENGTH = 4096;
const MAX_DEPTH = 50;
const MAX_REPEAT = 1000;

interface Flags {
  readonly fold: boolean;
  readonly lines: boolean;
  readonly dotAll: boolean;
  readonly swap: boolean;
}

/** Reads a pattern. Throws PatternError. Source of the syntax: https://github.com/google/re2/wiki/Syntax */
export function parseRe2(pattern: string): Node {
  if (pattern.length > MAX_LENGTH) throw new PatternError(`it has more than ${MAX_LENGTH} characters`);
  const parser = new Parser(unquote(pattern));
  const node = parser.either({ fold: false, lines: false, dotAll: false, swap: false }, 0);
  if (!parser.done) throw new PatternError(`unexpected ) at ${parser.at + 1}`);
  return node;
}

const DIGIT: readonly Range[] = [[0x30, 0x39]];
const WORD: readonly Range[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const SPACE: readonly Range[] = [
  [0x09, 0x0a],
  [0x0c, 0x0d],
  [0x20, 0x20],
];
const CLASSES: Readonly<Record<string, readonly Range[]>> = {
  d: DIGIT,
  w: WORD,
  s: SPACE,
  D: negate(DIGIT),
  W: negate(WORD),
  S: negate(SPACE),
};
const POSIX: Readonly<Record<string, readonly Range[]>> = {
  alnum: [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x61, 0x7a],
  ],
  alpha: [
    [0x41, 0x5a],
    [0x61, 0x7a],
  ],
  ascii: [[0x00, 0x7f]],
  blank: [
    [0x09, 0x09],
    [0x20, 0x20],
  ],
  cntrl: [
    [0x00, 0x1f],
    [0x7f, 0x7f],
  ],
  digit: DIGIT,
  graph: [[0x21, 0x7e]],
  lower: [[0x61, 0x7a]],
  print: [[0x20, 0x7e]],
  punct: [
    [0x21, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0x7e],
  ],
  space: [
    [0x09, 0x0d],
    [0x20, 0x20],
  ],
  upper: [[0x41, 0x5a]],
  word: WORD,
  xdigit: [
    [0x30, 0x39],
    [0x41, 0x46],
    [0x61, 0x66],
  ],
};
const ESCAPES: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 };
/** Any byte of a character that is not ASCII. */
const NOT_ASCII: Range = [0x80, 0xff];

class Parser {
  at = 0;
  #groups = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get done(): boolean {
    return this.at >= this.#text.length;
  }

  either(outer: Flags, depth: number): Node {
    if (depth > MAX_DEPTH) throw new PatternError('its groups are nested too deep');
    let flags = outer;
    const items: Node[] = [];
    let sequence: Node[] = [];
    while (!this.done && this.#text[this.at] !== ')') {
      if (this.#take('|')) {
        items.push({ kind: 'sequence', items: sequence });
        sequence = [];
        continue;
      }
      const inline = this.#inlineFlags(flags);
      if (inline !== undefined) {
        flags = inline;
        continue;
      }
      sequence.push(...this.#repeated(this.#atom(flags, depth), flags));
    }
    items.push({ kind: 'sequence', items: sequence });
    return items.length === 1 ? items[0]! : { kind: 'either', items };
  }

  /** `(?i)` up to the end of the group; undefined where there is none. */
  #inlineFlags(flags: Flags): Flags | undefined {
    const found = /^\(\?([imsU]*)(?:-([imsU]+))?\)/.exec(this.#text.slice(this.at, this.at + 16));
    if (found === null || found[0] === '(?)') return undefined;
    this.at += found[0].length;
    return change(flags, found[1]!, found[2] ?? '');
  }

  /** An atom is a list, since a character that is not ASCII is several bytes. */
  #atom(flags: Flags, depth: number): readonly Node[] {
    const char = this.#text[this.at++]!;
    switch (char) {
      case '(':
        return [this.#group(flags, depth)];
      case '[':
        return [set(this.#set(flags))];
      case '.':
        return [set(flags.dotAll ? [[0, 0xff]] : negate([[10, 10]]))];
      case '^':
        return [{ kind: 'assert', what: flags.lines ? 'line-start' : 'text-start' }];
      case '$':
        return [{ kind: 'assert', what: flags.lines ? 'line-end' : 'text-end' }];
      case '*':
      case '+':
      case '?':
        throw new PatternError(`nothing to repeat at ${this.at}`);
      case '\\':
        return this.#escape(flags);
      default:
        this.at--;
        return literal(this.#character(), flags);
    }
  }

  #group(flags: Flags, depth: number): Node {
    const head = /^\?(?:P?<([A-Za-z_]\w*)>|([imsU]*)(?:-([imsU]+))?:)/.exec(this.#text.slice(this.at, this.at + 80));
    if (head === null && this.#text[this.at] === '?') throw new PatternError(`this kind of group is not supported at ${this.at}`);
    this.at += head?.[0].length ?? 0;
    const captures = head === null || head[1] !== undefined;
    const index = captures ? ++this.#groups : 0;
    const item = this.either(captures ? flags : change(flags, head[2] ?? '', head[3] ?? ''), depth + 1);
    if (!this.#take(')')) throw new PatternError('a group is not closed');
    if (!captures) return item;
    return { kind: 'group', index, item, ...(head?.[1] === undefined ? {} : { name: head[1] }) };
  }

  #repeated(atom: readonly Node[], flags: Flags): readonly Node[] {
    const found = /^(?:([*+?])|\{(\d{1,4})(?:(,)(\d{0,4}))?\})(\??)/.exec(this.#text.slice(this.at, this.at + 16));
    if (found === null) return atom;
    this.at += found[0].length;
    const [, sign, least, range, most, lazy] = found;
    const min = sign === undefined ? Number(least) : sign === '+' ? 1 : 0;
    const open = sign === '*' || sign === '+' || (range !== undefined && most === '');
    const max = open ? Number.POSITIVE_INFINITY : sign === '?' ? 1 : Number(range === undefined ? least : most);
    if (min > max || min > MAX_REPEAT || (max !== Number.POSITIVE_INFINITY && max > MAX_REPEAT))
      throw new PatternError(`a repetition is out of bounds: ${found[0]}`);
    const item: Node = atom.length === 1 ? atom[0]! : { kind: 'sequence', items: atom };
    const repeat: Node = { kind: 'repeat', item, min, max, lazy: (lazy === '?') !== flags.swap };
    if (/^[*+?]|^\{\d/.test(this.#text.slice(this.at, this.at + 3))) throw new PatternError(`a repetition is repeated at ${this.at + 1}`);
    return [repeat];
  }

  #escape(flags: Flags): readonly Node[] {
    const char = this.#text[this.at++];
    if (char === undefined) throw new PatternError('it ends with a backslash');
    if (CLASSES[char] !== undefined) return [set(CLASSES[char])];
    if (char === 'b' || char === 'B') return [{ kind: 'assert', what: char === 'b' ? 'word' : 'not-word' }];
    if (char === 'A') return [{ kind: 'assert', what: 'text-start' }];
    if (char === 'z' || char === 'Z') return [{ kind: 'assert', what: 'text-end' }];
    if (char === 'p' || char === 'P') return [set(this.#unicodeClass(char === 'P'))];
    return literal(String.fromCodePoint(this.#escapedCode(char)), flags);
  }

  #escapedCode(char: string): number {
    if (char === 'x') {
      const found = /^(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,6})\})/.exec(this.#text.slice(this.at, this.at + 8));
      const code = Number.parseInt(found?.[1] ?? found?.[2] ?? 'x', 16);
      if (!(code <= 0x10ffff)) throw new PatternError(`\\x is not followed by a number at ${this.at}`);
      this.at += found![0].length;
      return code;
    }
    if (ESCAPES[char] !== undefined) return ESCAPES[char];
    if (char === '0') return Number.parseInt(this.#takeMatch(/^[0-7]{0,2}/) || '0', 8);
    if (/[1-9]/.test(char)) throw new PatternError(`references back (\\${char}) are not supported`);
    if (/[A-Za-z]/.test(char)) throw new PatternError(`\\${char} is not supported`);
    return char.codePointAt(0)!;
  }

  /** Categories of Unicode within ASCII; all the rest of them is any byte that is not. */
  #unicodeClass(negated: boolean): readonly Range[] {
    const name = this.#takeMatch(/^(?:[A-Z]|\{\^?[A-Za-z_]+\})/).replace(/[{}]/g, '');
    const ascii: Readonly<Record<string, readonly Range[]>> = {
      L: POSIX.alpha!,
      Lu: POSIX.upper!,
      Ll: POSIX.lower!,
      N: DIGIT,
      Nd: DIGIT,
      Z: [[0x20, 0x20]],
      Zs: [[0x20, 0x20]],
      P: POSIX.punct!,
      S: POSIX.punct!,
    };
    const known = ascii[name];
    if (known === undefined) throw new PatternError(`the class of characters \\p{${name}} is not supported`);
    return negated ? negate(known) : [...known, NOT_ASCII];
  }

  #set(flags: Flags): readonly Range[] {
    const negated = this.#take('^');
    const ranges: Range[] = [];
    for (let first = true; ; first = false) {
      if (this.done) throw new PatternError('a set of characters is not closed');
      if (!first && this.#take(']')) break;
      const posix = this.#takeMatch(/^\[:\^?[a-z]{1,8}:\]/);
      if (posix !== '') {
        const known = POSIX[posix.replace(/[^a-z]/g, '')];
        if (known === undefined) throw new PatternError(`the class of characters ${posix} is not known`);
        ranges.push(...(posix.includes('^') ? negate(known) : known));
        continue;
      }
      const low = this.#member();
      if (typeof low !== 'number') {
        ranges.push(...low);
        continue;
      }
      let high: number | readonly Range[] = low;
      if (this.#text[this.at] === '-' && this.#text[this.at + 1] !== ']' && this.at + 1 < this.#text.length) {
        this.at++;
        high = this.#member();
        if (typeof high !== 'number' || high < low) throw new PatternError(`a range of characters is not one at ${this.at}`);
      }
      ranges.push(...(low > 0x7f ? [NOT_ASCII] : high > 0x7f ? [[low, 0x7f] as const, NOT_ASCII] : [[low, high] as const]));
    }
    const folded = flags.fold ? ranges.flatMap(foldRange) : ranges;
    return negated ? negate(folded) : folded;
  }

  #member(): number | readonly Range[] {
    if (this.#text[this.at] !== '\\') return this.#character().codePointAt(0)!;
    const char = this.#text[this.at + 1];
    if (char === undefined) throw new PatternError('it ends with a backslash');
    this.at += 2;
    if (CLASSES[char] !== undefined) return CLASSES[char];
    return char === 'p' || char === 'P' ? this.#unicodeClass(char === 'P') : this.#escapedCode(char);
  }

  #character(): string {
    const char = String.fromCodePoint(this.#text.codePointAt(this.at)!);
    this.at += char.length;
    return char;
  }

  #take(char: string): boolean {
    if (this.#text[this.at] !== char) return false;
    this.at++;
    return true;
  }

  #takeMatch(pattern: RegExp): string {
    const found = pattern.exec(this.#text.slice(this.at, this.at + 40))?.[0] ?? '';
    this.at += found.length;
    return found;
  }
}

/** `\\Q...\\E` with its signs escaped instead. */
function unquote(pattern: string): string {
  return pattern.replace(/\\Q([\s\S]*?)(?:\\E|$)|\\[\s\S]/g, (all, quoted?: string) => quoted?.replace(/[!-/:-@[-^`{-~]/g, '\\$&') ?? all);
}

function change(flags: Flags, on: string, off: string): Flags {
  const of = (letter: string, now: boolean) => (on.includes(letter) ? true : off.includes(letter) ? false : now);
  return { fold: of('i', flags.fold), lines: of('m', flags.lines), dotAll: of('s', flags.dotAll), swap: of('U', flags.swap) };
}

function literal(char: string, flags: Flags): readonly Node[] {
  const bytes = [...Buffer.from(char, 'utf8')];
  return bytes.map((byte) => set(flags.fold ? foldRange([byte, byte]) : [[byte, byte]]));
}

function set(ranges: readonly Range[]): Node {
  return { kind: 'set', ranges: merge(ranges) };
}

/** The range, and its letters of ASCII in the other case. */
function foldRange([low, high]: Range): readonly Range[] {
  const ranges: Range[] = [[low, high]];
  for (const [from, to, shift] of [
    [0x41, 0x5a, 0x20],
    [0x61, 0x7a, -0x20],
  ] as const) {
    const [a, b] = [Math.max(low, from), Math.min(high, to)];
    if (a <= b) ranges.push([a + shift, b + shift]);
  }
  return ranges;
}

function merge(ranges: readonly Range[]): readonly Range[] {
  const merged: [number, number][] = [];
  for (const [low, high] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && low <= last[1] + 1) last[1] = Math.max(last[1], high);
    else merged.push([low, high]);
  }
  return merged;
}

function negate(ranges: readonly Range[]): readonly Range[] {
  const out: Range[] = [];
  let next = 0;
  for (const [low, high] of merge(ranges)) {
    if (low > next) out.push([next, low - 1]);
    next = high + 1;
  }
  if (next <= 0xff) out.push([next, 0xff]);
  return out;
}
