import { safeText } from '../../util/terminal/text.ts';

/** Markup that may stand in a page as it is. Made by `html` alone, which escapes all else. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | number | Html | readonly Html[] | undefined;

/** A template whose values are escaped, for text and for attributes in double quotes; lists are joined, undefined is nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(strings.reduce((all, part, i) => all + part + (i < values.length ? textOf(values[i]) : ''), ''));
}

function textOf(value: Value): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map((each) => each.text).join('');
  return escaped(String(value));
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return safeText(text).replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}

/** A link where the address is one of the web, else its text. Addresses come out of images and advisories: `javascript:` is none. */
export function link(url: string | undefined, text: string): Html {
  const sound = url !== undefined && /^https?:\/\/[^\s<>"]+$/i.test(url);
  return sound ? html`<a href="${url}" rel="noopener noreferrer">${text}</a>` : html`${text}`;
}

/** JSON that cannot end the script element that it stands in. */
export function inScript(value: unknown): Html {
  const unsafe = /[<>&\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
  return new Html(JSON.stringify(value).replace(unsafe, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`));
}
