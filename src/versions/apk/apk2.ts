/**
 * The order of apk-tools 2 (2.6 to 2.14, Alpine up to 3.22). Versions are read as a row of tokens; the kind of a token
 * decides by itself how the next characters are read, and where two rows part, the kinds decide.
 */

/** Kinds in the order in which a version may go through them; of two rows that part, the later kind is the lower version. */
const INVALID = -1;
const DIGIT_OR_ZERO = 0;
const DIGIT = 1;
const LETTER = 2;
const SUFFIX = 3;
const SUFFIX_NUMBER = 4;
const REVISION = 5;
const END = 6;

/** A suffix's value is its place in the list: before the release negative, after it zero and up. */
const BEFORE = ['alpha', 'beta', 'pre', 'rc'];
const AFTER = ['cvs', 'svn', 'git', 'hg', 'p'];
/** Runs of this many digits and more are refused. */
const TOO_MANY_DIGITS = 18;

/** True where `apk version --check` of apk-tools 2 finds the text valid. */
export function acceptedByApk2(text: string): boolean {
  const reader = new Reader(text);
  while (reader.kind !== END && reader.kind !== INVALID) reader.take();
  return reader.kind === END;
}

/** -1, 0, 1 as `apk version -t a b` prints `<`, `=`, `>`; invalid texts have an order too. */
export function compareApk2(a: string, b: string): number {
  const left = new Reader(a);
  const right = new Reader(b);
  let x: number | bigint = 0;
  let y: number | bigint = 0;
  while (left.kind === right.kind && left.kind !== END && left.kind !== INVALID && x === y) {
    x = left.take();
    y = right.take();
  }
  if (x !== y) return x < y ? -1 : 1;
  if (left.kind === right.kind) return 0;
  const [leftKind, rightKind] = [left.kind, right.kind];
  if (leftKind === SUFFIX && left.take() < 0) return -1;
  if (rightKind === SUFFIX && right.take() < 0) return 1;
  return leftKind > rightKind ? -1 : 1;
}

class Reader {
  /** Kind of the token that {@link take} reads next. */
  kind = DIGIT;
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Value of the current token, -1 where it is invalid; afterwards `kind` is that of the next. */
  take(): number | bigint {
    if (this.#at >= this.#text.length) {
      this.kind = END;
      return 0;
    }
    if (this.kind === DIGIT_OR_ZERO && this.#text[this.#at] === '0') return this.#zeros();
    const value = this.#value();
    if (value === undefined) {
      this.kind = INVALID;
      return -1;
    }
    this.kind = this.#at >= this.#text.length ? END : this.#next();
    return value;
  }

  /** Of leading zeros all but the last are skipped and counted downwards: 1.001 is below 1.01. */
  #zeros(): number {
    const start = this.#at;
    while (this.#text[this.#at + 1] === '0') this.#at++;
    this.kind = DIGIT;
    return start - this.#at;
  }

  #value(): number | bigint | undefined {
    if (this.kind === LETTER) return this.#text.charCodeAt(this.#at++);
    if (this.kind === SUFFIX) return this.#suffix();
    const start = this.#at;
    while (isDigit(this.#text.charCodeAt(this.#at))) this.#at++;
    const digits = this.#text.slice(start, this.#at);
    if (digits.length >= TOO_MANY_DIGITS) return undefined;
    return digits.length < 16 ? Number(digits) : BigInt(digits);
  }

  #suffix(): number | undefined {
    for (const names of [BEFORE, AFTER]) {
      const index = names.findIndex((name) => this.#text.startsWith(name, this.#at));
      if (index < 0) continue;
      this.#at += names[index]?.length ?? 0;
      return names === BEFORE ? index - BEFORE.length : index;
    }
    return undefined;
  }

  #next(): number {
    const code = this.#text.charCodeAt(this.#at);
    if ((this.kind === DIGIT || this.kind === DIGIT_OR_ZERO) && code >= 0x61 && code <= 0x7a) return LETTER;
    if (this.kind === LETTER && isDigit(code)) return DIGIT;
    if (this.kind === SUFFIX && isDigit(code)) return SUFFIX_NUMBER;
    const kind = this.#separator();
    const backwards = (kind === DIGIT_OR_ZERO && this.kind === DIGIT) || (kind === SUFFIX && this.kind === SUFFIX_NUMBER);
    return kind >= this.kind || backwards ? kind : INVALID;
  }

  #separator(): number {
    const character = this.#text[this.#at++];
    if (character === '.') return DIGIT_OR_ZERO;
    if (character === '_') return SUFFIX;
    if (character !== '-' || this.#text[this.#at] !== 'r') return INVALID;
    this.#at++;
    return REVISION;
  }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
