import { join } from 'node:path';
import { seconds } from '../../advisories/db/inputs.ts';
import { currentManifest, redateDatabase } from '../../advisories/db/redate.ts';
import { advisorySources } from '../../advisories/index.ts';
import { baseUrls } from '../../advisories/mirror/addresses.ts';
import { type DiskMirror, openMirror } from '../../advisories/mirror/index.ts';
import { lockFeeds } from '../../advisories/mirror/lock.ts';
import { readState } from '../../advisories/mirror/state.ts';
import type { Upstream } from '../../advisories/types.ts';
import { upstreams as known } from '../../advisories/upstreams.ts';
import type { DatabaseInfo } from '../../model/index.ts';
import { withoutSecrets } from '../../util/addresses.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import type { Http } from '../../util/http/types.ts';
import { inParallel } from '../../util/in-parallel.ts';
import { webClient } from '../registry-access.ts';
import { type BuildProgress, buildOutcome, type DbBuildResult } from './build.ts';
import {
  builtFrom,
  feedsFolder,
  fingerprint,
  type MirroredUpstream,
  mirrored,
  mirrorStatus,
  noteBuilt,
  oneFolderAFeed,
} from './feed-mirrors.ts';

/** What a user says of upstreams, by their id. */
export type UpstreamSettings = Readonly<Record<string, { readonly urls?: readonly string[]; readonly enabled?: boolean }>>;

export interface DbUpdateOptions {
  /** Upstreams to update; none: all that are enabled. */
  readonly names: readonly string[];
  readonly cacheDir: string;
  /** Folder of the database. */
  readonly out: string;
  readonly now: Date;
  readonly offline: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly caFile?: string;
  readonly settings?: UpstreamSettings;
  /** API keys by upstream. */
  readonly keys?: Readonly<Record<string, string>>;
  readonly workers?: number;
  readonly onProgress?: (progress: UpdateProgress) => void;
  /** Instead of the network, and of the upstreams that the program knows. */
  readonly http?: Http;
  readonly upstreams?: readonly Upstream[];
}

export type UpdateProgress =
  | {
      readonly phase: 'fetch';
      /** Upstreams that are done, and all. */
      readonly done: number;
      readonly total: number;
      /** Bytes so far. */
      readonly bytes: number;
      /** Upstream and file that came last. */
      readonly what: string;
    }
  | BuildProgress;

export interface UpstreamOutcome {
  readonly id: string;
  readonly outcome: 'changed' | 'same' | 'failed';
  /** Bytes that were fetched. */
  readonly bytes: number;
  /** Files that are other than before. */
  readonly changed: number;
  /** When it was last updated with success, RFC 3339; absent where it never was. */
  readonly updatedAt?: string;
  /** Age of what is mirrored, in days. */
  readonly ageDays?: number;
  readonly error?: PlimsollError;
}

export interface DbUpdateResult {
  readonly upstreams: readonly UpstreamOutcome[];
  /** Absent where nothing had changed since the database was built. */
  readonly built?: DbBuildResult;
  readonly database: DatabaseInfo;
  /** Upstreams that are enabled and of which nothing was ever fetched: the database knows nothing of what they say. */
  readonly never: readonly string[];
  readonly seconds: number;
}

/** Upstreams at a time; each server sees one of them at most. */
const AT_ONCE = 4;
const DAY = 24 * 60 * 60 * 1000;

/**
 * Brings the mirrored feeds up to date and builds the database out of them, unless nothing changed. An upstream that fails keeps
 * what was mirrored of it, and the others go on.
 *
 * @throws PlimsollError upstream-unknown, feed-url-invalid, update-running, update-failed (all of them), update-useless, offline, those of `db build`
 */
