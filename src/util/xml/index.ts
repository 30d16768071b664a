/** What a document is made of, in order. Names keep their prefix; text is decoded, and white space between elements left out. */
export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  close(name: string): void;
}

/** Nesting deeper than this is no document of any upstream. */
const MAX_DEPTH = 64;
const TOKEN =
  /<!--[\s\S]*?-->|(<!DOCTYPE\s[^[\]<>]*>)|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<(\/?)([A-Za-z_][\w.:-]*)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>/y;
const ATTRIBUTE = /([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * Reads a well-formed document. A document type may name its definition, which is not fetched, and define nothing itself: there
 * are no entities but the five predefined and character references, so nothing can be expanded. Returns what is wrong, with the offset, or undefined at its end.
 * Source: Extensible Markup Language (XML) 1.0, fifth edition.
 */
export function readXml(document: string, handler: XmlHandler): string | undefined {
  const open: string[] = [];
  let seen = false;
  let at = document.startsWith('\ufeff') ? 1 : 0;
  while (at < document.length) {
    const next = document.indexOf('<', at);
    const text = document.slice(at, next < 0 ? document.length : next);
    if (text.trim() !== '') {
      if (open.length === 0) return `text outside the document at ${at}`;
      handler.text(decode(text.trim()));
    }
    if (next < 0) break;
    TOKEN.lastIndex = next;
    const token = TOKEN.exec(document);
    if (token === null) return `no markup at ${next}`;
    at = TOKEN.lastIndex;
    const [, type, data, slash, name, attributes = '', selfClosing] = token;
    if (type !== undefined && (seen || open.length > 0)) return `a document type inside the document at ${next}`;
    if (data !== undefined) handler.text(data);
    if (name === undefined) continue;
    if (slash === '/') {
      if (open.pop() !== name) return `</${name}> closes nothing at ${next}`;
      handler.close(name);
      continue;
    }
    if (open.length === 0 && seen) return `a second document at ${next}`;
    seen = true;
    handler.open(name, attributesOf(attributes));
    if (selfClosing === '/') handler.close(name);
    else open.push(name);
    if (open.length > MAX_DEPTH) return `nested deeper than ${MAX_DEPTH} at ${next}`;
  }
  if (open.length > 0) return `<${open.at(-1)}> is not closed`;
  return seen ? undefined : 'no document';
}

function attributesOf(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE)) found[name] = decode(double ?? single ?? '');
  return found;
}

function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
