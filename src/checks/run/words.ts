import type { Span } from '../types.ts';

/** A word of a command line as the shell hands it on, and where it stands with its quotes. */
export interface Word {
  readonly text: string;
  readonly at: Span;
  /** Offset in the source of each character of `text`. */
  readonly offsets: readonly number[];
}

export interface Words {
  readonly words: readonly Word[];
  /** Where the command ends. */
  readonly end: number;
  /** A quote or bracket that nothing closes, by its offset. */
  readonly unclosed?: number;
}

/** Characters of one command that are read. */
const MAX = 100_000;

/**
 * The words of the simple command that begins at `start`, up to the operator or line end that ends it. Quotes and backslashes are taken
 * away; expansions (`$NAME`, `$(...)`) stay as written. Redirections are left out. Source: POSIX.1-2024, Shell Command Language 2.2, 2.3;
 * a backtick or caret at a line's end continues it, as in PowerShell and cmd.
 */
export function wordsAt(source: string, start: number): Words {
  const words: Word[] = [];
  const last = Math.min(source.length, start + MAX);
  let unclosed: number | undefined;
  let at = start;
  let skipNext = false;
  while (at < last) {
    at = afterBlanks(source, at, last);
    if (at >= last || /[\n;|)]/.test(source[at] as string)) break;
    if (source[at] === '#') break;
    const redirection = /^(?:\d*|&)(?:<<<|<<-?|>>|>\||[<>]&?)/.exec(source.slice(at, at + 12));
    if (redirection) {
      at += redirection[0].length;
      skipNext = true;
      continue;
    }
    if (source[at] === '&' || source[at] === '`') break;
    const word = readWord(at);
    if (word === undefined) break;
    if (!skipNext) words.push(word);
    skipNext = false;
    at = word.at.end;
  }
  return { words, end: at, ...(unclosed === undefined ? {} : { unclosed }) };

  function readWord(from: number): Word | undefined {
    let text = '';
    const offsets: number[] = [];
    let i = from;
    const take = (end: number) => {
      for (; i < end; i++) {
        text += source[i];
        offsets.push(i);
      }
    };
    while (i < last) {
      const c = source[i] as string;
      if (/[\s;|&<>)]/.test(c)) break;
      if (c === '`' && (source[i + 1] === '\n' || source[i + 1] === '\r')) break;
      if (c === '\\') {
        if (/^\r?\n/.test(source.slice(i + 1, i + 3))) break;
        i += 1;
        take(i + 1);
      } else if (c === "'") {
        const close = source.indexOf("'", i + 1);
        if (close < 0 || close > last) return open(i);
        i += 1;
        take(close);
        i = close + 1;
      } else if (c === '"') {
        const opening = i;
        i += 1;
        while (i < last && source[i] !== '"') {
          const expansion = expansionEnd(i);
          if (expansion !== undefined) take(expansion);
          else if (source[i] === '\\' && source[i + 1] === '\n') i += 2;
          else {
            if (source[i] === '\\' && /["\\$`]/.test(source[i + 1] ?? '')) i += 1;
            take(i + 1);
          }
        }
        if (i >= last) return open(opening);
        i += 1;
      } else {
        const expansion = expansionEnd(i);
        take(expansion ?? i + 1);
      }
    }
    return { text, at: { start: from, end: i }, offsets };
  }

  function open(offset: number): undefined {
    unclosed = offset;
    return undefined;
  }

  /** The end of `$(...)`, `${...}` or `` `...` `` that begins here. */
  function expansionEnd(i: number): number | undefined {
    if (source[i] === '`') {
      const close = source.indexOf('`', i + 1);
      return close < 0 || close >= last ? undefined : close + 1;
    }
    const opening = source[i] === '$' ? source[i + 1] : undefined;
    if (opening !== '(' && opening !== '{') return undefined;
    const closing = opening === '(' ? ')' : '}';
    let depth = 0;
    for (let k = i + 1; k < last; k++) {
      if (source[k] === opening) depth += 1;
      else if (source[k] === closing) depth -= 1;
      if (depth === 0) return k + 1;
    }
    return undefined;
  }
}

/** Past blanks and continued lines. */
function afterBlanks(source: string, from: number, last: number): number {
  let at = from;
  while (at < last) {
    const continued = /^[\\`^]\r?\n/.exec(source.slice(at, at + 3));
    if (continued) at += continued[0].length;
    else if (source[at] === ' ' || source[at] === '\t' || source[at] === '\r') at += 1;
    else break;
  }
  return at;
}
