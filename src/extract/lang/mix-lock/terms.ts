/** `:hex`, `true`, or the key of `hex: 1`. */
export class Atom {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Tuples and lists are lists; maps and keyword lists are lists of pairs. */
export type Term = string | number | Atom | readonly Term[];

const MAX_DEPTH = 32;
const SPACE = /(?:\s|#[^\n]*)*/y;
const STRING = /"((?:[^"\\]|\\.)*)"/sy;
const NUMBER = /-?\d+(?:\.\d+)?/y;
const WORD = /[A-Za-z_][\w.@]*[?!]?/y;
const CLOSES: Readonly<Record<string, string>> = { '{': '}', '[': ']', '%{': '}' };

/**
 * Reads the literals that `inspect` prints: strings, atoms, numbers, tuples, lists, keyword lists and maps. Nothing is ever
 * evaluated. Throws SyntaxError on anything else. Source: Elixir, "Syntax reference", Data structures.
 */
export class ElixirReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  startsMap(): boolean {
    this.#match(SPACE);
    return this.#text.startsWith('%{', this.#at);
  }

  /** The pairs of the map that the text is; those before a broken one are given before the throw. */
  *pairs(): Generator<readonly [Term, Term]> {
    if (!this.#take('%{')) throw this.#broken();
    while (!this.#take('}')) {
      const pair = this.#item(1, '}');
      if (!Array.isArray(pair) || pair.length !== 2) throw this.#broken();
      yield [pair[0]!, pair[1]!];
    }
  }

  #term(depth: number): Term {
    if (depth > MAX_DEPTH) throw this.#broken();
    for (const opening of ['%{', '{', '[']) {
      if (!this.#take(opening)) continue;
      const closing = CLOSES[opening]!;
      const items: Term[] = [];
      while (!this.#take(closing)) items.push(this.#item(depth + 1, closing));
      return items;
    }
    if (this.#take(':')) return new Atom(this.#match(STRING)?.[1] ?? this.#match(WORD)?.[0] ?? this.#fail());
    const string = this.#match(STRING)?.[1];
    if (string !== undefined) return string.replace(/\\(.)/gs, '$1');
    const number = this.#match(NUMBER)?.[0];
    return number === undefined ? new Atom(this.#match(WORD)?.[0] ?? this.#fail()) : Number(number);
  }

  /** A term, `key: term` or `term => term`, and the comma behind it. */
  #item(depth: number, closing: string): Term {
    let item = this.#term(depth);
    // The colon of a keyword stands right behind it: `"a": 1`, `a: 1`.
    if ((typeof item === 'string' || item instanceof Atom) && this.#text[this.#at] === ':' && this.#text[this.#at + 1] !== ':') {
      this.#at++;
      item = [typeof item === 'string' ? new Atom(item) : item, this.#term(depth)];
    } else if (this.#take('=>')) item = [item, this.#term(depth)];
    this.#match(SPACE);
    if (!this.#take(',') && !this.#text.startsWith(closing, this.#at)) throw this.#broken();
    return item;
  }

  #take(token: string): boolean {
    this.#match(SPACE);
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text) ?? undefined;
    if (match) this.#at = pattern.lastIndex;
    return match;
  }

  #fail(): never {
    throw this.#broken();
  }

  #broken(): SyntaxError {
    return new SyntaxError(`no Elixir literal at ${this.#at}`);
  }
}
