import type { Epss, KevEntry, SsvcDecision } from './advisory.ts';
import type { Evidence } from './match.ts';
import type { LayerRef, Package } from './package.ts';
import type { CvssScore, SeverityLevel, SeverityStatement } from './severity.ts';
import type { Change, Suppression, Update } from './standing.ts';

/** `fixed`: an update exists. `affected`: none yet. The others are the vendor's own words. */
export type FixState = 'fixed' | 'affected' | 'will-not-fix' | 'fix-deferred' | 'end-of-life' | 'under-investigation';

/** One place in the target where a finding's package is. */
export interface FindingLocation {
  readonly path: string;
  /** The layer that first brought the package at this version. */
  readonly layer?: LayerRef;
  /** The last layer that changed it, where that is another. */
  readonly modified?: LayerRef;
  readonly packageId: string;
  /** Name of the OS package that owns the path. */
  readonly ownedBy?: string;
  /** sha256 over repository, version-less purl, flaw and path: stable across tags and versions. */
  readonly fingerprint: string;
}

/** One flaw in one package (type, name and version), with every place it is in. */
export interface Finding {
  readonly kind: 'vulnerability' | 'malware' | 'end-of-life';
  /** The CVE where there is one. */
  readonly id: string;
  /** Every other name of the flaw. */
  readonly aliases: readonly string[];
  /** The advisories that say so, each with its feed; DSA, RHSA, GHSA, GO stand here beside the CVE. */
  readonly advisories: readonly { readonly id: string; readonly feed: string; readonly url?: string }[];
  /** `affected` counts for gates; `undecided` makes a gate answer unknown; `not-applicable` is shown only. */
  readonly verdict: 'affected' | 'undecided' | 'not-applicable';
  readonly package: Pick<Package, 'type' | 'class' | 'name' | 'version' | 'purl' | 'arch' | 'source'>;
  readonly locations: readonly FindingLocation[];
  /** Fingerprint of the first location. */
  readonly fingerprint: string;
  readonly fix: { readonly state: FixState; readonly versions: readonly string[] };
  readonly severity: SeverityLevel;
  /** All opinions; the first is the one that `severity` follows. */
  readonly severities: readonly SeverityStatement[];
  readonly cvss: readonly CvssScore[];
  readonly epss?: Epss;
  readonly kev?: KevEntry;
  readonly ssvc?: SsvcDecision;
  readonly cwes?: readonly string[];
  readonly published?: string;
  readonly url?: string;
  /** One entry for each statement that led here, overridden ones included. */
  readonly evidence: readonly (Evidence & { readonly advisory: string; readonly feed: string })[];
  /** Set where somebody said not to count it; it stays in the report. */
  readonly suppressed?: Suppression;
  /** Present where there is a baseline. */
  readonly change?: Change;
  /** Present where the baseline has it otherwise. */
  readonly updated?: readonly Update[];
}

/** A package that no source assesses: counted and shown, never silently clean. */
export interface Unassessed {
  readonly packageId: string;
  readonly name: string;
  readonly version: string;
  readonly reason:
    | 'third-party-origin'
    | 'unknown-distribution'
    | 'no-data-for-release'
    | 'no-data-for-ecosystem'
    | 'no-version'
    | 'incomplete-name'
    | 'own-application';
}
