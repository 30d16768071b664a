import { safeText } from '../util/terminal/text.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Text of an element or attribute, without characters that XML 1.0 does not have, of at most `most` characters. `lines`: it keeps its line breaks. */
export function xmlText(text: string, { lines = false, most }: { readonly lines?: boolean; readonly most: number }): string {
  const safe = lines ? text.split('\n').map(safeText).join('\n') : safeText(text);
  return safe
    .slice(0, most)
    .toWellFormed()
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}
