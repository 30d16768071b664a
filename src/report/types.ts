import type { Language } from '../messages/fill.ts';
import type { Finding, Report, SeverityLevel } from '../model/index.ts';

/** How to show a report. Never changes what a gate decides. */
export interface Rendering {
  readonly language: Language;
  readonly colour: boolean;
  /** Columns of the terminal, undefined where there is none. */
  readonly width?: number;
  readonly filter: DisplayFilter;
}

/** Which findings are shown. */
export interface DisplayFilter {
  /** Undefined: all. */
  readonly severities?: readonly SeverityLevel[];
  readonly classes?: readonly ('os' | 'library')[];
  readonly ignoreUnfixed: boolean;
}

/** Where a report is written. */
export interface Writer {
  write(text: string): void;
}

/** A report format. */
export interface Reporter {
  /** Equal to its folder below src/report; the name for `--format`. */
  readonly id: string;
  readonly mediaType: string;
  write(report: Report, out: Writer, how: Rendering): Promise<void>;
}

/** What a display filter leaves of a report. */
export interface Shown {
  /** Affected and undecided, worst first, then by id, then by package. */
  readonly findings: readonly Finding[];
  /** Affected by the letter and of no consequence here: counted and named, never mixed with the findings. */
  readonly notApplicable: readonly Finding[];
  /** How many findings the filter left out. */
  readonly hidden: number;
}
