import type { Span } from '../../types.ts';

/** A word of a shell command. */
export interface ShellWord extends Span {
  /** Quotes taken off; variables as `${NAME}`, substitutions as `$(...)`. */
  readonly text: string;
  /** As written. */
  readonly raw: string;
  /** Its value is known only when it runs: it holds a variable, a substitution. */
  readonly dynamic: boolean;
  /** Some of it is in quotes. */
  readonly quoted: boolean;
}

export interface Redirect extends Span {
  /** `>`, `>>`, `<`, `<<`, `<<<`, `>&`, `<>`, `&>`... */
  readonly operator: string;
  readonly target: ShellWord | undefined;
}

export interface Assignment extends Span {
  readonly name: string;
  readonly value: ShellWord;
}

/** A simple command. */
export interface Command extends Span {
  /** Its first word, undefined where there are assignments or redirections only. */
  readonly first: ShellWord | undefined;
  /** All words, the first one included. */
  readonly words: readonly ShellWord[];
  readonly assignments: readonly Assignment[];
  readonly redirects: readonly Redirect[];
  /** How deep it is in substitutions, sub-shells and groups; 0 stands in the script's own list. */
  readonly depth: number;
  /** It is in a substitution: its output becomes part of a word. */
  readonly substituted: boolean;
  /** `&` after it. */
  readonly background: boolean;
  /** What stands before it: `&&`, `||`, `;`, `|`, nothing at the beginning. */
  readonly after: string;
}

/** Commands that are joined by `|`, each with all commands of its stage where it is compound. */
export interface Pipeline extends Span {
  readonly stages: readonly (readonly Command[])[];
}

/** A shell script, flat: every simple command of it in the order of its text. */
export interface Script extends Span {
  readonly commands: readonly Command[];
  /** Those of two commands and more. */
  readonly pipelines: readonly Pipeline[];
  /** Functions that it defines. */
  readonly functions: ReadonlySet<string>;
  /** Offsets where the text is no shell, as far as this parser knows. */
  readonly problems: readonly Span[];
  /** Places in it are exact: it was not written within a JSON string with escapes. */
  readonly exact: boolean;
  /** It ends with a comment, so that nothing may be put behind it. */
  readonly endsInComment: boolean;
  readonly text: string;
}
