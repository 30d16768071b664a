/** `[epoch:]version[-release]`; the epoch is `0` where the text has none, the release undefined. */
export interface RpmVersion {
  /** Decimal digits, of any number. */
  readonly epoch: string;
  readonly version: string;
  readonly release: string | undefined;
}

const MAX_LENGTH = 4096;

/**
 * Undefined for nothing, and for what no package can have as its version: blanks, control characters. Only digits before a
 * colon are an epoch; other colons are separators. The release follows the last hyphen.
 */
export function parseRpm(text: string): RpmVersion | undefined {
  if (text === '' || text.length > MAX_LENGTH || hasBlank(text)) return undefined;
  let digits = 0;
  while (isDigit(text.charCodeAt(digits))) digits++;
  const hasEpoch = text[digits] === ':';
  const rest = hasEpoch ? text.slice(digits + 1) : text;
  const hyphen = rest.lastIndexOf('-');
  return {
    epoch: (hasEpoch && text.slice(0, digits)) || '0',
    version: hyphen < 0 ? rest : rest.slice(0, hyphen),
    release: hyphen < 0 ? undefined : rest.slice(hyphen + 1),
  };
}

/** A version without release is below the same with any release, an empty one included. */
export function compareRpm(a: RpmVersion, b: RpmVersion): number {
  const higher = compareLabels(a.epoch, b.epoch) || compareLabels(a.version, b.version);
  if (higher !== 0) return higher;
  if (a.release === undefined || b.release === undefined) return Number(a.release !== undefined) - Number(b.release !== undefined);
  return compareLabels(a.release, b.release);
}

/**
 * Runs of digits and runs of ASCII letters in turn, whatever else is between them only separating. A tilde is below the end of
 * the text; a caret above the end, but below anything that goes on.
 */
function compareLabels(a: string, b: string): number {
  let i = 0;
  let j = 0;
  for (;;) {
    i = skipSeparators(a, i);
    j = skipSeparators(b, j);
    const [left, right] = [mark(a, i), mark(b, j)];
    if (left !== right) return left - right;
    if (left === END) return 0;
    if (left === TILDE_MARK || left === CARET_MARK) {
      i++;
      j++;
      continue;
    }
    const isOfRun = left === NUMBER ? isDigit : isLetter;
    const [startA, startB] = [i, j];
    while (isOfRun(a.charCodeAt(i))) i++;
    while (isOfRun(b.charCodeAt(j))) j++;
    const [one, two] = [a.slice(startA, i), b.slice(startB, j)];
    const order = left === NUMBER ? compareNumbers(one, two) : compareTexts(one, two);
    if (order !== 0) return order;
  }
}

/** What may come next, lowest first. */
const TILDE_MARK = 0;
const END = 1;
const CARET_MARK = 2;
const WORD = 3;
const NUMBER = 4;

function mark(text: string, index: number): number {
  if (index >= text.length) return END;
  const code = text.charCodeAt(index);
  if (code === TILDE) return TILDE_MARK;
  if (code === CARET) return CARET_MARK;
  return isDigit(code) ? NUMBER : WORD;
}

function skipSeparators(text: string, index: number): number {
  let at = index;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isDigit(code) || isLetter(code) || code === TILDE || code === CARET) break;
  }
  return at;
}

/** Numbers of any length: leading zeros do not count, the longer one is higher. */
function compareNumbers(a: string, b: string): number {
  const [one, two] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return one.length - two.length || compareTexts(one, two);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const TILDE = 0x7e;
const CARET = 0x5e;

function hasBlank(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) <= 0x20 || text.charCodeAt(i) === 0x7f) return true;
  return false;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}
