import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { FeedInfo } from '../../model/index.ts';
import { PlimsollError } from '../../util/errors.ts';
import { advisorySources } from '../index.ts';
import type { ShardId } from '../types.ts';
import { archiveSlices } from './archive.ts';
import { type BuildPool, buildPool } from './build-pool.ts';
import type { ReadTask } from './build-tasks.ts';
import { readAliases } from './common-task.ts';
import { generationsIn, publish, sweep, WORK_PREFIX } from './generations.ts';
import { claim, fetchDates, type InputFile, listFiles, seconds } from './inputs.ts';
import { MANIFEST_FILE, type Manifest, manifestOf, type ShardInfo } from './manifest.ts';
import { type ParseResult, together } from './parse-task.ts';
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
  /** Fetch date of every feed, or of each (RFC 3339); else `feeds.json` in the folder, else the files' own dates. */
  readonly fetchedAt?: string | ReadonlyMap<string, string>;
  /** The one folder at the top of `from` that a feed is read from; feeds that are not named are not read. All of it unless told. */
  readonly folders?: ReadonlyMap<string, string>;
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
  const { claimed, archives, unread } = claim(files, advisorySources, options.folders);
  if (claimed.length + archives.length === 0) throw new PlimsollError('database-no-feeds', { folder: options.from });
  const work = workFolder(options);
  const seen = generationsIn(options.out);
  const inputs = [...claimed.map(({ file }) => file), ...archives];
  const bytes = inputs.reduce((sum, { size }) => sum + size, 0);
  const workers = bytes < (options.threadsFrom ?? THREADS_FROM) ? 0 : options.workers;
  try {
    // Fresh threads for the second half: what the parsers left in their heaps would stay there.
    const tasks = await readTasks(claimed, archives, options);
    const { parts, foreign } = await withPool(work, workers, (pool) => readFiles(pool, tasks, options));
    const results = merged(parts);
    if (results.length === 0) throw new PlimsollError('database-no-feeds', { folder: options.from });
    refuseGarbage(results, options.from);
    const folder = join(work, 'generation');
    mkdirSync(folder);
    const shards = await withPool(work, workers, (pool) => writeShards(pool, parts, folder, options));
    const feeds = feedInfos(results, inputs, fetchedDates(options, files));
    const records = results.reduce((sum, result) => sum + result.records, 0);
    const manifest = manifestOf({ shards, feeds, records, builtAt: seconds(options.now), starter: false });
    writeFileSync(join(folder, MANIFEST_FILE), `${JSON.stringify(manifest)}\n`, { flush: true });
    const path = publish(folder, options.out, manifest, seen);
    return { manifest, path, files: results, unread: [...unread, ...foreign], size: shards.reduce((sum, shard) => sum + shard.size, 0) };
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

/**
 * A file of which nothing could be read, or that is empty, is no feed: without this it would look like one that knows of no flaw. Files of
 * one record each are judged with all of their feed: the only one that changed since an archive may say nothing usable.
 */
function refuseGarbage(results: readonly ParseResult[], from: string): void {
  const isRecord = ({ feed, name }: ParseResult) => advisorySources.find(({ id }) => id === feed)?.isRecord?.(name) === true;
  const says = ({ records, leftOut }: ParseResult) => records > 0 || Object.keys(leftOut).length > 0;
  const speaking = new Set(results.filter(says).map(({ feed }) => feed));
  const wholes = Map.groupBy(results, (result) => (isRecord(result) ? result.feed : `${result.feed} ${result.name}`));
  for (const parts of wholes.values()) {
    const whole = parts.reduce(together);
    if (says(whole) || (isRecord(whole) && speaking.has(whole.feed))) continue;
    const { name, problems } = whole;
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
  const { fetchedAt } = options;
  if (typeof fetchedAt === 'string') return new Map(advisorySources.map((source) => [source.id, fetchedAt]));
  if (fetchedAt !== undefined) return fetchedAt;
  try {
    return fetchDates(options.from, files);
  } catch (cause) {
    throw new PlimsollError('database-input', { path: options.from, detail: message(cause) }, { cause });
  }
}

type Claimed = readonly { readonly file: InputFile; readonly feed: string }[];
/** A task and the bytes of input that it is. */
type Sized = { readonly task: ReadTask; readonly size: number };

/** The largest first: the last file must not leave one thread alone with it. */
async function readTasks(claimed: Claimed, archives: readonly InputFile[], options: BuildOptions): Promise<readonly Sized[]> {
  const until = seconds(options.now);
  const loose = Map.groupBy(
    claimed.map(({ file }) => file.name),
    (name) => posix.dirname(name),
  );
  const tasks: Sized[] = claimed.map(({ file: { path, name, size }, feed }) => ({
    task: { kind: 'parse', feed, path, name, until },
    size,
  }));
  for (const { path, name, size } of archives) {
    const replaced = new Set(loose.get(posix.dirname(name))?.map((file) => posix.basename(file)));
    const slices = await reading(options, name, () => archiveSlices(path));
    for (const slice of slices)
      tasks.push({
        task: { kind: 'archive', path, name, until, replaced, folders: options.folders, ...slice },
        size: size / slices.length,
      });
  }
  return tasks.sort((a, b) => b.size - a.size);
}

async function readFiles(pool: BuildPool, tasks: readonly Sized[], options: BuildOptions) {
  const total = Math.round(tasks.reduce((sum, { size }) => sum + size, 0));
  const sizes = new Map(tasks.map(({ task, size }) => [task, size]));
  let done = 0;
  const read = await reading(options, '', () =>
    pool.all(
      tasks.map(({ task }) => task),
      ({ name }, task) => {
        done += sizes.get(task) ?? 0;
        options.onProgress?.({ phase: 'read', done: Math.min(total, Math.round(done)), total, what: name });
      },
    ),
  );
  const foreign = read.flatMap((result) => ('results' in result && result.unread > 0 && result.results.length === 0 ? [result.name] : []));
  return { parts: read.flatMap((result) => ('results' in result ? result.results : [result])), foreign: [...new Set(foreign)] };
}

/** What the parts of one archive gave is one result, as it is for a file; where it was spilled to is known from the parts alone. */
function merged(results: readonly ParseResult[]): readonly ParseResult[] {
  return [...Map.groupBy(results, ({ feed, name }) => `${feed} ${name}`).values()].flatMap((parts) =>
    parts.length === 1 ? parts : [parts.reduce(together)],
  );
}

async function reading<T>({ from }: BuildOptions, name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const detail = name === '' ? message(cause) : `${name}: ${message(cause)}`;
    throw new PlimsollError('database-input', { path: from, detail }, { cause });
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

function feedInfos(
  results: readonly ParseResult[],
  inputs: readonly InputFile[],
  fetched: ReadonlyMap<string, string>,
): readonly FeedInfo[] {
  const modified = new Map(inputs.map(({ name, modifiedAt }) => [name, modifiedAt]));
  return advisorySources.flatMap((source) => {
    const own = results.filter((result) => result.feed === source.id);
    if (own.length === 0) return [];
    const newest = own
      .flatMap((result) => result.newest ?? [])
      .sort()
      .at(-1);
    // Oldest file: a feed is as old as its oldest part.
    const dates = own.flatMap(({ name }) => modified.get(name) ?? []);
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
