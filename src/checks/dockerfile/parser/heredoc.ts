import type { Heredoc } from '../document.ts';
import type { Line, LineReader } from './lines.ts';
import { Mapped } from './mapped.ts';

/** `[fd]<<[-]NAME`, as a word of its own. */
export interface HeredocWord {
  readonly name: string;
  readonly chomp: boolean;
  readonly expand: boolean;
}

/** Words of a logical line, quotes and escapes kept, parted where a shell would part them. */
function shellWords(source: string): string[] {
  const words: string[] = [];
  let at = 0;
  while (at < source.length) {
    while (at < source.length && /\s/.test(source[at]!)) at++;
    const start = at;
    let quote = '';
    for (; at < source.length; at++) {
      const char = source[at]!;
      if (quote === '' && /\s/.test(char)) break;
      if (char === '\\' && quote !== "'") at++;
      else if (char === quote) quote = '';
      else if (quote === '' && (char === '"' || char === "'")) quote = char;
    }
    // An unclosed quote is an error of the lexer, and there are no here-documents then.
    if (quote !== '') return [];
    if (at > start) words.push(source.slice(start, at));
  }
  return words;
}

export function heredocWord(text: string): HeredocWord | undefined {
  const match = /^(\d*)<<(-?)\s*([^<]*)$/.exec(text);
  const rest = match?.[3];
  if (!match || !rest) return undefined;
  const name = rest.replace(/\\(.)|["']/g, '$1');
  if (name === '') return undefined;
  return { name, chomp: match[2] === '-', expand: name === rest };
}

/** Reads the bodies of the here-documents that the line announces. */
export function readHeredocs(
  line: string,
  reader: LineReader,
  source: string,
): { heredocs: Heredoc[]; last: Line | undefined; unterminated?: string } {
  const heredocs: Heredoc[] = [];
  let last: Line | undefined;
  if (!line.includes('<<')) return { heredocs, last };
  for (const text of shellWords(line)) {
    const announced = heredocWord(text);
    if (!announced) continue;
    const parts: { text: string; source: number }[] = [];
    let closed = false;
    for (let body = reader.raw(); body; body = reader.raw()) {
      last = body;
      let start = body.start;
      if (announced.chomp) while (start < body.end && source[start] === '\t') start++;
      if (source.slice(start, body.end) === announced.name) {
        closed = true;
        break;
      }
      parts.push({ text: `${source.slice(start, body.end)}\n`, source: start });
    }
    heredocs.push({ ...announced, content: Mapped.of(parts.length > 0 ? parts : [{ text: '', source: last?.start ?? source.length }]) });
    if (!closed) return { heredocs, last, unterminated: announced.name };
  }
  return { heredocs, last };
}
