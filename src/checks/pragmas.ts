import type { Lines } from './place.ts';

/** Something in a text that says which rules are not to count, and where. */
export interface Pragma {
  /** Ids or aliases in any case, `*` for every rule. */
  readonly rules: readonly string[];
  /** The lines that it covers, both included; absent: the whole file. */
  readonly lines?: { readonly first: number; readonly last: number };
  readonly reason?: string;
  /** Where it stands, offsets as in Span. */
  readonly at: { readonly start: number; readonly end: number };
}

const COMMENT =
  /(?:^|\s)(?:#+|\/\/)[ \t]*(?<pragma>plimsoll:ignore(?<file>-file)?[ \t=:]+(?<rules>[\w./*-]{1,100}(?:[ \t]*,[ \t]*[\w./*-]{1,100}){0,50})(?:[ \t]+(?<reason>.{1,500}))?)/i;
const ONLY_COMMENT = /^\s*(?:#|\/\/|$)/;

/**
 * The comments `# plimsoll:ignore <rule>[,<rule>...] [reason]` of a text. One at the end of a line covers that line, one that stands
 * alone the next line which is neither empty nor a comment; `scope` widens a line to the lines that belong to it. With `ignore-file`
 * it covers the whole file.
 */
export function findPragmas(text: string, lines: Lines, scope: Scope = oneLine): Pragma[] {
  const found: Pragma[] = [];
  // The word is rare: whoever does not use it pays for one search.
  for (let at = indexOfWord(text, 0); at !== -1; at = indexOfWord(text, at)) {
    const { line } = lines.place(at);
    const whole = lines.text(line);
    const match = COMMENT.exec(whole);
    at = lines.start(line + 1);
    if (!match?.groups) continue;
    const { pragma = '', rules = '', reason, file } = match.groups;
    const start = lines.start(line) + match.index + match[0].length - pragma.length;
    found.push({
      rules: rules.split(',').map((rule) => rule.trim()),
      ...(file === undefined ? { lines: scope(ONLY_COMMENT.test(whole) ? codeAfter(line, lines) : line) } : {}),
      ...(reason?.trim() ? { reason: withoutMarks(reason) } : {}),
      at: { start, end: start + pragma.length },
    });
  }
  return found;
}

/** The lines that belong to a line: an instruction continued over several, a block that it opens. Lines count from 1, both included. */
export type Scope = (line: number) => { readonly first: number; readonly last: number };

const oneLine: Scope = (line) => ({ first: line, last: line });

function indexOfWord(text: string, from: number): number {
  return from >= text.length ? -1 : text.indexOf('plimsoll:ignore', from);
}

function codeAfter(line: number, lines: Lines): number {
  let next = line + 1;
  while (next < lines.count && ONLY_COMMENT.test(lines.text(next))) next++;
  return next;
}

/** `reason="..."`, `-- ...` and `: ...` are ways to write a reason. */
function withoutMarks(reason: string): string {
  return reason
    .trim()
    .replace(/^(?:reason[ \t]*[=:]|--|[:;-])[ \t]*/i, '')
    .replace(/^"(.*)"$/, '$1')
    .trim();
}
