import type { Advisory, AdvisoryKey, DatabaseInfo, Ecosystem, Epss, Flaw, KevEntry, SeverityLevel, SsvcDecision } from '../model/index.ts';
import type { ByteStream, Bytes } from '../util/bytes.ts';

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
  /** Has ready what look-ups of these will ask for: much cheaper than one by one. Changes no answer. */
  prepare(keys: Iterable<AdvisoryKey>): void;
  /** The same for flaws. */
  prepareFlaws(ids: Iterable<string>): void;
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
  /** True for files that hold one record each, of many: one of them may say nothing usable, and is counted like any record. */
  isRecord?(fileName: string): boolean;
  /** False where its terms let nobody pass it on: a database that holds it is not pushed. */
  readonly redistributable?: false;
  parse(file: FeedFile, sink: RecordSink): Promise<void>;
}

/**
 * Where files of feeds come from and how a mirror of them is kept up to date. One upstream may serve several feeds (osv.dev
 * has most of them in one bucket), and a feed may have several upstreams.
 */
export interface Upstream {
  /** `osv`, `debian-tracker`, `nvd`: its name on the command line, in the settings and below the mirror's folder. */
  readonly id: string;
  readonly title: string;
  /** Ids of the feeds that its files belong to. */
  readonly feeds: readonly string[];
  /** Its address, with a slash at the end. Another one in the same layout may stand in, `https:`, `http:` or `file:`. */
  readonly url: string;
  /** False where it is updated only when it is asked for by name. */
  readonly always?: false;
  /** Brings the mirror up to date. Throws a PlimsollError; what was mirrored before then stays as it was. */
  update(mirror: Mirror): Promise<void>;
}

/** What became of a file: other bytes than before, the same (304, or equal bytes), or upstream has none (404, 410). */
export type Fetched = 'new' | 'same' | 'absent';

/** An upstream's files on this machine, and the way to their originals. Names and addresses are relative, with forward slashes. */
export interface Mirror {
  /**
   * Has the file `name` (default: the path of the address, as it is below the upstream's own) hold what `address` has now: asked
   * for by ETag or date where the server knows them, continued by range after a break, in place only when it is whole. An
   * address with a scheme (as redirects and indexes give them) is taken as it is. What `flaw` finds wrong with the whole file
   * (undefined where it is well) keeps it from taking the place of what was there: feed-malformed.
   */
  fetch(address: string, name?: string, flaw?: (bytes: Bytes) => string | undefined): Promise<Fetched>;
  /** A document that is not kept: an index, a page of an API. Refused beyond `limit` bytes; undefined where there is none (404, 410). */
  get(
    address: string,
    options?: { readonly limit?: number; readonly headers?: Readonly<Record<string, string>> },
  ): Promise<Bytes | undefined>;
  /** The names that end the folder `address` where upstream is a `file:` folder, as a checked out repository is; undefined elsewhere. */
  list(address: string): readonly string[] | undefined;
  /** Names of the files that are mirrored, sorted. */
  names(): readonly string[];
  read(name: string): Bytes;
  /** When upstream says that a fetched file was last changed; undefined where it does not say. */
  modifiedAt(name: string): string | undefined;
  write(name: string, bytes: Bytes): void;
  remove(name: string): void;
  /** What an earlier update remembered: a cursor, the date of the last change that was seen. */
  recall(key: string): string | undefined;
  remember(key: string, value: string): void;
  /** Waits where an upstream asks for so many requests a minute and no more. */
  pause(milliseconds: number): Promise<void>;
  readonly now: Date;
  /** A secret of the user's for this upstream: an API key. */
  readonly key?: string;
}
