import type {
  CheckFinding,
  Finding,
  FixState,
  ImportedFinding,
  LayerRef,
  PackageType,
  SecretFinding,
  SeverityLevel,
} from '../../model/index.ts';
import type { VersionRange } from './version-range.ts';

/** What an exception can be about. */
export const EXCEPTION_KINDS = ['vulnerability', 'malware', 'end-of-life', 'secret', 'misconfiguration', 'imported'] as const;
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number];

export type AnyFinding = Finding | SecretFinding | CheckFinding | ImportedFinding;

/** Whose syntax a file is in. */
export type ExceptionFormat = 'plimsoll' | 'trivy' | 'grype' | 'snyk';

/** What somebody accepted: everything that is given has to hold; of a list one. */
export interface ExceptionRule {
  /** As the user named it. */
  readonly file: string;
  /** That the rule begins at, from 1. */
  readonly line: number;
  /** Names of flaws and rules, any alias; `*` stands for any text. */
  readonly ids?: readonly string[];
  /** Package names or package URLs, with globs. */
  readonly packages?: readonly string[];
  /** The same as expressions that have to hold for the whole name, as Grype has them. */
  readonly packageExpressions?: readonly RegExp[];
  /** Names of source packages, with globs. */
  readonly sources?: readonly string[];
  readonly types?: readonly PackageType[];
  readonly versions?: VersionRange;
  /** Exactly these, as the package writes them. */
  readonly exactVersions?: readonly string[];
  /** Globs over paths without leading slash. */
  readonly paths?: readonly string[];
  /** What a finding of configuration is about: `Deployment/shop*`. */
  readonly resources?: readonly string[];
  readonly layers?: readonly LayerCondition[];
  readonly fixStates?: readonly FixState[];
  readonly maxSeverity?: SeverityLevel;
  readonly kinds?: readonly ExceptionKind[];
  /** Globs over the image's repository, with or without a tag. */
  readonly images?: readonly string[];
  readonly reason?: string;
  readonly owner?: string;
  readonly approver?: string;
  readonly ticket?: string;
  /** RFC 3339 full-date: the last day, UTC, that it counts. */
  readonly expires?: string;
}

/** `base`: the image that this one is built on; `own`: what was added to it; a digest (blob or diff, a prefix of 12 hex digits is enough) or an index from 0. */
export type LayerCondition = 'base' | 'own' | { readonly digest: string } | { readonly index: number };

/** A file of exceptions as read. */
export interface ExceptionFile {
  /** As the user named it. */
  readonly file: string;
  readonly format: ExceptionFormat;
  readonly rules: readonly ExceptionRule[];
  /** Parts of another tool's file that cannot be told here: they suppress nothing, and are named. */
  readonly left: readonly LeftOut[];
}

export interface LeftOut {
  readonly line: number;
  /** The key or the text, as written. */
  readonly what: string;
}

/** What a team asks of its exceptions. */
export interface Demands {
  /** Fields that each exception must have beside its reason. */
  readonly require?: readonly RequiredField[];
  /** Days from now that an exception may last at most; each then needs a day of expiry. */
  readonly longestDays?: number;
  readonly now: Date;
}

const REQUIRED_FIELDS = ['owner', 'approver', 'ticket', 'expires'] as const;
export type RequiredField = (typeof REQUIRED_FIELDS)[number];

/** One place of a finding, as far as exceptions ask. */
export interface ExceptionPlace {
  readonly path?: string;
  readonly layer?: LayerRef;
}
