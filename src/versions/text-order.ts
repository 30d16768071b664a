/** Numbers of any length: leading zeros do not count, no digits are 0, the longer one is higher. */
export function compareNumbers(a: string, b: string): number {
  const [one, two] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return one.length - two.length || compareTexts(one, two);
}

/** By code unit: the runs compared are ASCII. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Where the run of characters that `is` accepts ends, `start` where there is none. */
export function runEnd(text: string, start: number, is: (code: number) => boolean): number {
  let at = start;
  while (at < text.length && is(text.charCodeAt(at))) at++;
  return at;
}

/** ASCII only, as the tools' own. */
export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** ASCII only, as the tools' own. */
export function isLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}
