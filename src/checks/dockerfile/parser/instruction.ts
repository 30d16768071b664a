import type { Comment, Instruction, Keyword, Pair, Problem, Word } from '../document.ts';
import type { Mapped } from './mapped.ts';
import { jsonWords, plainWords, quotedWords, readFlags, word } from './words.ts';

/** How each instruction is written, for whoever wrote it otherwise. */
export const FORMS: Readonly<Record<Exclude<Keyword, '?'>, string>> = {
  ADD: 'ADD [--chown=U:G] [--checksum=sha256:...] SRC... DEST',
  ARG: 'ARG NAME[=VALUE]...',
  CMD: 'CMD ["executable", "argument"...]',
  COPY: 'COPY [--from=STAGE] [--chown=U:G] SRC... DEST',
  ENTRYPOINT: 'ENTRYPOINT ["executable", "argument"...]',
  ENV: 'ENV NAME=VALUE...',
  EXPOSE: 'EXPOSE PORT[/tcp|/udp]...',
  FROM: 'FROM [--platform=P] IMAGE[:TAG][@DIGEST] [AS name]',
  HEALTHCHECK: 'HEALTHCHECK [--interval=30s] CMD ["executable"...] | NONE',
  LABEL: 'LABEL KEY=VALUE...',
  MAINTAINER: 'MAINTAINER NAME',
  ONBUILD: 'ONBUILD INSTRUCTION',
  RUN: 'RUN [--mount=...] COMMAND',
  SHELL: 'SHELL ["executable", "argument"...]',
  STOPSIGNAL: 'STOPSIGNAL SIGNAL',
  USER: 'USER USER[:GROUP]',
  VOLUME: 'VOLUME ["/path"...]',
  WORKDIR: 'WORKDIR /path',
};

/** Flags by instruction; those with a `!` may stand several times. */
const FLAGS: Readonly<Partial<Record<Keyword, readonly string[]>>> = {
  ADD: ['chown', 'chmod', 'link', 'keep-git-dir', 'checksum', 'unpack', 'exclude!'],
  COPY: ['chown', 'from', 'chmod', 'link', 'exclude!', 'parents'],
  FROM: ['platform'],
  HEALTHCHECK: ['interval', 'timeout', 'start-period', 'start-interval', 'retries'],
  RUN: ['mount!', 'network', 'security', 'device!'],
};
const BOOLEAN = new Set(['link', 'keep-git-dir', 'unpack', 'parents']);

export interface Draft extends Omit<Instruction, 'heredocs' | 'script' | 'shell' | 'trigger'> {
  readonly trigger?: Draft;
}

interface At {
  readonly escape: string;
  readonly line: number;
  readonly endLine: number;
  readonly comments: readonly Comment[];
}

/** Reads one logical line. What is wrong in it goes to `problems`; what can be read is read. */
export function readInstruction(text: Mapped, at: At, problems: Problem[]): Draft {
  const { text: source } = text;
  const start = source.search(/\S/);
  const split = /[\t\v\f\r ]/.exec(source.slice(start));
  const end = split ? start + split.index : source.length;
  const written = word(text, start, end);
  const upper = written.text.toUpperCase();
  const keyword: Keyword = Object.hasOwn(FORMS, upper) ? (upper as Keyword) : '?';
  const whole = text.span(start, source.trimEnd().length);
  const problem = (code: string, met: string, span: { start: number; end: number } = whole): void => {
    problems.push({
      start: span.start,
      end: span.end,
      code,
      params: { met: cut(met), expected: keyword === '?' ? Object.keys(FORMS).join(', ') : FORMS[keyword] },
    });
  };
  const read = readFlags(text, end, at.escape);
  const rest = text.slice(Math.min(read.rest, source.trimEnd().length), source.trimEnd().length);
  const base = {
    keyword,
    written,
    ...whole,
    line: at.line,
    endLine: at.endLine,
    comments: at.comments,
    flags: read.flags,
    rest,
    words: [],
    pairs: [],
    json: false,
  };
  if (keyword === '?') {
    problem('unknown-instruction', written.text, written);
    return base;
  }
  checkFlags(keyword, read.flags, problem);
  if (rest.text === '' && keyword !== 'CMD' && keyword !== 'ENTRYPOINT' && keyword !== 'RUN') {
    problem('no-arguments', written.text);
    return base;
  }
  return withArguments(base, at, problem, problems);
}

type Complain = (code: string, met: string, span?: { start: number; end: number }) => void;

