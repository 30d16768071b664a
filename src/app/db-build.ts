import { type BuildProgress, buildDatabase } from '../advisories/db/build.ts';
import type { DatabaseInfo } from '../model/index.ts';

export interface DbBuildOptions {
  /** Folder with the feeds' files. */
  readonly from: string;
  /** Folder of the database, `<cache>/db`. */
  readonly out: string;
  readonly now: Date;
  /** When the feeds were fetched (RFC 3339), where neither `feeds.json` nor the files' own dates tell. */
  readonly fetchedAt?: string;
  /** Threads that read and write; two unless told. */
  readonly workers?: number;
  readonly onProgress?: (progress: BuildProgress) => void;
}

/** Part of a file that says nothing usable. */
export interface DbProblem {
  readonly feed: string;
  readonly file: string;
  readonly reason: string;
  readonly count: number;
  /** Id or line of one such record. */
  readonly example: string;
}

export interface DbBuildResult {
  readonly database: DatabaseInfo;
  readonly statements: number;
  readonly flaws: number;
  readonly shards: number;
  readonly problems: readonly DbProblem[];
  /** Files that no feed claims, below `from`. */
  readonly unread: readonly string[];
  /** Bytes on disk. */
  readonly size: number;
  readonly seconds: number;
  /** Peak resident memory of the process, bytes. */
  readonly peakMemory: number;
}

/** Builds the database out of a folder of feeds and makes it the current one. What was there before stays until all is done. */
export async function dbBuild(options: DbBuildOptions): Promise<DbBuildResult> {
  const started = performance.now();
  const { manifest, path, files, unread, size } = await buildDatabase({ ...options, workers: options.workers ?? 2 });
  const { schemaVersion, digest, builtAt, starter, feeds, records } = manifest;
  return {
    database: { schemaVersion, digest, builtAt, starter, feeds, records, path },
    statements: manifest.statements,
    flaws: manifest.flaws,
    shards: manifest.shards.length,
    problems: files
      .flatMap(({ feed, name, problems }) => Object.entries(problems).map(([reason, found]) => ({ feed, file: name, reason, ...found })))
      .sort((a, b) => b.count - a.count),
    unread,
    size,
    seconds: (performance.now() - started) / 1000,
    peakMemory: process.resourceUsage().maxRSS * 1024,
  };
}

export type { BuildProgress };
