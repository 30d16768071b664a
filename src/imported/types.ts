import type { ImportedFinding } from '../model/index.ts';

/** What one file of another tool says. */
export interface ImportedFile {
  /** One entry for each run, in the order of the file. */
  readonly runs: readonly ImportedRun[];
  /** Results that are not as the specification has them, and were left out; the first few in words. */
  readonly malformed: { readonly count: number; readonly examples: readonly string[] };
}

export interface ImportedRun {
  readonly tool: string;
  readonly version?: string;
  readonly findings: readonly ImportedFinding[];
  /** The tool says that it did not get through, and may have missed something; in its words. */
  readonly failed?: string;
}
