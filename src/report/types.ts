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

/** Findings that `filter` lets through, in display order: worst first, then id, then package. */
export type Shown = readonly Finding[];
