import type { SeverityLevel } from './severity.ts';

/** What costs points. Malware counts as a critical vulnerability. */
export const SCORED_KINDS = ['vulnerability', 'end-of-life', 'secret', 'misconfiguration', 'imported'] as const;
export type ScoredKind = (typeof SCORED_KINDS)[number];

/** Points that one finding costs; what is not named costs none. */
export type Weights = Readonly<Partial<Record<ScoredKind, Readonly<Partial<Record<SeverityLevel, number>>>>>>;

/** How well an image stands, from 0 to 100, and what it lost points for. */
export interface Score {
  /** 100 less all points, at least 0. */
  readonly value: number;
  /** What there was of each kind and severity, worth points or not; most points first. */
  readonly items: readonly ScoreItem[];
}

export interface ScoreItem {
  readonly kind: ScoredKind;
  readonly severity: SeverityLevel;
  /** Findings that are not suppressed; a flaw counts once in a package, however many places it is in. */
  readonly count: number;
  /** Points for each. */
  readonly weight: number;
  /** `count` times `weight`. */
  readonly points: number;
}

/** Something to do, from what was found only; its sentence is in the catalogue by `code`, filled with `params`. */
export interface Recommendation {
  readonly code: 'update-package' | 'remove-package' | 'replace-release' | 'revoke-secret' | 'follow-check';
  readonly params: Readonly<Record<string, string | number>>;
  /** The rule whose remedy says how: a check's id, a kind of secret. */
  readonly rule?: string;
  /** Of the worst finding that it removes. */
  readonly severity: SeverityLevel;
  /** Findings that are gone once it is done. */
  readonly findings: number;
  /** Points of the score that they cost. */
  readonly points: number;
}

/** What the layers of an image take that a container never sees. */
export interface WastedSpace {
  /** Bytes, uncompressed, of files that an upper layer overwrites or deletes. */
  readonly bytes: number;
  readonly files: number;
  /** By layer that has them; only those that have any. */
  readonly layers: readonly { readonly index: number; readonly bytes: number; readonly files: number }[];
  /** The largest, at most 20. */
  readonly largest: readonly { readonly path: string; readonly bytes: number; readonly layer: number; readonly hiddenBy: number }[];
}

/** What a licence asks of those who pass the work on. `unknown`: the package states none. */
export type LicenseClass =
  | 'public-domain'
  | 'permissive'
  | 'weak-copyleft'
  | 'copyleft'
  | 'network-copyleft'
  | 'proprietary'
  | 'other'
  | 'unknown';

/** A licence, and how many packages are under it. */
export interface LicenseUse {
  /** SPDX expression, as packages have it; absent for those that state none. */
  readonly expression?: string;
  readonly class: LicenseClass;
  readonly packages: number;
}

/** Which line of the Dockerfile made which layer, as far as its instructions agree with the image's history. Lines count from 1. */
export interface DockerfileLines {
  /** As the user named it. */
  readonly file: string;
  readonly layers: readonly { readonly layer: number; readonly line: number }[];
}
