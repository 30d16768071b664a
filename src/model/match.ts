import type { Advisory, Flaw } from './advisory.ts';
import type { Package } from './package.ts';

/** Why a verdict came out as it did; shown by `explain` and in the JSON report. */
export interface Evidence {
  /** `range`, `version-list`, `vendor-status`, `kernel-in-container`, `owned-by-os-package`, ... */
  readonly rule: string;
  /** The version compared and the bound that decided, in words: `4.17.15 < 4.17.21 (semver)`. */
  readonly detail: string;
}

export type Verdict =
  | { readonly kind: 'affected'; readonly because: Evidence }
  | { readonly kind: 'not-affected'; readonly because: Evidence }
  /** Present and affected by the letter, of no consequence here (kernel headers in a container): shown, not gated. */
  | { readonly kind: 'not-applicable'; readonly because: Evidence }
  /** Could not be decided (unparsable version, tools disagree): never counts as safe. */
  | { readonly kind: 'undecided'; readonly reason: string };

/** One advisory statement held against one package. `not-affected` verdicts are kept where they override another source. */
export interface Match {
  readonly package: Package;
  readonly advisory: Advisory;
  /** The CVE (or the advisory's own id where there is none) that this match is about; errata give one match per CVE. */
  readonly flaw: Flaw;
  readonly verdict: Verdict;
  /** Versions that fix it: that of the package's own release stream first, those of later ones after it; empty where there is none. */
  readonly fixedVersions: readonly string[];
}
