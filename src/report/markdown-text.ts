import { safeText } from '../util/terminal/text.ts';

/** Text that is escaped, a number, or Markdown as it is. */
export type CellText = string | number | { readonly raw: string };

/** Markdown that shows `text` as it is, whatever is in it: no markup, no HTML, no end of a table's cell. */
export function escapedMarkdown(text: string): string {
  return safeText(text).replace(/[\\`*_{}[\]<>()#+!|~]/g, '\\$&');
}

export function markdownTable(titles: readonly string[], lines: readonly (readonly CellText[])[]): string {
  return [markdownRow(titles), `|${titles.map(() => '---').join('|')}|`, ...lines.map(markdownRow)].join('\n');
}

export function markdownRow(cells: readonly CellText[]): string {
  return `| ${cells.map(cellText).join(' | ')} |`;
}

function cellText(cell: CellText): string {
  if (typeof cell === 'number') return String(cell);
  return typeof cell === 'string' ? escapedMarkdown(cell) : cell.raw;
}

/** A link where the address is one of the web and cannot end the link early, else the text alone. */
export function markdownLink(text: string, url: string | undefined): string {
  return url !== undefined && /^https?:\/\/[^\s()<>|]+$/.test(url) ? `[${escapedMarkdown(text)}](${safeText(url)})` : escapedMarkdown(text);
}
