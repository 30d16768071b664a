import { type Fields, fields, list, text } from '../../util/fields.ts';

/** Characters of a message that are kept. */
const LONGEST = 10_000;

/** A message's text, or that of the rule's message which it names, with its arguments in place (SARIF 3.11). */
export function messageOf(message: Fields, ofRule: Fields): string | undefined {
  const id = text(message.id);
  const own = text(message.text) ?? text(message.markdown);
  const found = own ?? (id === undefined ? undefined : text(fields(ofRule[id]).text));
  return found === undefined ? undefined : filled(found, list(message.arguments));
}

/**
 * `{0}` by its argument, doubled braces by single ones (SARIF 3.11.5); of a link its words, and where on the web it leads: other targets are in the
 * tool's own file; brackets that are none of a link without their backslash (3.11.6).
 */
function filled(message: string, values: readonly unknown[]): string {
  return message
    .slice(0, LONGEST)
    .replace(/\{\{|\}\}|\{(\d{1,3})\}/g, (all, index?: string) =>
      index === undefined ? all.slice(1) : (text(values[Number(index)]) ?? all),
    )
    .slice(0, LONGEST)
    .replace(/\[((?:[^\][\\]|\\.){1,500})\]\((?:\d{1,6}|(https?:\/\/[^\s()]{1,500}))\)/g, (_all, words: string, url?: string) =>
      url === undefined || url === words ? words : `${words} (${url})`,
    )
    .replace(/\\([[\]])/g, '$1');
}
