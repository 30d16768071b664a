import type { Evr } from '../evr.ts';
import { compareNumbers, compareTexts, isDigit, isLetter, runEnd } from '../text-order.ts';

/** Releases count only where both have one: `1.0` equals `1.0-1` and `1.0-2`. Source: vercmp(8). */
export function comparePacman(a: Evr, b: Evr): number {
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

function isSeparator(code: number): boolean {
  return !isDigit(code) && !isLetter(code);
}
