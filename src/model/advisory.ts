import type { SeverityLevel } from './severity.ts';

/**
 * OSV ecosystem name, with release where the ecosystem has any: `Debian:12`, `Alpine:v3.20`, `npm`, `PyPI`, `Maven`, `Go`.
 * Source: OSV schema, "Defined ecosystems".
 */
export type Ecosystem = string;

/** Key of a database look-up. `name` is normalised with `normaliseName`; for distributions it is the source package. */
export interface AdvisoryKey {
  readonly ecosystem: Ecosystem;
  readonly name: string;
}

/** Module of a statement whose vendor tells that it is about a module, and not about which stream of it. */
export const ANY_STREAM = '*';

/** One bound of an OSV range; exactly one field is set. `introduced: '0'` is "from the beginning". Source: OSV schema, affected[].ranges[].events. */
export type RangeEvent =
  | { readonly introduced: string }
  | { readonly fixed: string }
  | { readonly lastAffected: string }
  | { readonly limit: string };

/** What one source says of one package in one ecosystem. Two sources that disagree are two statements. */
export interface Advisory {
  /** The source's own id: `DSA-5123-1`, `CVE-2024-3094`, `GHSA-...`, `GO-2024-1`, `MAL-2024-1`. */
  readonly id: string;
  /** Feed id: `debian-osv`, `alpine-secdb`, `ghsa`, `govulndb`, ... */
  readonly feed: string;
  readonly ecosystem: Ecosystem;
  readonly name: string;
  /** `malware` for `MAL-` records. */
  readonly kind: 'vulnerability' | 'malware';
  /** `errata` bundles flaws (DSA, DLA, RHSA, SUSE-SU) listed in `flaws`; `flaw` describes one, its other names in `aliases`. */
  readonly form: 'flaw' | 'errata';
  /** Other ids of the very same flaw. */
  readonly aliases: readonly string[];
  /** For errata: the CVEs it fixes. */
  readonly flaws: readonly string[];
  /** A version is affected if it is inside any range or listed in `versions`. */
  readonly ranges: readonly (readonly RangeEvent[])[];
  readonly versions?: readonly string[];
  /** What the vendor says beyond ranges; `affected` where nothing is said. */
  readonly status: 'affected' | 'not-affected' | 'will-not-fix' | 'fix-deferred' | 'under-investigation' | 'end-of-life';
  /** Speaks of packages of this module stream (`nodejs:18`, or {@link ANY_STREAM}) only; without one, of packages outside modules. Gentoo: of this slot, or of all but some (`!1.2,1.5`). */
  readonly module?: string;
  /** Speaks of these architectures only, in the ecosystem's spelling. */
  readonly arches?: readonly string[];
  /** The vendor's own severity word for this package (`unimportant`, `Important`), lower case. */
  readonly severityLabel?: string;
  /** CVSS vectors of this statement, any version. */
  readonly cvss: readonly string[];
  /** Go: vulnerable import paths and symbols (none: the whole package). */
  readonly imports?: readonly { readonly path: string; readonly symbols?: readonly string[] }[];
  readonly published?: string;
  readonly modified?: string;
}

/** What is known of a flaw whoever's package it is in; from the common shard. */
export interface Flaw {
  readonly id: string;
  /** Closed over the alias graph: every other name of this flaw. CVE first. */
  readonly aliases: readonly string[];
  readonly cvss: readonly { readonly vector: string; readonly source: string }[];
  readonly epss?: Epss;
  readonly kev?: KevEntry;
  readonly ssvc?: SsvcDecision;
  readonly cwes?: readonly string[];
  readonly published?: string;
  /** The words of feeds that have one for a flaw whatever package it is in, one a feed, by its id. */
  readonly severities?: readonly { readonly level: SeverityLevel; readonly source: string }[];
}

/** Source: FIRST, EPSS data dictionary. Probability and percentile are 0 to 1. */
export interface Epss {
  readonly score: number;
  readonly percentile: number;
  readonly date: string;
}
/** Source: CISA Known Exploited Vulnerabilities catalogue. Dates are YYYY-MM-DD. */
export interface KevEntry {
  readonly dateAdded: string;
  readonly dueDate?: string;
  readonly ransomware: boolean;
}
/** Source: CISA SSVC guide; vulnrichment. */
export interface SsvcDecision {
  readonly exploitation: 'none' | 'poc' | 'active';
  readonly automatable: boolean;
  readonly technicalImpact: 'partial' | 'total';
  readonly date?: string;
}

/** One feed in a database, with what a report must say of it. */
export interface FeedInfo {
  readonly id: string;
  readonly title: string;
  readonly licence: string;
  readonly source: string;
  readonly records: number;
  /** When the feed was fetched (RFC 3339); the age of the database is that of the oldest feed a scan needs. */
  readonly fetchedAt: string;
  /** Date of the newest upstream record. */
  readonly newestRecord?: string;
}

export interface DatabaseInfo {
  readonly schemaVersion: number;
  /** sha256 over the shard digests: names the very content a report rests on. */
  readonly digest: string;
  readonly builtAt: string;
  /** True for the database that ships in the package. */
  readonly starter: boolean;
  readonly feeds: readonly FeedInfo[];
  readonly records: number;
  readonly path: string;
  /** Where it was fetched from: a reference, an address, a path. Absent for one that was built here, and for the starter. */
  readonly source?: string;
}
