/** How a program is told, and its version read. One a file in `rules/`; how to add one: docs/adding-a-classifier.md. */
export type ProgramRule = BinaryRule | StatementRule;

/** A program whose version stands in its own executable or shared library. */
export interface BinaryRule {
  /** Name of the program and of the rule's file: `node`. */
  readonly id: string;
  /** The whole last path component of the files that are looked into, anchored; they need an execute bit. */
  readonly files: RegExp;
  /** The file that stands for the program where a folder has several; `id` where not given. */
  readonly main?: string;
  /** Each is enough by itself. */
  readonly signatures: readonly Signature[];
}

/** What the version stands next to in the bytes of a program. */
export interface Signature {
  /**
   * Looked for byte by byte, as Latin-1: the longer and rarer, the better. It does not begin with NUL: programs are full of them, and a
   * text need not have one in front. Linkers put it behind other data, and one that is the end of another (`3.11.7` of
   * `/opt/python/3.11.7`) is stored with that. `before` and `[^\w.]` in the pattern tell that no version begins earlier.
   */
  readonly anchor: string;
  /**
   * Tried on the bytes around the anchor, as Latin-1: it begins at the anchor, or `before` bytes earlier, and ends 128 bytes after
   * it. The group `version` is the version. It may not backtrack without bound.
   */
  readonly pattern: RegExp;
  /** At most 128. */
  readonly before?: number;
  /** For versions that stand alone: another text that has to be in the same file. Such packages are of medium confidence. */
  readonly confirm?: (version: string) => Confirmation;
}

export interface Confirmation {
  readonly anchor: string;
  /** Tried on the bytes from the anchor on. */
  readonly pattern: RegExp;
}

/** A program that brings a text file of its maker which states its version. */
export interface StatementRule {
  readonly id: string;
  /** The exact last path component. */
  readonly file: string;
  /** On the first 4 KiB, as Latin-1; the group `version` is the version. */
  readonly statement: RegExp;
}

/** A program in a file. */
export interface Program {
  readonly program: string;
  readonly version: string;
  /** The text that told, printable ASCII only. */
  readonly text: string;
  readonly confidence: 'high' | 'medium';
}
