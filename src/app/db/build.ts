import { type BuildOptions, type BuildProgress, buildDatabase } from '../../advisories/db/build.ts';
import type { ParseResult } from '../../advisories/db/parse-task.ts';
import type { DatabaseInfo } from '../../model/index.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';

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

/** Records of a file that are not in the database, and why. */
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
  /** Records, and parts of records, that say nothing usable. */
  readonly problems: readonly DbProblem[];
  /** Records left out on purpose: withdrawn, no security matter, commits instead of versions. */
  readonly leftOut: readonly DbProblem[];
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
  const fetched = options.fetchedAt === undefined ? {} : { fetchedAt: pastDate(options.fetchedAt, options.now) };
  return buildOutcome({ ...options, ...fetched, workers: options.workers ?? 2 });
}

/** Builds a database and tells of it. */
export async function buildOutcome(options: BuildOptions): Promise<DbBuildResult> {
  const started = performance.now();
  const { manifest, path, files, unread, size } = await buildDatabase(options);
  const { schemaVersion, digest, builtAt, starter, feeds, records } = manifest;
  return {
    database: { schemaVersion, digest, builtAt, starter, feeds, records, path },
    statements: manifest.statements,
    flaws: manifest.flaws,
    shards: manifest.shards.length,
    problems: tallied(files, 'problems'),
    leftOut: tallied(files, 'leftOut'),
    unread,
    size,
    seconds: (performance.now() - started) / 1000,
    peakMemory: process.resourceUsage().maxRSS * 1024,
  };
}

/** A date that is none, or that has not come yet, would make the data look fresh for ever. */
function pastDate(value: string, now: Date): string {
  const time = /^\d{4}-\d\d-\d\d(?:[T ].+)?$/.test(value) ? Date.parse(value) : Number.NaN;
  if (time <= now.getTime()) return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
  throw new PlimsollError('date-invalid', { where: '--fetched-at', value }, { exitCode: EXIT.usage });
}

function tallied(files: readonly ParseResult[], kind: 'problems' | 'leftOut'): readonly DbProblem[] {
  return files
    .flatMap((file) => Object.entries(file[kind]).map(([reason, found]) => ({ feed: file.feed, file: file.name, reason, ...found })))
    .sort((a, b) => b.count - a.count);
}

export type { BuildProgress };
