import type { RequiredField } from '../../policy/exceptions/types.ts';

/** What findings are held against beside the database. */
export interface StandingOptions {
  /** Files of exceptions: Plimsoll's, and the ignore files of Trivy and Grype by their names. None by default. */
  readonly exceptions?: ExceptionsOptions;
  /** A report that `-f json` wrote, or what `scan` takes as its target: each finding is new or unchanged against it. */
  readonly baseline?: string;
}

export interface ExceptionsOptions {
  readonly files: readonly NamedFile[];
  /** What each exception must have beside a reason. */
  readonly require?: readonly RequiredField[];
  /** Days from now that an exception may last at most. */
  readonly longestDays?: number;
  /** Those that end within so many days are named; 14 by default. */
  readonly warnDays?: number;
}

export interface NamedFile {
  /** As the user knows it; in reports. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}
