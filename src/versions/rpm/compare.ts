import type { Evr } from '../evr.ts';
import { compareNumbers, compareTexts, isDigit, isLetter, runEnd } from '../text-order.ts';

/** A version without release is below the same with any release, an empty one included. */
export function compareRpm(a: Evr, b: Evr): number {
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
    i = runEnd(a, i, isOfRun);
    j = runEnd(b, j, isOfRun);
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

const TILDE = 0x7e;
const CARET = 0x5e;
