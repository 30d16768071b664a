import { safeText } from '../util/terminal/text.ts';

/** Excel's longest cell. */
const MOST_CHARACTERS = 32_000;

/** A row of CSV (RFC 4180). A cell that a spreadsheet would take for a formula begins with an apostrophe: OWASP, CSV injection. */
export function csvLine(cells: readonly (string | number | undefined)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** A number is ours and no formula. */
function cell(value: string | number | undefined): string {
  if (typeof value !== 'string') return value === undefined ? '' : String(value);
  const text = safeText(value).slice(0, MOST_CHARACTERS).toWellFormed();
  const harmless = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
  return /[",;\s']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
