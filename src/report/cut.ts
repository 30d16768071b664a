import { safeText } from '../util/terminal/text.ts';

/** `text` made harmless and, with an ellipsis at its end, no longer than `most` UTF-16 code units. */
export function cut(text: string, most: number): string {
  const safe = safeText(text);
  return safe.length <= most ? safe : `${safe.slice(0, most - 1).toWellFormed()}…`;
}
