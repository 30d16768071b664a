import { closest } from '../../util/closest.ts';
import type { Span } from '../types.ts';
import { type Engine, flagKind, flagNames, meantBy, SAME_AS, SHORT } from './flags.ts';
import { type Word, wordsAt } from './words.ts';

/** An option with its value as written; switches have `true` or what stands after `=`. */
export interface Flag {
  /** Long name without dashes, the usual one of several. */
  readonly name: string;
  /** As written: `-p`, `--net`. */
  readonly written: string;
  readonly value: string;
  /** The whole option. */
  readonly at: Span;
  /** Of the value, without quotes where they are around all of it. */
  readonly valueAt: Span;
}

/** An option that the engine does not have. */
export interface UnknownFlag {
  readonly written: string;
  /** What was probably meant, with its dashes. */
  readonly like: string;
  readonly at: Span;
}

/** One `docker run` or `docker create`. */
export interface RunCommand {
  readonly engine: Engine;
  /** `docker run`, for where what is missing is reported. */
  readonly at: Span;
  /** From its first to its last word. */
  readonly span: Span;
  readonly flags: readonly Flag[];
  readonly unknown: readonly UnknownFlag[];
  /** Options that end the line although they take a value. */
  readonly unfinished: readonly Flag[];
  readonly image?: Word;
  /** What is run in the container. */
  readonly args: readonly Word[];
  /** A quote that nothing closes. */
  readonly unclosed?: Span;
}

