import type { Language } from '../messages/fill.ts';
import type { Comparison, Digest, Finding, Report, SeverityLevel } from '../model/index.ts';
import type { PlimsollError } from '../util/errors.ts';
import type { Issue } from './issues.ts';

/** How to show a report. Never changes what a gate decides. */
export interface Rendering {
  readonly language: Language;
  readonly colour: boolean;
  /** Columns of the terminal, undefined where there is none. */
  readonly width?: number;
  readonly filter: DisplayFilter;
  /** One of the reporter's `versions`; the newest by default. */
  readonly version?: string;
  /** What the machine says of itself, for formats that name the run that they were made in; nothing by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** For `asff`: in whose name findings are handed in, as far as it is not what `env` says. */
  readonly securityHub?: Partial<SecurityHubAccount>;
  /**
   * For `sarif`: results that are not counted are there, each with its suppression; left out by default, since GitHub opens alerts for them all
   * the same.
   */
  readonly suppressedInSarif?: boolean;
  /** For `template`. */
  readonly template?: TemplateFile;
}

/** Where AWS Security Hub is to have findings. */
export interface SecurityHubAccount {
  /** Twelve digits. */
  readonly accountId: string;
  /** `eu-central-1` */
  readonly region: string;
  /** That of a custom integration; the account's own default product where there is none. */
  readonly productArn?: string;
}

/** A template as it was read, with the partials that stand beside it. */
export interface TemplateFile {
  /** For errors: as the user named it. */
  readonly name: string;
  readonly text: string;
  /** By name without extension. */
  readonly partials: ReadonlyMap<string, string>;
}

/** Whose a finding is: the base image's where every place of it lies in the base's layers. */
export type Origin = 'base' | 'own';

/** Which findings are shown. */
export interface DisplayFilter {
  /** Undefined: all. */
  readonly severities?: readonly SeverityLevel[];
  readonly classes?: readonly ('os' | 'library')[];
  readonly ignoreUnfixed: boolean;
  /** Also what is suppressed, with who accepted it and until when, in formats that otherwise count it only. */
  readonly showSuppressed?: boolean;
  /** What lies in the base image's layers, or what does not; what nobody can tell is shown with either. */
  readonly origin?: Origin;
}

/** Where a report is written. */
export interface Writer {
  write(text: string): void;
}

/** What the scan of all platforms of an image came to, in the order of its index. */
export interface PlatformReports {
  readonly reports: readonly Report[];
  readonly failed: readonly FailedPlatform[];
}

/** An image that could not be scanned although others of its index could. */
export interface FailedPlatform {
  /** Of its manifest. */
  readonly digest: Digest;
  /** As its index announces it: `linux/arm64/v8`. */
  readonly platform?: string;
  readonly error: PlimsollError;
}

/** Two reports held against each other. */
export interface Compared {
  readonly comparison: Comparison;
  /** That of the comparison's target: findings with `change`, packages with `before`, and as `baseline` what is gone. */
  readonly report: Report;
}

/** A report format. */
export interface Reporter {
  /** Equal to its folder below src/report; the name for `--format`. */
  readonly id: string;
  readonly mediaType: string;
  /** Versions of a format that somebody else specified, newest first: `cyclonedx@1.5`. */
  readonly versions?: readonly string[];
  /** True: says all that is inside, as an SBOM does. */
  readonly sbom?: true;
  /** True: what is inside, and nothing of what is wrong with it. */
  readonly inventoryOnly?: true;
  /** Which findings it has a place for; all where it is not there. */
  readonly covers?: (issue: Issue) => boolean;
  /** @throws PlimsollError where something that it needs is not said: asked before the scan, not after it */
  ready?(how: Omit<Rendering, 'colour'>): void;
  write(report: Report, out: Writer, how: Rendering): Promise<void>;
  /** All platforms as one document. There is at least one report. */
  writePlatforms(platforms: PlatformReports, out: Writer, how: Rendering): Promise<void>;
  /** Where it is no report of what was added, nor one of what is inside: see comparison.ts. */
  writeComparison?(compared: Compared, out: Writer, how: Rendering): Promise<void>;
}

/** What a display filter leaves of a report. */
export interface Shown {
  /** Affected and undecided, worst first, then by id, then by package. */
  readonly findings: readonly Finding[];
  /** Those of them that somebody said not to count, in the same order. */
  readonly suppressed: readonly Finding[];
  /** Affected by the letter and of no consequence here: counted and named, never mixed with the findings. */
  readonly notApplicable: readonly Finding[];
  /** How many findings the filter left out. */
  readonly hidden: number;
}