export async function dbUpdate(options: DbUpdateOptions): Promise<DbUpdateResult> {
  const started = performance.now();
  const all = options.upstreams ?? known;
  const chosen = chooseUpstreams(all, options);
  refuseOffline(chosen, options);
  const http = options.http ?? (await webClient(options));
  const folder = feedsFolder(options.cacheDir);
  const unlock = lockFeeds(folder, options.now);
  try {
    const outcomes = await updateAll(chosen, folder, http, options);
    refuseFailure(outcomes);
    const present = mirrored(enabled(all, options, chosen), folder);
    const failure = outcomes.find(({ error }) => error !== undefined)?.error;
    const built = await buildIfChanged(present, folder, failure, options);
    const never = enabled(all, options, []).filter(({ id }) => !present.some((each) => each.upstream.id === id));
    return { upstreams: outcomes, ...built, never: never.map(({ id }) => id), seconds: (performance.now() - started) / 1000 };
  } finally {
    unlock();
  }
}

/** An upstream as it is set up, and what is here of it. */
export interface UpstreamStatus {
  readonly id: string;
  readonly title: string;
  readonly feeds: readonly string[];
  /** Addresses, in the order in which they are tried. */
  readonly urls: readonly string[];
  /** False where it is updated only when it is asked for by name. */
  readonly enabled: boolean;
  /** When it was last updated with success, RFC 3339. */
  readonly updatedAt?: string;
  /** Bytes on disk. */
  readonly size: number;
}

/** Every upstream, or those that are named; nothing is fetched. */
export function listUpstreams(options: DbUpdateOptions): readonly UpstreamStatus[] {
  const all = options.upstreams ?? known;
  const chosen = chooseUpstreams(all, options);
  const on = enabled(all, options, []);
  return all
    .filter((upstream) => options.names.length === 0 || chosen.includes(upstream))
    .map((upstream) => {
      const { id, title, feeds, url } = upstream;
      const urls = (options.settings?.[id]?.urls ?? [url]).map(withoutSecrets);
      return { id, title, feeds, urls, enabled: on.includes(upstream), ...mirrorStatus(upstream, feedsFolder(options.cacheDir)) };
    });
}

/** The upstreams that are named, or all that are enabled. */
function chooseUpstreams(all: readonly Upstream[], options: DbUpdateOptions): readonly Upstream[] {
  const said = [...options.names, ...Object.keys(options.settings ?? {})];
  const ids = all.map(({ id }) => id);
  for (const name of said) {
    if (!ids.includes(name)) throw new PlimsollError('upstream-unknown', { name, known: ids.join(', ') }, { exitCode: EXIT.usage });
  }
  // A mistyped address is told at once, not passed over as an upstream that fails.
  for (const [id, { urls = [] }] of Object.entries(options.settings ?? {})) baseUrls(id, urls);
  if (options.names.length > 0) return all.filter(({ id }) => options.names.includes(id));
  return enabled(all, options, []);
}

/**
 * Those that are updated always, or that somebody asked for: by a setting, just now, or by name once before. What is in the database
 * does not leave it because an update did not name it again; a setting switches it off.
 */
function enabled(all: readonly Upstream[], options: DbUpdateOptions, chosen: readonly Upstream[]): readonly Upstream[] {
  const here = feedsFolder(options.cacheDir);
  const asked = ({ id, always }: Upstream) => always !== false || readState(join(here, id)).updatedAt !== undefined;
  return all.filter((upstream) => chosen.includes(upstream) || (options.settings?.[upstream.id]?.enabled ?? asked(upstream)));
}

/** Folders of this machine may be read offline. */
function refuseOffline(chosen: readonly Upstream[], { offline, settings = {} }: DbUpdateOptions): void {
  const remote = chosen.find(({ id, url }) => (settings[id]?.urls ?? [url]).some((each) => /^https?:/i.test(each)));
  if (offline && remote !== undefined) throw new PlimsollError('offline', { what: `db update ${remote.id}` });
}