function withArguments(base: Draft, at: At, problem: Complain, problems: Problem[]): Draft {
  const { keyword, rest } = base;
  switch (keyword) {
    case 'ENV':
    case 'LABEL':
    case 'ARG':
      return { ...base, pairs: readPairs(keyword, rest, at.escape, problem) };
    case 'ONBUILD': {
      const trigger = readInstruction(rest, { ...at, comments: [] }, problems);
      return { ...base, trigger };
    }
    case 'HEALTHCHECK': {
      const match = /^\S+/.exec(rest.text)![0];
      const type = word(rest, 0, match.length);
      const after = rest.slice(match.length, rest.text.length);
      const command = after.slice(after.text.length - after.text.trimStart().length, after.text.length);
      const kind = type.text.toUpperCase();
      if (kind !== 'CMD' && kind !== 'NONE') problem('healthcheck', type.text, type);
      if (kind === 'NONE' && command.text !== '') problem('healthcheck', rest.text);
      if (kind === 'CMD' && command.text === '') problem('healthcheck', rest.text);
      const { words, json } = commandWords(command, problem);
      return { ...base, rest: command, type, words, json };
    }
    case 'MAINTAINER':
    case 'STOPSIGNAL':
    case 'USER':
    case 'WORKDIR':
      return { ...base, words: [word(rest, 0, rest.text.length)] };
    case 'FROM':
    case 'EXPOSE': {
      const words = plainWords(rest);
      const aliased = words.length === 3 && words[1]!.text.toLowerCase() === 'as';
      if (keyword === 'FROM' && words.length !== 1 && !aliased) problem('from', rest.text);
      else if (keyword === 'FROM' && aliased && !/^[a-z][a-z0-9-_.]*$/i.test(words[2]!.text))
        problem('stage-name', words[2]!.text, words[2]);
      return { ...base, words };
    }
    case 'ADD':
    case 'COPY':
    case 'VOLUME': {
      const json = jsonWords(rest);
      if (json === 'mixed') problem('json', rest.text);
      const words = json === undefined || json === 'mixed' ? plainWords(rest) : json;
      if (keyword !== 'VOLUME' && words.length < 2) problem('destination', rest.text);
      return { ...base, words, json: Array.isArray(json) };
    }
    default: {
      const { words, json } = commandWords(rest, problem);
      if (keyword === 'SHELL' && (!json || words.length === 0)) problem('shell', rest.text);
      return { ...base, words, json };
    }
  }
}

function commandWords(text: Mapped, problem: Complain): { words: readonly Word[]; json: boolean } {
  const json = jsonWords(text);
  if (json === 'mixed') problem('json', text.text);
  if (Array.isArray(json)) return { words: json, json: true };
  return { words: text.text === '' ? [] : [word(text, 0, text.text.length)], json: false };
}

function readPairs(keyword: Keyword, rest: Mapped, mark: string, problem: Complain): Pair[] {
  const words = quotedWords(rest, mark);
  const first = words[0];
  if (keyword !== 'ARG' && first && !first.text.includes('=')) {
    const match = /^(\S+?)[\t\v\f\r ]+([\s\S]+)$/.exec(rest.text);
    if (!match) {
      problem('pair', first.text, first);
      return [];
    }
    const from = rest.text.length - match[2]!.length;
    return [
      { key: word(rest, 0, match[1]!.length), value: word(rest, from, rest.text.length), legacy: true, ...rest.span(0, rest.text.length) },
    ];
  }
  const pairs: Pair[] = [];
  let searched = 0;
  for (const piece of words) {
    const start = rest.text.indexOf(piece.text, searched);
    searched = start + piece.text.length;
    const equals = piece.text.indexOf('=');
    if (equals < 0 && keyword !== 'ARG') problem('pair', piece.text, piece);
    if (equals === 0) problem('pair', piece.text, piece);
    const key = equals < 0 ? piece : word(rest, start, start + equals);
    const value = equals < 0 ? undefined : word(rest, start + equals + 1, start + piece.text.length);
    pairs.push({ key, value, legacy: false, start: piece.start, end: piece.end });
  }
  return pairs;
}

function checkFlags(keyword: Keyword, flags: Draft['flags'], problem: Complain): void {
  const known = FLAGS[keyword] ?? [];
  const seen = new Set<string>();
  for (const flag of flags) {
    const several = known.includes(`${flag.name}!`);
    if (!several && !known.includes(flag.name)) problem('unknown-flag', `--${flag.name}`, flag);
    else if (!several && seen.has(flag.name)) problem('flag-twice', `--${flag.name}`, flag);
    else if (flag.value === undefined && !BOOLEAN.has(flag.name)) problem('flag-value', `--${flag.name}`, flag);
    seen.add(flag.name);
  }
  if (keyword === 'HEALTHCHECK') {
    for (const flag of flags) {
      const value = flag.value ?? '';
      if (value.includes('$')) continue;
      if (flag.name === 'retries' ? !/^\d+$/.test(value) : !/^(?:\d+(?:\.\d*)?(?:h|ms|m|s|us|\u00b5s|ns))+$|^0$/.test(value)) {
        problem('flag-value', `--${flag.name}=${value}`, flag);
      }
    }
  }
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
