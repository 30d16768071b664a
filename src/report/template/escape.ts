import { safeText } from '../../util/terminal/text.ts';
import { escapedMarkdown } from '../markdown-text.ts';

/** How values are escaped. */
export type Form = 'html' | 'xml' | 'json' | 'csv' | 'markdown' | 'text';

const FORMS: Readonly<Record<string, Form>> = {
  html: 'html',
  htm: 'html',
  xml: 'xml',
  json: 'json',
  csv: 'csv',
  md: 'markdown',
  markdown: 'markdown',
  txt: 'text',
  text: 'text',
};

/** By the extension before `.hbs`, `mail.json.hbs`; HTML where it says nothing, as in Handlebars. */
export function formOf(name: string): Form {
  const extension = /\.([a-z]+)(?:\.(?:hbs|handlebars))?$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return FORMS[extension] ?? 'html';
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
  '=': '&#61;',
};

/** Each makes any text harmless where its form has texts; control characters are none in any. */
export const ESCAPE: Readonly<Record<Form, (text: string) => string>> = {
  html: (text) => safeText(text).replace(/[&<>"'`=]/g, (char) => ENTITIES[char] ?? char),
  xml: (text) =>
    safeText(text)
      .replace(/[\ufffe\uffff]/g, '\ufffd')
      .replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char),
  json: (text) => jsonText(text).slice(1, -1),
  csv: (text) => {
    const safe = safeText(text);
    const harmless = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(safe) ? `'${safe}` : safe;
    return `"${harmless.replaceAll('"', '""')}"`;
  },
  markdown: escapedMarkdown,
  text: lines,
};

/** JSON of any value that may also stand in a script element. */
export function jsonText(value: unknown): string {
  const unsafe = /[<>&'\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
  return (JSON.stringify(value) ?? 'null').replace(unsafe, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Without control characters but for ends of lines. */
export function lines(text: string): string {
  return text.split(/\r?\n/).map(safeText).join('\n');
}
