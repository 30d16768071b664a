import type {
  Advisory,
  AdvisoryKey,
  DatabaseInfo,
  Ecosystem,
  Epss,
  FeedInfo,
  Flaw,
  KevEntry,
  SeverityLevel,
  SsvcDecision,
} from '../model/index.ts';
import type { ByteStream } from '../util/bytes.ts';

/** One file of a database: `Debian:12`, `npm`, `common`. */
export type ShardId = string;

/** A database opened for reading; many processes may have the same one open. Look-ups are synchronous and check block checksums. */
export interface AdvisoryDb {
  readonly info: DatabaseInfo;
  /** The shards that hold these ecosystems, and `common`; only those that exist. */
  shardsFor(ecosystems: Iterable<Ecosystem>): readonly ShardId[];
  /** Ids of the feeds that speak in these shards: their fetch dates are the age of the data a scan rests on. */
  feedsOf(shards: readonly ShardId[]): readonly string[];
  /** True where some feed of this database speaks of the ecosystem (release included) at all. */
  covers(ecosystem: string): boolean;
  /** The covered ecosystems of a family, `Red Hat` for `Red Hat:enterprise_linux:8::baseos`. */
  ecosystemsOf(family: string): readonly Ecosystem[];
  /** The products that a repository belongs to; undefined where nothing is known of it. */
  productsOf(repository: string): readonly string[] | undefined;
  lookup(key: AdvisoryKey): readonly Advisory[];
  /**
   * A flaw by any of its names; undefined where the database has nothing about it beyond statements, and where the name
   * belongs to several flaws (see `names`).
   */
  flaw(id: string): Flaw | undefined;
  /** The flaws that go by this name: the CVE where there is one, several for an advisory that covers several CVEs; the id itself where it has no other name. */
  names(id: string): readonly string[];
  /** Keys whose statements differ between the two, sorted. */
  diff(older: AdvisoryDb): readonly AdvisoryKey[];
  close(): void;
}

/** One upstream's file, open for reading. */
export interface FeedFile {
  /** Path below the folder that the database is built from, with forward slashes. */
  readonly name: string;
  /** The bytes as stored; helpers in this folder decompress by name. */
  open(): ByteStream;
}

/** One upstream record: what it says of each package, and what is common to all of them. */
export interface AdvisoryRecord extends Pick<Advisory, 'id' | 'kind' | 'form' | 'aliases' | 'flaws' | 'cvss'> {
  readonly published?: string;
  readonly modified?: string;
  readonly affected: readonly AffectedPackage[];
}

/** What a record says of one package in one ecosystem. `name` is normalised. */
export interface AffectedPackage extends Pick<Advisory, 'name' | 'ranges' | 'status'> {
  readonly ecosystem: Ecosystem;
  readonly versions?: readonly string[];
  readonly module?: string;
  readonly arches?: readonly string[];
  readonly severityLabel?: string;
  readonly imports?: Advisory['imports'];
}

/** Part of what one feed knows of a flaw; the build merges them and closes the alias graph. */
export interface FlawFact {
  readonly id: string;
  /** Other names of the very same flaw. An advisory that covers several CVEs lists all of them; the closure keeps them apart. */
  readonly aliases?: readonly string[];
  readonly cvss?: readonly { readonly vector: string; readonly source: string }[];
  readonly epss?: Epss;
  readonly kev?: KevEntry;
  readonly ssvc?: SsvcDecision;
  readonly cwes?: readonly string[];
  readonly published?: string;
  readonly severity?: { readonly level: SeverityLevel; readonly source: string };
}

/** Which products a repository belongs to, where images name their repositories and advisories name products. */
export interface RepositoryFact {
  /** As images name it: a Red Hat content set, `rhel-8-for-x86_64-baseos-rpms`. */
  readonly repository: string;
  /** Ecosystems without their family: `enterprise_linux:8::baseos`. */
  readonly products: readonly string[];
}

/** Takes what a parser finds. Calls are synchronous: hundreds of thousands of records pass through. */
export interface RecordSink {
  advisory(record: AdvisoryRecord): void;
  fact(fact: FlawFact): void;
  repository(fact: RepositoryFact): void;
  /** Counts a record, or a part of one, that says nothing usable; `reason` is one of few fixed texts, `id` an example. */
  problem(reason: string, id: string): void;
  /** Counts a record that was read and is left out on purpose: withdrawn, no security matter, commits instead of versions. */
  leftOut(reason: string, id: string): void;
}

/** An advisory source. `parse` is pure and testable from a file; a record that cannot be read is counted, not fatal. */
export interface AdvisorySource {
  /** Equal to its folder below src/advisories. */
  readonly id: string;
  readonly title: string;
  readonly licence: string;
  /** Where upstream publishes it. */
  readonly homepage: string;
  /**
   * `advisories` makes statements about packages; `enrichment` knows flaws only; `products` says which repositories belong to
   * which products, which does not change with age: a scan's data is not the older for it.
   */
  readonly kind: 'advisories' | 'enrichment' | 'products';
  /** True for files (by their name below the given folder) that belong to this feed. */
  claims(fileName: string): boolean;
  /** False where its terms let nobody pass it on: a database that holds it is not pushed. */
  readonly redistributable?: false;
  parse(file: FeedFile, sink: RecordSink): Promise<void>;
}

export type { DatabaseInfo, FeedInfo };
