import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FeedInfo } from '../../model/index.ts';
import { PlimsollError } from '../../util/errors.ts';
import { advisorySources } from '../index.ts';
import type { ShardId } from '../types.ts';
import { type BuildPool, buildPool } from './build-pool.ts';
import { readAliases } from './common-task.ts';
import { generationsIn, publish, sweep, WORK_PREFIX } from './generations.ts';
import { claim, fetchDates, type InputFile, listFiles, seconds } from './inputs.ts';
import { MANIFEST_FILE, type Manifest, manifestOf, type ShardInfo } from './manifest.ts';
import type { ParseResult, ParseTask } from './parse-task.ts';
import { COMMON, shardFiles } from './shard-names.ts';
import type { ShardTask } from './shard-task.ts';
import { spilledLines } from './spill.ts';

export interface BuildOptions {
  /** Folder with the feeds' files. */
  readonly from: string;
  /** Folder of the database: generations and the file that names the current one. */
  readonly out: string;
  readonly now: Date;
  /** Threads; 0 builds in this one. */
  readonly workers: number;
  /** Bytes of input from which threads are worth their start; 4 MB unless told. */
  readonly threadsFrom?: number;
  /** Fetch date of every feed (RFC 3339); else `feeds.json` in the folder, else the files' own dates. */
  readonly fetchedAt?: string;
  readonly onProgress?: (progress: BuildProgress) => void;
}

export interface BuildProgress {
  readonly phase: 'read' | 'write';
  /** Bytes read, or shards written. */
  readonly done: number;
  readonly total: number;
  /** File or shard finished last. */
  readonly what: string;
}

export interface BuildOutcome {
  readonly manifest: Manifest;
  /** Folder of the new generation. */
  readonly path: string;
  readonly files: readonly ParseResult[];
  /** Files that no feed claims. */
  readonly unread: readonly string[];
  /** Bytes of the shards. */
  readonly size: number;
}

const THREADS_FROM = 4 * 1024 * 1024;

/**
 * Builds a database and makes it the current one. Nothing is seen by readers before all of it is on disk; a build that
 * fails or is killed leaves the old database as it was. The generation before stays for whoever is still reading it.
 */
