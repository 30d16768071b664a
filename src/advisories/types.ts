import type { Advisory, AdvisoryKey, DatabaseInfo, Epss, FeedInfo, Flaw, Inventory, KevEntry, SsvcDecision } from '../model/index.ts';
import type { ByteStream } from '../util/bytes.ts';

export type ShardId = string;

/** A database opened for reading; many processes may have the same one open. Look-ups are synchronous and check block checksums. */
export interface AdvisoryDb {
  readonly info: DatabaseInfo;
  /** The shards that matching this inventory needs. */
  shardsFor(inventory: Inventory): readonly ShardId[];
  /** True where some feed of this database speaks of the ecosystem (release included) at all. */
  covers(ecosystem: string): boolean;
  lookup(key: AdvisoryKey): readonly Advisory[];
  /** A flaw by any of its names; undefined where the database has nothing about it beyond statements. */
  flaw(id: string): Flaw | undefined;
  /** Keys whose statements differ between the two. */
  diff(older: AdvisoryDb): readonly AdvisoryKey[];
  close(): void;
}

/** One upstream's file, open for reading. */
export interface FeedFile {
  /** Path below the feed's folder. */
  readonly name: string;
  open(): ByteStream;
}

/** What a parser yields: statements for package shards, facts for the common shard. */
export type FeedRecord = { readonly kind: 'advisory'; readonly advisory: Advisory } | { readonly kind: 'flaw'; readonly flaw: FlawFact };

/** Part of what one feed knows of a flaw; the build merges them and closes the alias graph. */
export interface FlawFact {
  readonly id: string;
  readonly aliases?: readonly string[];
  readonly cvss?: readonly { readonly vector: string; readonly source: string }[];
  readonly epss?: Epss;
  readonly kev?: KevEntry;
  readonly ssvc?: SsvcDecision;
  readonly cwes?: readonly string[];
  readonly published?: string;
}

/** An advisory source. `parse` is pure and testable from a file; a record that cannot be read is counted, not fatal. */
export interface AdvisorySource {
  readonly id: string;
  readonly title: string;
  readonly licence: string;
  /** Where upstream publishes it. */
  readonly homepage: string;
  /** True for files (by their name below the given folder) that belong to this feed. */
  claims(fileName: string): boolean;
  parse(file: FeedFile, report: (problem: string) => void): AsyncIterable<FeedRecord>;
}

export type { DatabaseInfo, FeedInfo };
