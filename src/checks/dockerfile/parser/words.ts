import type { Flag, Word } from '../document.ts';
import type { Mapped } from './mapped.ts';

const SPACE = /\s/;

export function word(text: Mapped, start: number, end: number, value = text.text.slice(start, end)): Word {
  return { text: value, ...text.span(start, end) };
}

/** Words parted by white space, whatever quotes are in them: FROM, EXPOSE, ADD, COPY, VOLUME. */
export function plainWords(text: Mapped): Word[] {
  return [...text.text.matchAll(/[^\t\v\f\r ]+/g)].map((match) => word(text, match.index, match.index + match[0].length));
}

/** Words parted by white space outside quotes; quotes and escapes stay: ENV, LABEL, ARG. */
export function quotedWords(text: Mapped, mark: string): Word[] {
  const { text: source } = text;
  const words: Word[] = [];
  let at = 0;
  while (at < source.length) {
    while (at < source.length && SPACE.test(source[at]!)) at++;
    const start = at;
    let quote = '';
    for (; at < source.length; at++) {
      const char = source[at]!;
      if (quote === '' && SPACE.test(char)) break;
      if (char === mark && quote !== "'") at++;
      else if (char === quote) quote = '';
      else if (quote === '' && (char === '"' || char === "'")) quote = char;
    }
    if (at > source.length) at = source.length;
    if (at > start) words.push(word(text, start, at));
  }
  return words;
}

/** `--name[=value]` words at the beginning, and where the rest begins. Quotes and escapes are taken off. */
export function readFlags(text: Mapped, from: number, mark: string): { flags: Flag[]; rest: number } {
  const { text: source } = text;
  const flags: Flag[] = [];
  let at = from;
  for (;;) {
    while (at < source.length && SPACE.test(source[at]!)) at++;
    if (!source.startsWith('--', at)) return { flags, rest: at };
    const start = at;
    let value = '';
    let quote = '';
    for (; at < source.length; at++) {
      const char = source[at]!;
      if (quote === '' && SPACE.test(char)) break;
      if (char === mark) value += source[++at] ?? '';
      else if (char === quote) quote = '';
      else if (quote === '' && (char === '"' || char === "'")) quote = char;
      else value += char;
    }
    at = Math.min(at, source.length);
    if (value === '--') return { flags, rest: at };
    const equals = value.indexOf('=');
    flags.push({
      name: (equals < 0 ? value.slice(2) : value.slice(2, equals)).toLowerCase(),
      value: equals < 0 ? undefined : value.slice(equals + 1),
      ...text.span(start, at),
    });
  }
}

/**
 * The strings of a JSON array; undefined where the text is none, so that it is the shell form; `mixed` where it is an array that holds
 * something else than strings, which BuildKit refuses.
 */
export function jsonWords(text: Mapped): Word[] | 'mixed' | undefined {
  const { text: source } = text;
  if (!/^\s*\[/.test(source)) return undefined;
  let values: unknown;
  try {
    values = JSON.parse(source);
  } catch {
    return undefined;
  }
  if (!Array.isArray(values)) return undefined;
  if (!values.every((value) => typeof value === 'string')) return 'mixed';
  const strings = [...source.matchAll(/"(?:[^"\\]|\\.)*"/g)];
  return values.map((value, index) => {
    const match = strings[index];
    const start = match?.index ?? 0;
    return word(text, start, start + (match?.[0].length ?? 0), value);
  });
}