/** Commands of one text that are read. */
const MAX_COMMANDS = 1000;
/** Characters of a line in front of a command. */
const LONGEST_PREFIX = 500;
const ENGINE = /(?<![\w./-])(docker|podman|nerdctl)(?:\.exe)?(?=[ \t]|[\\`^]\r?\n)/g;
/** What may stand on a line before a command: nothing, a prompt, assignments, other commands, `sudo` and its like. */
const BEFORE =
  /^(?:[^#"']*(?:[;&|(`{!]|\b(?:then|do|else)\b)|.*\$\()?[ \t]*(?:[$>][ \t]+)?(?:\w+=\S*[ \t]+)*(?:(?:sudo|exec|time|nohup|env|command|timeout)(?:[ \t]+(?:-\S+|\d+\w?))*[ \t]+)*(?:\w+=\S*[ \t]+)*$/;

/** Every `docker run`, `docker create`, `docker container run` and their like of Podman and nerdctl in a text: a line, a script, notes. */
export function runCommands(text: string): RunCommand[] {
  const commands: RunCommand[] = [];
  let read = 0;
  let lineStart = 0;
  let nextLine = 0;
  for (const match of text.matchAll(ENGINE)) {
    if (match.index < read || commands.length >= MAX_COMMANDS) continue;
    // Never looked for backwards: a line may be all of a large file.
    while (nextLine <= match.index) {
      lineStart = nextLine;
      nextLine = text.indexOf('\n', nextLine) + 1 || text.length + 1;
    }
    if (match.index - lineStart > LONGEST_PREFIX) continue;
    const before = text.slice(lineStart, match.index);
    if (!BEFORE.test(before)) continue;
    const { words, end, unclosed } = wordsAt(text, match.index);
    const command = parseCommand(match[1] as Engine, words, unclosed);
    if (!command) continue;
    commands.push(command);
    read = end;
  }
  return commands;
}

/** Options between the engine's name and the command, that take a value. */
const GLOBAL_VALUES =
  /^(?:-H|-l|-c|--(?:host|context|config|log-level|tlscacert|tlscert|tlskey|connection|url|identity|root|runroot|namespace|address))$/;

function parseCommand(engine: Engine, words: readonly Word[], unclosed: number | undefined): RunCommand | undefined {
  let i = 1;
  while (words[i]?.text.startsWith('-')) i += GLOBAL_VALUES.test(words[i]?.text ?? '') ? 2 : 1;
  if (words[i]?.text === 'container') i += 1;
  const verb = words[i];
  if (verb?.text !== 'run' && verb?.text !== 'create') return undefined;
  const first = words[0] as Word;
  const rest = words.slice(i + 1);
  const end = unclosed === undefined ? (words.at(-1) ?? verb).at.end : unclosed + 1;
  return {
    engine,
    at: { start: first.at.start, end: verb.at.end },
    span: { start: first.at.start, end },
    ...readOptions(engine, rest),
    ...(unclosed === undefined ? {} : { unclosed: { start: unclosed, end: unclosed + 1 } }),
  };
}

/** Options come before the image; what comes after it is the container's. Source: docker/cli, SetInterspersed(false). */
function readOptions(engine: Engine, words: readonly Word[]): Pick<RunCommand, 'flags' | 'unknown' | 'unfinished' | 'image' | 'args'> {
  const flags: Flag[] = [];
  const unknown: UnknownFlag[] = [];
  const unfinished: Flag[] = [];
  let i = 0;
  for (; i < words.length; i++) {
    const word = words[i] as Word;
    if (word.text === '--') {
      i += 1;
      break;
    }
    if (!word.text.startsWith('-') || word.text === '-') break;
    if (word.text.startsWith('--')) i += long(word, words[i + 1]);
    else i += short(word, words[i + 1]);
  }
  const image = words[i];
  return { flags, unknown, unfinished, args: words.slice(i + 1), ...(image === undefined ? {} : { image }) };

  /** How many words more the option takes. */
  function long(word: Word, next: Word | undefined): number {
    const equals = word.text.indexOf('=');
    const written = equals < 0 ? word.text : word.text.slice(0, equals);
    const plain = written.slice(2);
    const name = SAME_AS[plain] ?? plain;
    const kind = flagKind(engine, plain);
    if (kind === undefined) {
      const like = meantBy(plain) ?? `--${closest(plain.toLowerCase(), flagNames(engine), () => Number.POSITIVE_INFINITY) ?? 'help'}`;
      unknown.push({ written, like, at: word.at });
      // The value of the option that was meant is no image.
      const meant = flagKind(engine, (meantBy(plain) ?? `--${closest(plain.toLowerCase(), flagNames(engine))}`).slice(2));
      const withValue = equals < 0 && (meant === 'value' || like.endsWith('=')) && next?.text.startsWith('-') === false;
      return withValue ? 1 : 0;
    }
    if (equals >= 0) {
      add(name, written, word.text.slice(equals + 1), word.at, inside(word, equals + 1));
      return 0;
    }
    if (kind === 'value') return valued(name, written, word, next);
    add(name, written, 'true', word.at, word.at);
    return 0;
  }

  /** `-it`, `-p80:80`, `-p=80:80`, `-itp 80:80`. */
  function short(word: Word, next: Word | undefined): number {
    for (let k = 1; k < word.text.length; k++) {
      const letter = word.text[k] as string;
      const name = SHORT[letter];
      const written = `-${letter}`;
      if (name === undefined) {
        unknown.push({ written, like: `--${closest(letter, flagNames(engine), () => Number.POSITIVE_INFINITY)}`, at: word.at });
        return 0;
      }
      if (flagKind(engine, name) === 'switch') {
        if (word.text[k + 1] === '=') {
          add(name, written, word.text.slice(k + 2), word.at, word.at);
          return 0;
        }
        add(name, written, 'true', word.at, word.at);
        continue;
      }
      const from = word.text[k + 1] === '=' ? k + 2 : k + 1;
      if (from < word.text.length) {
        add(name, written, word.text.slice(from), word.at, inside(word, from));
        return 0;
      }
      return valued(name, written, word, next);
    }
    return 0;
  }

  function valued(name: string, written: string, word: Word, next: Word | undefined): number {
    if (next === undefined) {
      unfinished.push({ name, written, value: '', at: word.at, valueAt: word.at });
      return 0;
    }
    add(name, written, next.text, { start: word.at.start, end: next.at.end }, inside(next, 0));
    return 1;
  }

  function add(name: string, written: string, value: string, at: Span, valueAt: Span): void {
    flags.push({ name, written, value, at, valueAt });
  }
}

/** The place of a word's text from its character `from` on. */
export function inside(word: Word, from: number): Span {
  const start = word.offsets[from];
  const end = word.offsets.at(-1);
  return start === undefined || end === undefined ? word.at : { start, end: end + 1 };
}
