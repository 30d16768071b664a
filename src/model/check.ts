import type { LayerRef } from './package.ts';
import type { SeverityLevel } from './severity.ts';
import type { Change, Suppression, Update } from './standing.ts';

/** See CheckFinding. */
export const SNIPPET_LEAD = 120;

/** What a rule of configuration looks at. */
export type CheckDomain = 'dockerfile' | 'kubernetes' | 'compose' | 'run' | 'image' | 'file' | 'custom';

/** Lines and columns count from 1; columns count UTF-16 code units, as editors do. The end is exclusive. */
export interface CheckLocation {
  /** As the user named the file, `-` for standard input; inside an image its path without leading slash; for settings of an image's configuration its member: `config.User`. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  /** The layer that brought the file or setting. */
  readonly layer?: LayerRef;
  /** The Dockerfile's own line, where one is given and the layer could be tied to it. */
  readonly dockerfile?: { readonly file: string; readonly line: number };
}

/** How something is built, configured or run that should be otherwise. Its sentences are in the catalogue by `id`, filled with `params`. */
export interface CheckFinding {
  readonly kind: 'misconfiguration';
  /** `domain/what-is-wrong`: `dockerfile/last-user-root`. */
  readonly id: string;
  readonly domain: CheckDomain;
  /** Other tools' and benchmarks' names of the rule: `DL3002`, `DS-0002`, `KSV-0012`, `CIS-DI-0001`, Docker's own `JSONArgsRecommended`. */
  readonly aliases: readonly string[];
  readonly severity: SeverityLevel;
  readonly params: Readonly<Record<string, string | number>>;
  readonly location: CheckLocation;
  /**
   * The offending line or value, secrets masked, control characters as they are. Of a long line a part around the place; where it begins
   * with an ellipsis, `SNIPPET_LEAD` characters of the line stand between that and the place.
   */
  readonly snippet?: string;
  /** What in the document it is about: `Deployment/shop container web`, `service db`, `stage build`. */
  readonly resource?: string;
  /** Clauses of benchmarks: `CIS Docker 4.1`, `NIST 800-190 4.1.3`, `NSA/CISA Kubernetes 1.2 Pod security`, `PSS baseline`. */
  readonly benchmarks: readonly string[];
  readonly references: readonly string[];
  /** sha256 hex over domain, rule, file, resource and what `params` name; not over the line, which moves. */
  readonly fingerprint: string;
  /** Set where somebody said not to count it; it stays in the report. */
  readonly suppressed?: Suppression;
  /** Present where there is a baseline. */
  readonly change?: Change;
  /** Present where the baseline has it otherwise. */
  readonly updated?: readonly Update[];
  /** Of a custom rule, which has no sentences in the catalogue. */
  readonly text?: CheckText;
  /** A safe edit of the file that mends it. */
  readonly fix?: readonly TextEdit[];
}

/** The sentences of a rule. `message` may hold `{name}` of params; the others are the same for all findings of a rule. */
export interface CheckText {
  readonly title: string;
  readonly message: string;
  readonly why: string;
  readonly remedy: string;
}

/** Replaces `[start, end)`, offsets in UTF-16 code units of the whole text, by `text`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What the looking at configuration came to. */
export interface ChecksReport {
  /** Worst first, then by file, line and id; suppressed ones included. */
  readonly findings: readonly CheckFinding[];
  /** Files that were looked at. */
  readonly files: number;
}
