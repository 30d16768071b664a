import type {
  Advisory,
  AdvisoryKey,
  CvssScore,
  Finding,
  Flaw,
  Match,
  SeverityLevel,
  SeverityStatement,
  Unassessed,
} from '../model/index.ts';

/** What matching needs of a database; an opened `AdvisoryDb` is one. All look-ups are synchronous. */
export interface Knowledge {
  /** True where some feed speaks of the ecosystem (release included) at all. */
  covers(ecosystem: string): boolean;
  /** The covered ecosystems of a family, `Red Hat` for `Red Hat:enterprise_linux:8::baseos`. */
  ecosystemsOf(family: string): readonly string[];
  /** The products that a repository belongs to (`enterprise_linux:8::baseos`); undefined where nothing is known of it. */
  productsOf(repository: string): readonly string[] | undefined;
  /** Says what will be looked up, and of which flaws, so that the database can read it together. Changes no answer. */
  prepare?(keys: Iterable<AdvisoryKey>): void;
  prepareFlaws?(ids: Iterable<string>): void;
  lookup(key: AdvisoryKey): readonly Advisory[];
  /** A flaw by any of its names; undefined where nothing is known of it, or the name belongs to several. */
  flaw(id: string): Flaw | undefined;
  /** The flaws that go by a name: the CVE where there is one, several for an advisory on several CVEs, else the name itself. */
  names(id: string): readonly string[];
}

export interface MatchResult {
  /** Ordered by package, then flaw, then rank of the statement: the one that decided comes first. */
  readonly matches: readonly Match[];
  readonly unassessed: readonly Unassessed[];
}

/** Severity of a finding with every opinion on it. Injected, because matching knows nothing of risk. */
export interface Rating {
  readonly severity: SeverityLevel;
  readonly severities: readonly SeverityStatement[];
  readonly cvss: readonly CvssScore[];
}

/** `statements` are those that count, the deciding one first. */
export type Rate = (input: { readonly kind: Finding['kind']; readonly flaw: Flaw; readonly statements: readonly Advisory[] }) => Rating;
