import type { CheckFinding, CheckText, SeverityLevel, TextEdit } from '../model/index.ts';
import type { FoundSecret } from '../secrets/types.ts';
import type { Scope } from './pragmas.ts';

/** Offsets in UTF-16 code units of the whole text; the end is exclusive. Lines and columns are made of them by `place`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a rule says when it meets what it looks for. */
export interface Reported {
  readonly params?: Readonly<Record<string, string | number>>;
  /** See CheckFinding. */
  readonly resource?: string;
  readonly fix?: readonly TextEdit[];
  /** Instead of the rule's own, where it depends on what was met. */
  readonly severity?: SeverityLevel;
  /** Parts of the text that hold a secret: the snippet shows asterisks in their place. They belong into no param. */
  readonly masked?: readonly Span[];
}

/** What is said of a rule wherever it is listed. */
export interface RuleFacts {
  /** `domain/what-is-wrong`; its sentences stand under this id in src/messages/checks. */
  readonly id: string;
  readonly aliases: readonly string[];
  readonly severity: SeverityLevel;
  readonly benchmarks?: readonly string[];
  /** At least one page of the authority that the rule follows. */
  readonly references: readonly string[];
  /** True: looked at only where a setting names the rule. */
  readonly optIn?: boolean;
  /** Of a custom rule, which has no sentences in the catalogue. */
  readonly text?: CheckText;
}

/** One rule over a parsed document. Pure. */
export interface CheckRule<Document> extends RuleFacts {
  check(document: Document, report: (at: Span, reported?: Reported) => void): void;
}

/** A text to be checked, as the user named it. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

export interface CheckContext {
  /** Names of the files that lie beside the document (the build's context), where they are known. */
  readonly beside?: ReadonlySet<string> | undefined;
  /** Text of a file of the context, undefined where there is none. */
  readonly read?: (path: string) => string | undefined;
  /** Replaces secrets in a line that will be shown; keeps its length where it can. */
  readonly mask?: (line: string) => string;
  /** Secrets by their form, in a text of any length; where it is not given, only names tell of secrets. */
  readonly secretsIn?: (text: string) => readonly Pick<FoundSecret, 'service' | 'line'>[];
  /** An SPDX identifier or expression; where it is not given, licences are not judged. */
  readonly isLicense?: (text: string) => boolean;
  /** An ignore without a reason does not count, and is a finding of its own. */
  readonly requireReason?: boolean;
  /** `1.30`: whose rules manifests of Kubernetes are judged by; the newest known where it is absent. */
  readonly kubernetesVersion?: string;
}

/**
 * Runs a program of the user's machine with a text on its standard input and gives what it writes; undefined where it is not
 * installed, does not end in time or writes too much. How it exits says nothing: linters exit with 1 where they find something.
 */
export type RunTool = (program: string, args: readonly string[], input: string) => Promise<string | undefined>;

/** A kind of document. Malformed text is a finding of the rule `<id>/syntax`, never a throw. */
export interface Checker {
  /** Equal to its folder below src/checks. */
  readonly id: string;
  /** By name, and by content where names say nothing. */
  recognises(source: SourceText): boolean;
  /** Every rule it has, for listing and documentation. */
  readonly rules: readonly RuleFacts[];
  /** Pure. In the order of the document; suppressed findings included; every rule but those that are opt-in and not named in `enabled`. */
  check(source: SourceText, context: CheckContext, enabled?: ReadonlySet<string>): readonly CheckFinding[];
  /** The lines that an ignore on or above a line covers; the line alone where it is not given. */
  scope?(source: SourceText): Scope;
  /** The mildest severity that is to fail, as a file beside the document says it; `none`: nothing fails. */
  gate?(context: CheckContext): SeverityLevel | 'none' | undefined;
  /** What programs that are installed find beyond that: shellcheck. Findings as of `check`. */
  checkWith?(source: SourceText, context: CheckContext, run: RunTool): Promise<readonly CheckFinding[]>;
}
