import { createHash } from 'node:crypto';
import type { FeedInfo } from '../../model/index.ts';
import type { ShardId } from '../types.ts';
import { COMMON } from './shard-names.ts';

export const MANIFEST_FILE = 'manifest.json';
/** Text file beside the generations that holds the name of the current one; replaced by rename. */
export const CURRENT_FILE = 'CURRENT';
/** Text file in a generation that came from elsewhere: where from. */
export const SOURCE_FILE = 'SOURCE';
export const SCHEMA_VERSION = 2;

/** One table of a database. Source: docs/database.md. */
export interface ShardInfo {
  readonly id: ShardId;
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256 of the file, hex. */
  readonly sha256: string;
  /** Checksum that the table's own checks rest on, hex. */
  readonly root: string;
  /** Ecosystems (release included) that the shard speaks of. */
  readonly ecosystems: readonly string[];
  /** Feeds with statements (or, in the common shard, facts) in it. */
  readonly feeds: readonly string[];
  /** Packages, or flaws and names in the common shard. */
  readonly keys: number;
  readonly statements: number;
}

/** `manifest.json`: what a database consists of. */
export interface Manifest {
  readonly format: 'plimsoll-db';
  readonly schemaVersion: number;
  readonly builtAt: string;
  readonly starter: boolean;
  readonly digest: string;
  readonly records: number;
  readonly statements: number;
  readonly flaws: number;
  readonly feeds: readonly FeedInfo[];
  readonly shards: readonly ShardInfo[];
  /** SHA-256 of all of the above as JSON, hex: dates and counts are as they were written. */
  readonly checksum: string;
}

/** The manifest of finished shards. */
export function manifestOf(content: Pick<Manifest, 'shards' | 'feeds' | 'records' | 'builtAt' | 'starter'>): Manifest {
  const shards = [...content.shards].sort((a, b) => (a.id < b.id ? -1 : 1));
  const manifest: Unsealed = {
    format: 'plimsoll-db',
    schemaVersion: SCHEMA_VERSION,
    builtAt: content.builtAt,
    starter: content.starter,
    digest: contentDigest(shards),
    records: content.records,
    statements: shards.reduce((sum, shard) => sum + shard.statements, 0),
    flaws: shards.find((shard) => shard.id === COMMON)?.keys ?? 0,
    feeds: content.feeds,
    shards,
  };
  return { ...manifest, checksum: checksumOf(manifest) };
}

type Unsealed = Omit<Manifest, 'checksum'>;

function checksumOf(manifest: Unsealed): string {
  return createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
}

/** Names the content: SHA-256 over what is in each shard, in order of their ids. Dates of fetching and building do not enter. */
export function contentDigest(shards: readonly Pick<ShardInfo, 'id' | 'sha256'>[]): string {
  const digest = createHash('sha256');
  for (const { id, sha256 } of [...shards].sort((a, b) => (a.id < b.id ? -1 : 1))) digest.update(`${id}\n${sha256}\n`);
  return `sha256:${digest.digest('hex')}`;
}

/** What is wrong with a manifest; `newer` where a later plimsoll wrote it. */
export type ManifestProblem =
  | { readonly problem: 'newer'; readonly version: number }
  | { readonly problem: 'damaged'; readonly detail: string };

/** A manifest from untrusted text. File names may not lead out of the folder; the digest must be that of the shards. */
export function parseManifest(text: string): Manifest | ManifestProblem {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return damaged('the manifest is not JSON');
  }
  const manifest = value as Manifest;
  if (typeof manifest !== 'object' || manifest === null || manifest.format !== 'plimsoll-db')
    return damaged('the manifest is not one of plimsoll');
  if (typeof manifest.schemaVersion !== 'number') return damaged('the manifest has no version');
  if (manifest.schemaVersion !== SCHEMA_VERSION) return { problem: 'newer', version: manifest.schemaVersion };
  if (typeof manifest.builtAt !== 'string' || typeof manifest.starter !== 'boolean' || typeof manifest.records !== 'number') {
    return damaged('the manifest lacks fields');
  }
  if (!Array.isArray(manifest.shards) || !manifest.shards.every(isShard)) return damaged('the list of shards');
  if (!Array.isArray(manifest.feeds) || !manifest.feeds.every(isFeed)) return damaged('the list of feeds');
  if (contentDigest(manifest.shards) !== manifest.digest) return damaged('the digest of the shards');
  const { checksum, ...rest } = manifest;
  if (checksumOf(rest) !== checksum) return damaged('the checksum of the manifest');
  return manifest;
}

function damaged(detail: string): ManifestProblem {
  return { problem: 'damaged', detail };
}

function isShard(value: unknown): value is ShardInfo {
  const shard = value as Partial<ShardInfo> | null;
  return (
    typeof shard === 'object' &&
    shard !== null &&
    typeof shard.id === 'string' &&
    typeof shard.file === 'string' &&
    /^[a-z0-9][a-z0-9.-]*$/.test(shard.file) &&
    typeof shard.size === 'number' &&
    typeof shard.sha256 === 'string' &&
    typeof shard.root === 'string' &&
    areStrings(shard.ecosystems) &&
    areStrings(shard.feeds)
  );
}

function isFeed(value: unknown): value is FeedInfo {
  const feed = value as Partial<FeedInfo> | null;
  return (
    typeof feed === 'object' &&
    feed !== null &&
    typeof feed.id === 'string' &&
    typeof feed.fetchedAt === 'string' &&
    typeof feed.records === 'number'
  );
}

function areStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
