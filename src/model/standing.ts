import type { ComparedPackage } from './comparison.ts';
import type { Digest } from './digest.ts';
import type { LayerRef } from './package.ts';
import type { SeverityLevel } from './severity.ts';

/** Why a finding of any kind is shown and not counted. */
export interface Suppression {
  /** `origin`: the tool that reported it had suppressed it. */
  readonly by: 'exception' | 'baseline' | 'pragma' | 'settings' | 'origin';
  readonly reason?: string;
  /** The exception that did it. */
  readonly exception?: AppliedException;
}

/** Who accepted what until when, and where that is written. */
export interface AppliedException {
  /** As the user named the file, and the line that the exception begins at, from 1. */
  readonly file: string;
  readonly line?: number;
  readonly owner?: string;
  readonly approver?: string;
  readonly ticket?: string;
  /** RFC 3339 full-date; it counts until that day's end, UTC. */
  readonly expires?: string;
}

/** The files of exceptions that findings were held against. */
export interface ExceptionsReport {
  readonly files: readonly {
    /** As the user named it. */
    readonly file: string;
    /** Whose syntax it is in. */
    readonly format: 'plimsoll' | 'trivy' | 'grype' | 'snyk';
    /** Exceptions in it, those for other images included. */
    readonly rules: number;
    /** Exceptions of it that keep a finding from counting: in force, and needed. Reports written before this was counted lack it. */
    readonly applied?: number;
    /** Findings that it keeps from counting. */
    readonly suppressed: number;
  }[];
}

/**
 * How a finding stands against a baseline. `new-by-change`: what it is about came, changed or moved. `new-by-disclosure`: that was there
 * already, and has become known since; vulnerabilities only.
 */
export type Change = 'new-by-change' | 'new-by-disclosure' | 'unchanged';

/** In what a finding differs from the same one of the baseline: the package's version, the severity, the versions that mend it, the verdict. */
export type Update = 'version' | 'severity' | 'fix' | 'verdict';

/** What findings were held against. */
export interface BaselineReport {
  /** As the user named it: a report's file or an image. */
  readonly spec: string;
  readonly createdAt: string;
  readonly digest?: Digest;
  /** What is not found any more; worst first. */
  readonly fixed: readonly FixedFinding[];
  /** Packages, by type and name, that are not there any more; in comparisons. */
  readonly removed?: readonly ComparedPackage[];
}

/** A finding of the baseline that is gone, as far as readers ask. */
export interface FixedFinding {
  readonly kind: string;
  readonly id: string;
  readonly severity: SeverityLevel;
  /** The package with its version, or the place. */
  readonly what: string;
  readonly fingerprint: string;
  /**
   * `gone`: what it was about is not there any more; `changed`: it is, at another version; `not-stated`: it is as it was, and nothing says
   * so any more.
   */
  readonly why?: 'gone' | 'changed' | 'not-stated';
}

/** The image that an image is built on: its lowest layers are those of the base. */
export interface BaseImage {
  /** A reference, where it is known. */
  readonly name?: string;
  readonly digest?: Digest;
  /** How many of the image's layers are the base's; layers with a lower index are from it. 0 where it is not known. */
  readonly layers: number;
  /** What says so: OCI annotations, a provenance attestation, layer digests known to an index, the Dockerfile's FROM, the history; `given`: the user. */
  readonly evidence: 'annotation' | 'provenance' | 'index' | 'dockerfile' | 'history' | 'given';
  readonly confidence: 'high' | 'medium' | 'low';
}

/** Findings of other tools, as they wrote them in SARIF. */
export interface ImportedReport {
  readonly sources: readonly ImportedSource[];
  /** Worst first; suppressed ones included. */
  readonly findings: readonly ImportedFinding[];
}

/** One run of a tool. */
export interface ImportedSource {
  readonly file: string;
  readonly tool: string;
  readonly version?: string;
  readonly findings: number;
  /** The tool says that it failed, and found nothing: that may not be all. */
  readonly failed?: true;
}

/** A finding that another tool made. */
export interface ImportedFinding {
  readonly kind: 'imported';
  readonly tool: string;
  /** The tool's own rule. */
  readonly id: string;
  readonly severity: SeverityLevel;
  readonly title: string;
  readonly message: string;
  readonly help?: string;
  readonly url?: string;
  readonly location?: {
    readonly file: string;
    readonly line?: number;
    readonly column?: number;
    readonly endLine?: number;
    readonly endColumn?: number;
    readonly layer?: LayerRef;
  };
  /** Where it is, in the tool's words, where that is no file: `shop.Cart.total`. */
  readonly logical?: string;
  /** `CWE-79`. */
  readonly cwes?: readonly string[];
  readonly snippet?: string;
  /** The tool's own where it has one, else sha256 hex over tool, rule, file and message. */
  readonly fingerprint: string;
  readonly suppressed?: Suppression;
  readonly change?: Change;
  /** Present where the baseline has it otherwise. */
  readonly updated?: readonly Update[];
}
