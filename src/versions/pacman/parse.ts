/** `[epoch:]version[-release]`; the epoch is `0` where the text has none, the release undefined. */
export interface PacmanVersion {
  /** Decimal digits, of any number. */
  readonly epoch: string;
  readonly version: string;
  readonly release: string | undefined;
}

const MAX_LENGTH = 4096;

/** Undefined for nothing, and for blanks and control characters, which no package's version has. Source: PKGBUILD(5), "pkgver". */
export function parsePacman(text: string): PacmanVersion | undefined {
  if (text === '' || text.length > MAX_LENGTH || hasBlank(text)) return undefined;
  const digits = runEnd(text, 0, isDigit);
  const hasEpoch = text[digits] === ':';
  const rest = hasEpoch ? text.slice(digits + 1) : text;
  const hyphen = rest.lastIndexOf('-');
  return {
    epoch: (hasEpoch && text.slice(0, digits)) || '0',
    version: hyphen < 0 ? rest : rest.slice(0, hyphen),
    release: hyphen < 0 ? undefined : rest.slice(hyphen + 1),
  };
}

/** Releases count only where both have one: `1.0` equals `1.0-1` and `1.0-2`. Source: vercmp(8). */
export function comparePacman(a: PacmanVersion, b: PacmanVersion): number {
  const higher = compareParts(a.epoch, b.epoch) || compareParts(a.version, b.version);
  if (higher !== 0 || a.release === undefined || b.release === undefined) return higher;
  return compareParts(a.release, b.release);
}

/**
 * Runs of digits and of letters in turn. The longer of two separators is higher, whatever it consists of; digits are above
 * letters. Where one text ends, what goes on is higher, but for letters that follow at once (`1.0rc` is below `1.0`).
 */
function compareParts(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const [startA, startB] = [runEnd(a, i, isSeparator), runEnd(b, j, isSeparator)];
    const separators = startA - i - (startB - j);
    i = startA;
    j = startB;
    if (i === a.length || j === b.length) break;
    if (separators !== 0) return separators;
    const isOfRun = isDigit(a.charCodeAt(i)) ? isDigit : isLetter;
    i = runEnd(a, startA, isOfRun);
    j = runEnd(b, startB, isOfRun);
    if (j === startB) return isOfRun === isDigit ? 1 : -1;
    const [one, two] = [a.slice(startA, i), b.slice(startB, j)];
    const order = isOfRun === isDigit ? compareNumbers(one, two) : compareTexts(one, two);
    if (order !== 0) return order;
  }
  if (i === a.length && j === b.length) return 0;
  if (i === a.length) return isLetter(b.charCodeAt(j)) ? 1 : -1;
  return isLetter(a.charCodeAt(i)) ? -1 : 1;
}

/** Numbers of any length: leading zeros do not count, the longer one is higher. */
function compareNumbers(a: string, b: string): number {
  const [one, two] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return one.length - two.length || compareTexts(one, two);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function runEnd(text: string, start: number, is: (code: number) => boolean): number {
  let at = start;
  while (at < text.length && is(text.charCodeAt(at))) at++;
  return at;
}

function isSeparator(code: number): boolean {
  return !isDigit(code) && !isLetter(code);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

function hasBlank(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) <= 0x20 || text.charCodeAt(i) === 0x7f) return true;
  return false;
}
