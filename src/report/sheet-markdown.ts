import { safeText } from '../util/terminal/text.ts';
import { escapedMarkdown as escaped, markdownTable } from './markdown-text.ts';
import type { Sheet, SheetSection } from './sheet.ts';

/** For a pull request or a chat, ending with a newline. */
export function sheetMarkdown({ title, lines, sections, closing }: Sheet): string {
  const parts = [
    `# ${escaped(title)}`,
    ...lines.map(escaped),
    ...closing.map((line) => `**${escaped(line)}**`),
    ...sections.flatMap(section),
  ];
  return `${parts.join('\n\n')}\n`;
}

function section({ title, columns, rows, none, notes = [], code = [] }: SheetSection): readonly string[] {
  const cells = rows.map((row) => row.map(({ text }) => text));
  return [
    `## ${escaped(title)}`,
    ...(rows.length > 0 ? [markdownTable(columns, cells)] : none === undefined ? [] : [escaped(none)]),
    ...notes.map(escaped),
    ...(code.length > 0 ? [fenced(code)] : []),
  ];
}

/** A fence that is longer than any in the lines cannot be ended by them. */
function fenced(code: readonly string[]): string {
  const text = code.map((line) => safeText(line)).join('\n');
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
