import type { Decision } from './decision.ts';
import type { Digest } from './digest.ts';
import type { PackageType } from './package.ts';
import type { SeverityLevel } from './severity.ts';

/** What came, went and changed from one target to another. */
export interface Comparison {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'plimsoll'; readonly version: string };
  /** RFC 3339. */
  readonly createdAt: string;
  /** What is looked at. */
  readonly target: ComparedSide;
  /** What it is held against: what is there already. */
  readonly to: ComparedSide;
  readonly packages: {
    readonly added: readonly ComparedPackage[];
    readonly removed: readonly ComparedPackage[];
    /** In both, at other versions. */
    readonly changed: readonly ChangedPackage[];
    readonly unchanged: number;
  };
  readonly findings: {
    /** Worst first. */
    readonly added: readonly ComparedFinding[];
    readonly removed: readonly ComparedFinding[];
    /** In both, rated otherwise by now, or fixed somewhere by now; as they are in `target`. */
    readonly changed: readonly ChangedFinding[];
    /** In both, but for those in `changed`. */
    readonly unchanged: number;
  };
  /** Worst first; only severities that there are. What changed counts by what it is now. */
  readonly bySeverity: readonly {
    readonly severity: SeverityLevel;
    readonly added: number;
    readonly removed: number;
    readonly changed: number;
    readonly unchanged: number;
  }[];
  /** Findings that a display filter left out of the lists and counts; present where there are any. */
  readonly hidden?: number;
  /** The gate over what was added. */
  readonly decision: Decision;
}

export interface ComparedSide {
  /** As the user wrote it. */
  readonly spec: string;
  readonly name: string;
  readonly digest?: Digest;
  /** RFC 3339; of the report. */
  readonly createdAt: string;
  readonly packages: number;
  /** Those that count. */
  readonly findings: number;
  /** Those that exceptions and the like keep from counting; where there are any. */
  readonly suppressed?: number;
  /** Bytes of the layers as stored; of images. */
  readonly size?: number;
}

/** A package by type and name, at all its versions. */
export interface ComparedPackage {
  readonly type: PackageType;
  readonly name: string;
  readonly versions: readonly string[];
}

export interface ChangedPackage {
  readonly type: PackageType;
  readonly name: string;
  /** Versions of `to`. */
  readonly from: readonly string[];
  /** Versions of `target`. */
  readonly versions: readonly string[];
}

/** A finding of any kind, as far as a comparison needs it. */
export interface ComparedFinding {
  readonly kind: 'vulnerability' | 'malware' | 'end-of-life' | 'secret' | 'misconfiguration' | 'imported';
  readonly id: string;
  readonly severity: SeverityLevel;
  readonly package?: { readonly type: PackageType; readonly name: string; readonly version: string };
  /** Versions that an update can bring. */
  readonly fixedVersions?: readonly string[];
  /** The first place: a path in the image, a file, a setting. */
  readonly place?: string;
  readonly fingerprint: string;
}

export interface ChangedFinding extends ComparedFinding {
  /** What `to` says of it. */
  readonly from: { readonly severity: SeverityLevel; readonly fixedVersions?: readonly string[] };
}
