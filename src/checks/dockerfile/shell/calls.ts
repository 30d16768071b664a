import { Mapped } from '../parser/mapped.ts';
import { parseShell } from './parse.ts';
import type { Command, Script, ShellWord } from './script.ts';

/** A program that a script runs, with its arguments; of `sudo apt-get install x` there are two. */
export interface Call {
  /** Without folder. */
  readonly name: string;
  /** The word of its name. */
  readonly word: ShellWord;
  readonly args: readonly ShellWord[];
  readonly command: Command;
  /** Places of its words are exact, so that they can be edited. */
  readonly exact: boolean;
  /** What runs it: `sudo`, `xargs`. */
  readonly by?: string;
}

/** Programs that run their arguments: which of their flags take a value, and how many operands stand before the command. */
const WRAPPERS: Readonly<Record<string, { readonly values: string; readonly operands: number }>> = {
  busybox: { values: '', operands: 0 },
  builtin: { values: '', operands: 0 },
  chroot: { values: '', operands: 1 },
  command: { values: '', operands: 0 },
  doas: { values: 'uCL', operands: 0 },
  eatmydata: { values: '', operands: 0 },
  env: { values: 'uCS', operands: 0 },
  exec: { values: 'a', operands: 0 },
  gosu: { values: '', operands: 1 },
  nice: { values: 'n', operands: 0 },
  nohup: { values: '', operands: 0 },
  setpriv: { values: '', operands: 0 },
  'su-exec': { values: '', operands: 1 },
  sudo: { values: 'ugCDhpRTU', operands: 0 },
  time: { values: 'fo', operands: 0 },
  timeout: { values: 'ks', operands: 1 },
  xargs: { values: 'adEIiLlnPs', operands: 0 },
};
const SHELLS = new Set(['sh', 'bash', 'dash', 'ash', 'ksh', 'zsh']);
const MOST_WRAPPED = 8;

const known = new WeakMap<Script, readonly Call[]>();

/** Every program that the script runs, those within `sh -c '...'` and behind `sudo` and the like included. */
export function calls(script: Script): readonly Call[] {
  let found = known.get(script);
  if (!found) {
    found = collect(script, 0);
    known.set(script, found);
  }
  return found;
}

function collect(script: Script, depth: number): Call[] {
  return script.commands.flatMap((command) => {
    const { words } = command;
    if (!words[0]) return [];
    return chain(words, command, script.exact, depth);
  });
}

function chain(words: readonly ShellWord[], command: Command, exact: boolean, depth: number, by?: string): Call[] {
  const [word, ...args] = words;
  if (!word || depth > MOST_WRAPPED) return [];
  const name = baseName(word.text);
  const call: Call = { name, word, args, command, exact, ...(by === undefined ? {} : { by }) };
  const wrapped = WRAPPERS[name];
  if (wrapped && Object.hasOwn(WRAPPERS, name)) return [call, ...chain(operandsFrom(args, wrapped), command, exact, depth + 1, name)];
  if (SHELLS.has(name)) {
    const flag = args.findIndex((arg) => /^-[a-z]*c$/.test(arg.text));
    const inline = flag >= 0 ? args[flag + 1] : undefined;
    if (inline) return [call, ...nested(inline, depth)];
  }
  return [call];
}

/** The script in a word: places are exact where it is in one pair of single quotes, or in double ones without escapes. */
function nested(word: ShellWord, depth: number): Call[] {
  const inside = /^'[^']*'$|^"[^"\\]*"$/.test(word.raw);
  const exact = inside && word.end - word.start === word.raw.length;
  const script = parseShell(
    Mapped.of([{ text: inside ? word.raw.slice(1, -1) : word.text, source: word.start + (inside ? 1 : 0) }]),
    exact,
  );
  return collect(script, depth + 1);
}

function operandsFrom(args: readonly ShellWord[], { values, operands }: { values: string; operands: number }): readonly ShellWord[] {
  let left = operands;
  for (let at = 0; at < args.length; at++) {
    const { text } = args[at]!;
    if (text === '--') return args.slice(at + 1 + left);
    if (text.startsWith('-') && text.length > 1) {
      if (/^-[A-Za-z]$/.test(text) && values.includes(text[1]!)) at++;
    } else if (/^[A-Za-z_][A-Za-z0-9_]*=/.test(text)) {
      // A variable for the command.
    } else if (left > 0) left--;
    else return args.slice(at);
  }
  return [];
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** One of the arguments is one of `texts`. */
export function hasArg(call: Call, ...texts: readonly string[]): boolean {
  return call.args.some((arg) => texts.includes(arg.text));
}

/** Names of the flags of a word: `x` of `--x=1`, `a` and `b` of `-ab`; none where it is no flag. */
function flagNames(text: string): readonly string[] {
  if (text === '-' || text === '--' || !text.startsWith('-')) return [];
  if (text.startsWith('--')) return [text.slice(2).split('=', 1)[0]!];
  return [...text.slice(1)];
}

export function countFlag(call: Call, name: string): number {
  return call.args.reduce((sum, arg) => sum + flagNames(arg.text).filter((flag) => flag === name).length, 0);
}

export function hasFlag(call: Call, ...names: readonly string[]): boolean {
  return call.args.some((arg) => flagNames(arg.text).some((flag) => names.includes(flag)));
}

/** Arguments that are no flags and no values of the flags named in `valued`. */
export function operands(call: Call, valued: readonly string[] = []): readonly ShellWord[] {
  const found: ShellWord[] = [];
  for (let at = 0; at < call.args.length; at++) {
    const arg = call.args[at]!;
    const flags = flagNames(arg.text);
    if (flags.length === 0) {
      if (arg.text !== '--') found.push(arg);
    } else if (!arg.text.includes('=') && flags.some((flag) => valued.includes(flag))) at++;
  }
  return found;
}

/** Values of a flag: `-u 5`, `-u=5`, `--uid 5`, `--uid=5`. */
export function flagValues(call: Call, ...names: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (const [at, arg] of call.args.entries()) {
    if (!flagNames(arg.text).some((flag) => names.includes(flag))) continue;
    const equals = arg.text.indexOf('=');
    const value = equals < 0 ? call.args[at + 1]?.text : arg.text.slice(equals + 1);
    if (value !== undefined) found.push(value);
  }
  return found;
}
