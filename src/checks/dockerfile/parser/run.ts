import type { Span } from '../../types.ts';
import type { Instruction } from '../document.ts';
import { parseShell } from '../shell/parse.ts';
import type { Script, ShellWord } from '../shell/script.ts';
import { Mapped } from './mapped.ts';

const POSIX = new Set(['sh', 'bash', 'dash', 'ash', 'ksh', 'zsh', 'busybox']);

/** The base name of a shell: `bash` of `/usr/bin/bash`. */
export function shellName(shell: readonly string[]): string {
  const [first = '', second = ''] = shell;
  const name = (first === '/usr/bin/env' ? second : first).split('/').at(-1)!.toLowerCase();
  return name.replace(/\.exe$/, '');
}

export function isPosixShell(shell: readonly string[]): boolean {
  return POSIX.has(shellName(shell));
}

/** The commands of RUN, CMD, ENTRYPOINT and HEALTHCHECK; undefined where another shell reads them: PowerShell, cmd, Python. */
export function scriptOf(instruction: Instruction): Script | undefined {
  const { keyword, rest, words, json } = instruction;
  if (keyword !== 'RUN' && keyword !== 'CMD' && keyword !== 'ENTRYPOINT' && keyword !== 'HEALTHCHECK') return undefined;
  if (json) return jsonScript(instruction);
  if (rest.text === '' || words.length === 0) return undefined;
  const { body, shell: reader } = shellBody(instruction);
  return isPosixShell(reader) ? parseShell(body) : undefined;
}

/** The text that a shell reads, and which: a here-document that stands alone is a script, and may name its own interpreter. */
export function shellBody({ rest, heredocs, shell }: Pick<Instruction, 'rest' | 'heredocs' | 'shell'>): {
  body: Mapped;
  shell: readonly string[];
} {
  const alone = heredocs.length === 1 && /^\d*<<-?\s*\S+$/.test(rest.text.trim());
  if (!alone) return { body: rest, shell };
  const body = heredocs[0]!.content;
  const shebang = /^#!\s*(\S+)(?:[ \t]+(\S+))?/.exec(body.text);
  return { body, shell: shebang ? [shebang[1]!, shebang[2] ?? ''] : shell };
}

/** `["sh", "-c", "..."]` is a script, everything else one command. */
function jsonScript(instruction: Instruction): Script | undefined {
  const { words } = instruction;
  if (words.length === 0) return undefined;
  const flag = words.findIndex((word, index) => index > 0 && /^-[a-z]*c$/.test(word.text));
  const script = words[flag + 1];
  if (isPosixShell(words.map((word) => word.text)) && flag > 0 && script) {
    const exact = script.end - script.start === script.text.length + 2;
    return parseShell(Mapped.of([{ text: script.text, source: script.start + 1 }]), exact);
  }
  const shellWords: ShellWord[] = words.map((word) => ({ ...word, raw: word.text, dynamic: false, quoted: true }));
  return execScript(shellWords, instruction);
}

/** A command that no shell reads: the words of a JSON array. */
function execScript(words: readonly ShellWord[], span: Span): Script {
  const command = {
    ...span,
    first: words[0],
    words,
    assignments: [],
    redirects: [],
    depth: 0,
    substituted: false,
    background: false,
    after: '',
  };
  return {
    ...span,
    commands: [command],
    pipelines: [],
    functions: new Set(),
    problems: [],
    exact: false,
    endsInComment: false,
    text: words.map((word) => word.text).join(' '),
  };
}
