/** How a server wants to be authenticated to. Source: RFC 9110, 11.6.1. */
export interface Challenge {
  /** In lower case: `bearer`, `basic`. */
  readonly scheme: string;
  /** Names in lower case. */
  readonly params: Readonly<Record<string, string>>;
}

const MAX_HEADER = 8192;
const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const PARAM = /([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/y;
const SEPARATOR = /[\s,]*/y;

/** The challenges of `WWW-Authenticate` headers joined by commas; what cannot be read ends the list. */
export function parseChallenges(header: string | undefined): readonly Challenge[] {
  const text = (header ?? '').slice(0, MAX_HEADER);
  const challenges: { scheme: string; params: Record<string, string> }[] = [];
  for (let at = take(SEPARATOR, text, 0)?.end ?? 0; at < text.length; at = take(SEPARATOR, text, at)?.end ?? at) {
    const param = take(PARAM, text, at);
    const last = challenges.at(-1);
    if (param !== undefined && last !== undefined) {
      const [, name = '', quoted, bare = ''] = param.match;
      last.params[name.toLowerCase()] = quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1');
      at = param.end;
      continue;
    }
    const scheme = take(TOKEN, text, at);
    if (scheme === undefined) break;
    challenges.push({ scheme: scheme.match[0].toLowerCase(), params: {} });
    at = scheme.end;
  }
  return challenges;
}

function take(pattern: RegExp, text: string, at: number): { match: RegExpExecArray; end: number } | undefined {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match === null ? undefined : { match, end: at + match[0].length };
}