async function updateAll(
  chosen: readonly Upstream[],
  folder: string,
  http: Http,
  options: DbUpdateOptions,
): Promise<readonly UpstreamOutcome[]> {
  let done = 0;
  let bytes = 0;
  const tell = (what: string) => options.onProgress?.({ phase: 'fetch', done, total: chosen.length, bytes, what });
  return inParallel(chosen, AT_ONCE, async (upstream) => {
    tell(upstream.id);
    const onProgress = (progress: { readonly what: string; readonly bytes: number }) => {
      bytes += progress.bytes;
      tell(`${upstream.id}: ${progress.what}`);
    };
    const outcome = await updateOne(upstream, join(folder, upstream.id), http, options, onProgress);
    done += 1;
    tell(upstream.id);
    return outcome;
  });
}

async function updateOne(
  upstream: Upstream,
  folder: string,
  http: Http,
  { now, settings = {}, keys = {} }: DbUpdateOptions,
  onProgress: (progress: { readonly what: string; readonly bytes: number }) => void,
): Promise<UpstreamOutcome> {
  const { id } = upstream;
  let mirror: DiskMirror | undefined;
  try {
    const { urls } = settings[id] ?? {};
    const key = keys[id];
    mirror = openMirror({
      folder,
      upstream,
      http,
      now,
      onProgress,
      ...(urls === undefined ? {} : { urls }),
      ...(key === undefined ? {} : { key }),
    });
    await upstream.update(mirror);
    mirror.save(seconds(now));
    return { id, ...described(mirror, now), outcome: mirror.traffic.changed > 0 ? 'changed' : 'same' };
  } catch (cause) {
    try {
      mirror?.save();
    } catch {
      // The first error says why.
    }
    const error = cause instanceof PlimsollError ? cause : new PlimsollError('internal', { detail: `${id}: ${String(cause)}` }, { cause });
    return { id, bytes: 0, changed: 0, ...(mirror === undefined ? {} : described(mirror, now)), outcome: 'failed', error };
  }
}

function described({ traffic, updatedAt }: DiskMirror, now: Date) {
  if (updatedAt === undefined) return { ...traffic };
  return { ...traffic, updatedAt, ageDays: Math.max(0, Math.floor((now.getTime() - Date.parse(updatedAt)) / DAY)) };
}

function refuseFailure(outcomes: readonly UpstreamOutcome[]): void {
  const failed = outcomes.filter(({ outcome }) => outcome === 'failed');
  if (failed.length === 0 || failed.length < outcomes.length) return;
  if (failed.length === 1) throw failed[0]!.error!;
  const what = failed.map(({ id, error }) => `${id}: ${error!.code}`).join(', ');
  throw new PlimsollError('update-failed', { failures: what }, { cause: failed[0]!.error });
}

async function buildIfChanged(
  present: readonly MirroredUpstream[],
  folder: string,
  failure: PlimsollError | undefined,
  options: DbUpdateOptions,
): Promise<Pick<DbUpdateResult, 'built' | 'database'>> {
  const folders = oneFolderAFeed(present);
  const speaking = advisorySources.some(({ id, kind }) => kind === 'advisories' && folders.has(id));
  if (!speaking && failure !== undefined) throw failure;
  if (!speaking) throw new PlimsollError('update-useless', { upstreams: present.map(({ upstream }) => upstream.id).join(', ') });
  const dates = new Map([...folders].map(([feed, id]) => [feed, present.find(({ upstream }) => upstream.id === id)!.updatedAt]));
  const content = fingerprint(present, folders);
  const current = currentManifest(options.out);
  if (current !== undefined && builtFrom(folder, content) === current.digest) {
    const { manifest, path } = redateDatabase(options.out, dates);
    const { schemaVersion, digest, builtAt, starter, feeds, records } = manifest;
    return { database: { schemaVersion, digest, builtAt, starter, feeds, records, path } };
  }
  const { out, now, workers, onProgress } = options;
  const built = await buildOutcome({
    from: folder,
    out,
    now,
    fetchedAt: dates,
    folders,
    workers: workers ?? 2,
    ...(onProgress ? { onProgress } : {}),
  });
  noteBuilt(folder, content, built.database.digest);
  return { built, database: built.database };
}
