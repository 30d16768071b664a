/** A command line as another tool takes it, and what stands for it here. */
export interface Alias {
  /** The tool whose fingers it serves. */
  readonly tool: ToolId;
  /** First words, any of which begins it: `['image'], ['i']`; with or without the tool's own name before them. */
  readonly words: readonly (readonly string[])[];
  /** The same words without the tool's name before them begin it too; false where they mean something else here. */
  readonly bare: boolean;
  /** In the tool's notation, for help and docs: `image IMAGE`. */
  readonly usage: string;
  readonly options: readonly AliasOption[];
  /** Where `--format json` is the tool's form: the line that writes ours. */
  readonly ownJson?: string;
  translate(line: AliasLine): Translation;
}

export const TOOLS = { trivy: 'Trivy', scout: 'Docker Scout', snyk: 'Snyk', clairctl: 'clairctl', hadolint: 'hadolint' } as const;
export type ToolId = keyof typeof TOOLS;

/** An option of another tool. Options that are not named are ours, or errors. */
export interface AliasOption {
  /** `--severity`, `-s`. */
  readonly flags: readonly string[];
  /** True where a value follows. */
  readonly value: boolean;
  /**
   * How it is said here, for help and docs, where it is said at all. `same`: it is the same here; `nothing`: what it asks for is so anyway; `ignored`: it has no counterpart and
   * its user is told so.
   */
  readonly here: string;
}

/** A command line of another tool, taken apart. */
export interface AliasLine {
  /** What shows the help of this line: `plimsoll fs --help`. */
  readonly help: string;
  /** What is no option, in order. */
  readonly operands: readonly string[];
  /** The last value of an option by its first flag; undefined where it is not given. Values of lists are joined by commas. */
  value(flag: string): string | undefined;
  has(flag: string): boolean;
}

/** What is run in its place. */
export interface Translation {
  readonly argv: readonly string[];
  /** The exit code where the gate failed; 1 by default. */
  readonly failed?: number;
  /** Exit code for what could not be done, where the tool's differs. */
  readonly exit?: (code: number) => number;
}
