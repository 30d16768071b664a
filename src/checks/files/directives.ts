import type { Span } from '../types.ts';

/** One setting of a configuration file. */
export interface Directive {
  /** Lower case; `''` for a line that opens nothing and names nothing. */
  readonly name: string;
  /** What follows the name, quotes taken off. */
  readonly args: readonly string[];
  /** The same in one piece, as it is written but for quotes around all of it. */
  readonly value: string;
  /** Of the whole setting, without space around it. */
  readonly span: Span;
  /** Enclosing blocks or sections, outermost first: `server`, `location /files`. */
  readonly sections: readonly string[];
}

/** How deep blocks may stand in each other before the rest is read as if it stood there. */
const MAX_DEPTH = 64;

/** Lines `Keyword value value`, as in sshd_config, redis.conf, sudoers; a backslash at the end continues a line. */
export function keywordLines(text: string, { equals = false }: { readonly equals?: boolean } = {}): readonly Directive[] {
  return logicalLines(text).flatMap(({ content, span }) => {
    if (content === '' || content.startsWith('#')) return [];
    const line = content.replace(/\s#.*$/, '');
    const match = (equals ? /^([^\s=]+)\s*(?:=\s*|\s+|$)(.*)$/s : /^(\S+)\s*(.*)$/s).exec(line);
    if (!match) return [];
    return [directive(match[1] ?? '', match[2] ?? '', span, [])];
  });
}

/** `[section]` and `key = value`, as in my.cnf, php.ini, postgresql.conf; a key alone is a switch. */
export function iniLines(text: string, comment: RegExp = /[#;]/): readonly Directive[] {
  const trailing = new RegExp(`\\s${comment.source}.*$`);
  let sections: readonly string[] = [];
  return logicalLines(text, false).flatMap(({ content, span }) => {
    if (content === '' || comment.test(content[0] as string)) return [];
    const section = /^\[([^\]]*)\]/.exec(content);
    if (section) {
      sections = [(section[1] ?? '').trim().toLowerCase()];
      return [];
    }
    const match = /^([^\s=]+)\s*(?:=\s*|\s+|$)(.*)$/s.exec(content);
    if (!match) return [];
    const raw = match[2] ?? '';
    const value = /^(['"]).*\1/.test(raw) ? raw.replace(/^(['"])(.*?)\1.*$/s, '$1$2$1') : ` ${raw}`.replace(trailing, '');
    return [directive(match[1] ?? '', value, span, sections)];
  });
}

/** `name value;` and `name value { ... }`, as in nginx.conf. Source: nginx.org, "Beginner's Guide", "Configuration File's Structure". */
export function braceBlocks(text: string): readonly Directive[] {
  const found: Directive[] = [];
  const sections: string[] = [];
  let words: { readonly text: string; readonly start: number; readonly end: number }[] = [];
  const take = (end: number): string => {
    const [first, ...rest] = words;
    if (!first) return '';
    const value = text.slice(rest[0]?.start ?? first.end, rest.at(-1)?.end ?? first.end);
    const args = rest.map((word) => word.text);
    found.push({ name: first.text.toLowerCase(), args, value, span: { start: first.start, end }, sections: [...sections] });
    return [first.text.toLowerCase(), ...args].join(' ');
  };
  // A word, a quoted word, a mark, or a comment.
  for (const match of text.matchAll(/#[^\n]*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[;{}]|[^\s;{}"']+/gs)) {
    const [token] = match;
    if (token.startsWith('#')) continue;
    if (token === ';' || token === '{' || token === '}') {
      const opened = take(match.index);
      if (token === '{' && sections.length < MAX_DEPTH) sections.push(opened);
      if (token === '}') sections.pop();
      words = [];
    } else {
      words.push({ text: unquoted(token), start: match.index, end: match.index + token.length });
    }
  }
  take(text.length);
  return found;
}

/** `Name value` and `<Section value> ... </Section>`, as in httpd.conf. Source: httpd.apache.org, "Configuration Files". */
export function tagBlocks(text: string): readonly Directive[] {
  const sections: string[] = [];
  return logicalLines(text).flatMap(({ content, span }) => {
    if (content === '' || content.startsWith('#')) return [];
    if (content.startsWith('</')) {
      sections.pop();
      return [];
    }
    const opening = /^<(\w+)\s*(.*?)>?$/s.exec(content);
    if (opening) {
      const opened = directive(opening[1] ?? '', opening[2] ?? '', span, [...sections]);
      if (sections.length < MAX_DEPTH) sections.push([opened.name, ...opened.args].join(' '));
      return [opened];
    }
    const match = /^(\S+)\s*(.*)$/s.exec(content);
    return match ? [directive(match[1] ?? '', match[2] ?? '', span, [...sections])] : [];
  });
}

/** The value of the last setting of a name at the top, which wins in most formats. */
export function last(directives: readonly Directive[], name: string): Directive | undefined {
  return directives.findLast((each) => each.name === name && each.sections.length === 0);
}

export function isOn(value: string): boolean {
  return /^(?:1|on|yes|true|enabled?)$/i.test(value.trim());
}

export function isOff(value: string): boolean {
  return /^(?:0|off|no|false|disabled?)$/i.test(value.trim());
}

interface LogicalLine {
  readonly content: string;
  readonly span: Span;
}

function logicalLines(text: string, continued = true): readonly LogicalLine[] {
  const lines: LogicalLine[] = [];
  const pattern = continued ? /(?:[^\\\n]|\\\r?\n|\\)+/g : /[^\n]+/g;
  for (const match of text.matchAll(pattern)) {
    const raw = match[0].trimEnd();
    const content = raw.trimStart();
    const start = match.index + raw.length - content.length;
    lines.push({ content: continued ? content.replace(/\\\r?\n\s*/g, ' ') : content, span: { start, end: start + content.length } });
  }
  return lines;
}

function directive(name: string, rest: string, span: Span, sections: readonly string[]): Directive {
  const value = rest.trim();
  const args = [...value.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|[^\s"']+/g)].map((match) => match[1] ?? match[2] ?? match[0]);
  return { name: name.toLowerCase(), args, value: unquoted(value), span, sections };
}

function unquoted(text: string): string {
  return /^(["']).*\1$/s.test(text) && text.length > 1 ? text.slice(1, -1) : text;
}