export async function buildDatabase(options: BuildOptions): Promise<BuildOutcome> {
  const files = filesOf(options.from);
  const { claimed, unread } = claim(files, advisorySources);
  if (claimed.length === 0) throw new PlimsollError('database-no-feeds', { folder: options.from });
  const work = workFolder(options);
  const seen = generationsIn(options.out);
  const bytes = claimed.reduce((sum, { file }) => sum + file.size, 0);
  const workers = bytes < (options.threadsFrom ?? THREADS_FROM) ? 0 : options.workers;
  try {
    // Fresh threads for the second half: what the parsers left in their heaps would stay there.
    const results = await withPool(work, workers, (pool) => readFiles(pool, claimed, options));
    refuseGarbage(results, options.from);
    const folder = join(work, 'generation');
    mkdirSync(folder);
    const shards = await withPool(work, workers, (pool) => writeShards(pool, results, folder, options));
    const feeds = feedInfos(results, claimed, fetchedDates(options, files));
    const records = results.reduce((sum, result) => sum + result.records, 0);
    const manifest = manifestOf({ shards, feeds, records, builtAt: seconds(options.now), starter: false });
    writeFileSync(join(folder, MANIFEST_FILE), `${JSON.stringify(manifest)}\n`, { flush: true });
    const path = publish(folder, options.out, manifest, seen);
    return { manifest, path, files: results, unread, size: shards.reduce((sum, shard) => sum + shard.size, 0) };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function withPool<T>(work: string, workers: number, use: (pool: BuildPool) => Promise<T>): Promise<T> {
  const pool = buildPool(work, workers);
  try {
    return await use(pool);
  } finally {
    await pool.close();
  }
}

function workFolder({ out, now }: BuildOptions): string {
  try {
    mkdirSync(out, { recursive: true });
    sweep(out, now);
    return mkdtempSync(join(out, WORK_PREFIX));
  } catch (cause) {
    throw new PlimsollError('database-unwritable', { path: out, detail: message(cause) }, { cause });
  }
}

/** A file of which nothing could be read, or that is empty, is no feed: without this it would look like one that knows of no flaw. */
function refuseGarbage(results: readonly ParseResult[], from: string): void {
  for (const { name, records, leftOut, problems } of results) {
    if (records > 0 || Object.keys(leftOut).length > 0) continue;
    const [problem] = Object.keys(problems);
    const detail = problem === undefined ? 'no record' : `no usable record; the first: ${problem}`;
    throw new PlimsollError('database-input', { path: from, detail: `${name}: ${detail}` });
  }
}

function filesOf(from: string): readonly InputFile[] {
  try {
    return listFiles(from);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new PlimsollError('target-missing', { path: from }, { cause });
    if (code === 'ENOTDIR') throw new PlimsollError('target-not-folder', { path: from }, { cause });
    throw new PlimsollError('database-input', { path: from, detail: message(cause) }, { cause });
  }
}

function fetchedDates(options: BuildOptions, files: readonly InputFile[]): ReadonlyMap<string, string> {
  if (options.fetchedAt !== undefined) return new Map(advisorySources.map((source) => [source.id, options.fetchedAt!]));
  try {
    return fetchDates(options.from, files);
  } catch (cause) {
    throw new PlimsollError('database-input', { path: options.from, detail: message(cause) }, { cause });
  }
}

type Claimed = readonly { readonly file: InputFile; readonly feed: string }[];

async function readFiles(pool: BuildPool, claimed: Claimed, options: BuildOptions): Promise<readonly ParseResult[]> {
  // The largest first: the last file must not leave one thread alone with it.
  const ordered = [...claimed].sort((a, b) => b.file.size - a.file.size);
  const total = ordered.reduce((sum, { file }) => sum + file.size, 0);
  const sizes = new Map(ordered.map(({ file }) => [file.name, file.size]));
  let done = 0;
  const tasks: ParseTask[] = ordered.map(({ file, feed }) => ({
    kind: 'parse',
    feed,
    path: file.path,
    name: file.name,
    until: seconds(options.now),
  }));
  try {
    return await pool.all(tasks, (result) => {
      done += sizes.get(result.name) ?? 0;
      options.onProgress?.({ phase: 'read', done, total, what: result.name });
    });
  } catch (cause) {
    throw new PlimsollError('database-input', { path: options.from, detail: message(cause) }, { cause });
  }
}

async function writeShards(
  pool: BuildPool,
  results: readonly ParseResult[],
  folder: string,
  options: BuildOptions,
): Promise<readonly ShardInfo[]> {
  const inputs = new Map<ShardId, Set<string>>();
  for (const { shards } of results) {
    for (const [shard, file] of shards) inputs.set(shard, (inputs.get(shard) ?? new Set()).add(file));
  }
  const facts = [...new Set(results.map((result) => result.facts))];
  const bundles = readAliases(facts.map(spilledLines)).shared;
  const files = shardFiles([COMMON, ...[...inputs.keys()].sort()]);
  const enrichment = advisorySources.filter(
    (source) => source.kind === 'enrichment' && results.some((result) => result.feed === source.id),
  );
  const common = { kind: 'common' as const, inputs: facts, folder, file: files.get(COMMON)!, feeds: enrichment.map((source) => source.id) };
  const shards = [...inputs].map(
    ([id, paths]): ShardTask => ({ kind: 'shard', id, inputs: [...paths].sort(), folder, file: files.get(id)!, bundles }),
  );
  let done = 0;
  return pool.all([common, ...shards], (result) => {
    done += 1;
    options.onProgress?.({ phase: 'write', done, total: shards.length + 1, what: result.id });
  });
}

function feedInfos(results: readonly ParseResult[], claimed: Claimed, fetched: ReadonlyMap<string, string>): readonly FeedInfo[] {
  return advisorySources.flatMap((source) => {
    const own = results.filter((result) => result.feed === source.id);
    if (own.length === 0) return [];
    const newest = own
      .flatMap((result) => result.newest ?? [])
      .sort()
      .at(-1);
    // Oldest file: a feed is as old as its oldest part.
    const dates = claimed.filter((item) => item.feed === source.id).map((item) => item.file.modifiedAt);
    return [
      {
        id: source.id,
        title: source.title,
        licence: source.licence,
        source: source.homepage,
        records: own.reduce((sum, result) => sum + result.records, 0),
        fetchedAt: fetched.get(source.id) ?? dates.sort()[0]!,
        ...(newest ? { newestRecord: newest } : {}),
      },
    ];
  });
}

function message(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
