import { join } from 'node:path';
import type { ReceiveProgress } from '../../advisories/db/artifact/receive.ts';
import { openFolderCache } from '../../cache/index.ts';
import type { LayerCache, LocalCache } from '../../cache/types.ts';
import type { WholeReason } from '../../image/lazy/index.ts';
import { type ImageSource, type OpenOptions, onlyOne, openTargets } from '../../image/targets/index.ts';
import type { ContentTarget, ImageTarget, PlatformsTarget, Target } from '../../image/types.ts';
import {
  type ChecksReport,
  type DockerfileLines,
  type Inventory,
  type Report,
  type ReportWarning,
  SEVERITIES,
  type SecretsReport,
  type SeverityLevel,
  type WastedSpace,
} from '../../model/index.ts';
import { formatPlatform, isEveryPlatform } from '../../oci/platform.ts';
import type { RegistryOptions } from '../../oci/registry/index.ts';
import { defaultCacheDir, type Machine } from '../../settings/index.ts';
import type { ByteStream } from '../../util/bytes.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import { homeFolder } from '../../util/home.ts';
import type { Http } from '../../util/http/types.ts';
import { BASE_SEARCHES, type BaseSearch, type FoundBase } from '../base/types.ts';
import type { BuiltFrom } from './built-from.ts';
import type { CheckingOne } from '../checks/index.ts';
import { FreshDatabase, UPDATES, type Update } from '../db/fresh-database.ts';
import type { Imports } from '../imported.ts';
import { type IndexOptions, indexTarget } from '../inventory/index-target.ts';
import { withGaps } from '../inventory/layer-pass.ts';
import { assessorOf, judge } from './judge.ts';
import { type RegistryAccess, registryOptions, webClient } from '../registry-access.ts';
import type { SecretsLooker } from '../secrets/looker.ts';
import type { SecretsOptions } from '../secrets/options.ts';
import type { SharedCacheAccess } from './shared-cache.ts';
import type { Standing } from '../standing/index.ts';
import type { StandingOptions } from '../standing/options.ts';

export { isEveryPlatform };

export interface ScanOptions extends StandingOptions {
  /** The Dockerfile that the image is built from: findings then name its lines. In the report it is called as here. */
  readonly dockerfile?: string;
  /** How the base image is looked for; `auto` by default. */
  readonly base?: BaseSearch;
  /** What to look for; vulnerabilities by default. Without `vuln` no database is opened; for secrets alone a target may be any file. */
  readonly scanners?: readonly Scanner[];
  /** How secrets are looked for. */
  readonly secrets?: SecretsOptions;
  /** Where images named without a prefix are looked for, in this order; in their registry by default. */
  readonly imageSources?: readonly ImageSource[];
  /** `os/architecture[/variant]` of a multi-platform image; the host's by default. */
  readonly platform?: string;
  /** Folder of a database, or `starter` for the one that ships in the package. By default that of the cache folder, else the starter. */
  readonly database?: string;
  /**
   * Where databases are published, in the order in which they are asked: a registry's reference, `https://host/path/`, a folder. A
   * scan fetches the parts that it needs. None by default.
   */
  readonly databaseSources?: readonly string[];
  /** When sources are asked: `auto` (now and then, and where a part is missing; the default), `always`, `never`. */
  readonly update?: Update;
  /** Where databases and cached layers live; the platform's cache folder by default. */
  readonly cacheDir?: string;
  /** Bytes that cached layers may take on disk; what an earlier scan read is not read again, whatever the database says by now. 0, the default: none are kept. */
  readonly cacheSize?: number;
  /** Layers that colleagues have read; offline it is left alone. */
  readonly sharedCache?: SharedCacheAccess;
  /** False: packages of a known image come without the list of their files, which no report format shows and takes time to read. */
  readonly ownedFiles?: boolean;
  /**
   * Layers of a registry that carry a table of contents (eStargz, zstd:chunked) are read by it: only the wanted files are fetched,
   * each checked by the digest that the table states. Tables may leave out files, so the report says which layers were read so,
   * and a gate answers `unknown` unless `allowLazy`.
   */
  readonly lazy?: boolean;
  /** True: what upper layers overwrite or delete is added up. Layers are read whole for it, once. */
  readonly wasted?: boolean;
  /** SARIF files of other tools, whose findings stand in the report and under its gate. */
  readonly imports?: readonly string[];
  /** What relative paths start from; the process's folder by default. */
  readonly cwd?: string;
  /** True: the gate takes lazily read layers for as good as others. */
  readonly allowLazy?: boolean;
  /** True: any request to the network is refused with the code `offline`. */
  readonly offline?: boolean;
  /** The mildest severity that the gate refuses; no gate by default. */
  readonly failOn?: SeverityLevel;
  /** True: the gate looks at what is new against `baseline` only. */
  readonly onlyNew?: boolean;
  /** True: the gate looks at what an update mends only, of the flaws of packages. */
  readonly onlyFixable?: boolean;
  /** Advisory data older than this many days is stale; 7 by default. */
  readonly maxDatabaseAgeDays?: number;
  /** `fail`: stale data throws `database-stale`. `warn`, the default: the report carries a warning. */
  readonly staleDatabase?: 'warn' | 'fail';
  /** How to reach registries. */
  readonly registry?: RegistryAccess;
  /** Instead of the built-in client; `offline` and the TLS settings of `registry` then are this one's business. */
  readonly http?: Http;
  /** Where credentials, proxies and folders are looked up; that of the process by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Standard input, for the target `-`; that of the process by default. */
  readonly stdin?: ByteStream;
  readonly onProgress?: (progress: ScanProgress) => void;
  readonly signal?: AbortSignal;
  /** The clock that ages are measured by. */
  readonly now?: Date;
}

/**
 * How far a scan is, and of which platform where all are scanned. Layers count bytes as stored, folders count files, single files and archives bytes, databases shards
 * to fetch and bytes fetched.
 */
export type ScanProgress = ScanStage & { readonly platform?: string };

type ScanStage =
  | { readonly stage: 'opening' }
  | { readonly stage: 'layers'; readonly done: number; readonly total: number; readonly cached: number }
  | { readonly stage: 'folder'; readonly done: number }
  | { readonly stage: 'content'; readonly done: number }
  | { readonly stage: 'database'; readonly shards: number; readonly of: number; readonly fetched: number }
  | { readonly stage: 'matching'; readonly packages: number };

/**
 * Reads a target and holds what is inside against the advisory database: target -> layers -> inventory -> matches ->
 * findings -> report -> decision. Writes nothing but cached layers and parts of the database where they are wanted, and never ends
 * the process.
 *
 * @param target `alpine:3.20`, `docker:app:1.0`, `oci:folder`, `docker-archive:app.tar`, `rootfs:folder`, `-`; see docs/cli.md
 * @throws PlimsollError with a code of docs/errors.md
 */
export async function scan(target: string, options: ScanOptions = {}): Promise<Report> {
  return inRun(options, async (run) => {
    const opened = await onlyOne(await openAny(target, run), run.opening);
    const { value, shared, local } = await withLayers(opened, run, (cache) => readTarget(opened, run, cache));
    return judge({ ...value, shared }, await assessorOf([value], run.fresh, local), run);
  });
}

/** What can be looked for; `packages` is what is inside, held against nothing: it needs no database. */
export type Scanner = (typeof SCANNERS)[number] | 'packages';
export const SCANNERS = ['vuln', 'secret', 'config'] as const;

/** What all that is scanned at once has in common. */
export interface Run {
  readonly options: Located;
  readonly opening: OpenOptions;
  /** Absent where vulnerabilities are not looked for. */
  readonly fresh: FreshDatabase | undefined;
  /** Absent where secrets are not looked for. */
  readonly secrets: SecretsLooker | undefined;
  /** Absent where no file of another tool was named. */
  readonly imports?: Imports;
  /** Absent where findings stand against nothing but the database. */
  readonly standing: Standing | undefined;
  /** Absent where none was given. */
  readonly builtFrom?: BuiltFrom | undefined;
}

/** What the user named, or all platforms of it. Those who look for nothing but secrets may name any file. */
export async function openAny(target: string, { opening, options }: Run): Promise<Target | PlatformsTarget | ContentTarget> {
  if (!options.scanners?.every((one) => one === 'secret')) return openTargets(target, opening);
  return (await import('../../image/targets/content.ts')).openContent(target, opening);
}

/** Checks the options and opens the database; closed when `work` is done. */
export async function inRun<T>(options: ScanOptions, work: (run: Run) => Promise<T>): Promise<T> {
  checkGates(options);
  // First, so that a file that is not there is said before an image is fetched.
  const imports = options.imports?.length ? await (await import('../imported.ts')).readImports(options.imports, options.cwd) : undefined;
  const now = options.now ?? new Date();
  const env = options.env ?? process.env;
  const machine = { env, home: homeFolder(), platform: process.platform };
  const cacheDir = options.cacheDir ?? (env.PLIMSOLL_CACHE_DIR || defaultCacheDir(machine));
  const access = { ...options.registry, env, offline: options.offline === true, ...(options.http ? { http: options.http } : {}) };
  const { scanners = ['vuln'] } = options;
  const builtFrom = options.dockerfile === undefined ? undefined : await readDockerfile(options.dockerfile, options.cwd);
  const standing = await standingOf(options, now);
  const secrets = scanners.includes('secret') ? await openLooker(options, machine, now) : undefined;
  const sources = () => registryOptions({ ...access, timeoutMs: PATIENCE });
  const wanted = { ...freshness(options), cacheDir, now, access: sources };
  const fresh = scanners.includes('vuln') ? await FreshDatabase.open(wanted) : undefined;
  try {
    options.onProgress?.({ stage: 'opening' });
    const { platform, stdin, imageSources } = options;
    const opening = {
      registry: await registryOptions(access),
      ...(options.env === undefined ? {} : { env: options.env }),
      ...(platform === undefined ? {} : { platform }),
      ...(stdin === undefined ? {} : { stdin }),
      ...(imageSources === undefined ? {} : { imageSources }),
    };
    return await work({
      options: { ...options, cacheDir, now },
      opening,
      fresh,
      secrets,
      standing,
      builtFrom,
      ...(imports ? { imports } : {}),
    });
  } finally {
    await fresh?.close();
  }
}

/** What the reading of an opened target came to, and what there is to say of the caches then. Closes the target. */
export async function withLayers<T>(
  opened: { close(): Promise<void> },
  { options, opening }: Run,
  work: (cache: LayerCache | undefined) => Promise<T>,
): Promise<{ readonly value: T; readonly shared: readonly ReportWarning[]; readonly local: LocalCache | undefined }> {
  try {
    const caches = await openCaches(options, opening.registry);
    let value: T;
    try {
      value = await work(caches.cache);
    } finally {
      await caches.cache?.finish();
    }
    return { value, shared: caches.warnings(), local: caches.local };
  } finally {
    await opened.close();
  }
}

/** What is inside. The target stays open. */
export async function readTarget(target: Target | ContentTarget, run: Run, cache: LayerCache | undefined): Promise<Layers> {
  if (target.kind === 'content') return readContent(target, run);
  const { options, fresh, secrets } = run;
  const { onProgress, signal } = options;
  const looking = await secrets?.begin(target, cache);
  // Of the target with secrets masked: what is shown of a configuration is shown there too.
  const checking = options.scanners?.includes('config') ? await checksOf(looking?.target ?? target, cache, options.now) : undefined;
  const files = options.wasted && target.kind === 'image' ? new (await import('../inventory/files-pass.ts')).FilesPass(cache) : undefined;
  const beside = [looking?.pass, checking?.pass, files].filter((each) => each !== undefined);
  const whole: WholeReason[] = [];
  let known: string | undefined;
  const how: IndexOptions = {
    signal,
    cache,
    ...(fresh || options.scanners?.includes('packages') ? {} : { extractors: [] }),
    ...(beside.length > 0 ? { beside } : {}),
    ownedFiles: options.ownedFiles,
    onKnown: (name) => {
      known = name;
    },
    lazy: options.lazy ? (reason) => void whole.push(reason) : undefined,
    onProgress:
      onProgress &&
      (({ phase, bytesDone, bytesTotal, cached }) => {
        if (phase === 'layers') onProgress({ stage: 'layers', done: bytesDone, total: bytesTotal ?? bytesDone, cached: cached ?? 0 });
        if (phase === 'folder') onProgress({ stage: 'folder', done: bytesDone });
      }),
  };
  const packages = await indexTarget(looking?.target ?? target, how);
  const { checks, gaps = [] } = (await checking?.finish()) ?? {};
  const base = target.kind === 'image' && options.base !== 'none' ? await baseOf(target, run) : undefined;
  const inventory = withGaps(packages, [...gaps, ...(files?.gaps ?? []), ...(base?.gaps ?? [])]);
  const wasted = files && (await import('../inventory/wasted-space.ts')).wastedSpace(files.layers);
  const built =
    run.builtFrom && inventory.config ? (await import('./built-from.ts')).tied(run.builtFrom, inventory.config, checks) : undefined;
  const others = { ...(checks ? { checks } : {}), ...built, ...(wasted ? { wasted } : {}), ...(base ? { base } : {}) };
  return { inventory, ...(await looking?.finish(inventory)), ...others, whole, ...(known === undefined ? {} : { known }) };
}

async function readDockerfile(path: string, cwd = process.cwd()): Promise<BuiltFrom> {
  return (await import('./built-from.ts')).readBuiltFrom(path, cwd);
}

async function baseOf(target: ImageTarget, { options, opening, builtFrom }: Run): Promise<FoundBase> {
  const { findBase } = await import('../base/find-base.ts');
  const platform = formatPlatform(target.info.platform ?? target.config);
  return findBase(target, {
    cacheDir: options.cacheDir,
    search: options.base === 'registry' ? 'registry' : 'auto',
    offline: options.offline === true,
    dockerfile: builtFrom?.document,
    open: async (reference) => {
      const { openRegistryTarget } = await import('../../image/targets/registry.ts');
      return onlyOne(await openRegistryTarget(reference, reference, { ...opening, platform }), opening);
    },
  });
}

async function checksOf(target: Target, cache: LayerCache | undefined, now: Date): Promise<CheckingOne> {
  const { checkTarget } = await import('../checks/index.ts');
  return checkTarget(target, cache, now);
}

/** What is neither an image nor a folder has nothing but secrets in it. */
async function readContent(target: ContentTarget, { options: { onProgress, signal }, secrets }: Run): Promise<Layers> {
  const onBytes = onProgress && ((done: number) => onProgress({ stage: 'content', done }));
  const found = await secrets?.content(target, { signal, onBytes });
  if (!found) throw new PlimsollError('target-unrecognised', { path: target.info.name });
  return { ...found, whole: [] };
}

function freshness({ database, databaseSources, update, offline, onProgress }: ScanOptions) {
  return {
    named: database,
    sources: databaseSources ?? [],
    update: update ?? 'auto',
    offline: offline === true,
    onProgress: ({ shards, of, fetched }: ReceiveProgress) => onProgress?.({ stage: 'database', shards, of, fetched }),
  };
}

/** A scan does not wait longer for a silent source; the next one is asked, or the database that is here goes on. */
const PATIENCE = 10_000;

async function openLooker({ secrets = {}, http, registry, signal }: ScanOptions, machine: Machine, now: Date): Promise<SecretsLooker> {
  const { secretsLooker } = await import('../secrets/index.ts');
  if (!secrets.verify) return secretsLooker(secrets, machine, now);
  // Not with the certificate that registries are shown.
  const { caFile } = registry ?? {};
  const access = { env: machine.env, offline: false, timeoutMs: PATIENCE, retries: 0, ...(caFile === undefined ? {} : { caFile }) };
  return secretsLooker(secrets, machine, now, { http: http ?? (await webClient(access)), signal });
}

/** Exceptions and baseline, where there are any: read before anything is scanned. */
export async function standingOf(options: ScanOptions, now: Date): Promise<Standing | undefined> {
  const {
    exceptions,
    baseline,
    cwd = process.cwd(),
    onlyNew,
    failOn: _gate,
    imports: _now,
    dockerfile: _own,
    onProgress: _progress,
    ...others
  } = options;
  if (onlyNew && baseline === undefined) throw new PlimsollError('new-without-baseline', {}, { exitCode: EXIT.usage });
  if (!exceptions?.files.length && baseline === undefined) return undefined;
  const { openStanding } = await import('../standing/index.ts');
  return openStanding({
    now,
    cwd,
    ...(exceptions === undefined ? {} : { exceptions }),
    ...(baseline === undefined ? {} : { baseline }),
    async scanBaseline(spec) {
      // No service is asked a second time whether a secret is alive.
      const { verify: _once, ...secrets } = options.secrets ?? {};
      const likewise = { ...others, ...(options.secrets ? { secrets } : {}), now };
      if (!isEveryPlatform(options.platform)) return [await scan(spec, likewise)];
      const { scanPlatforms } = await import('./platforms.ts');
      return (await scanPlatforms(spec, likewise)).reports;
    },
  });
}

/** For callers without types: a gate with a word that is none of these would let everything pass. */
function checkGates({ failOn, staleDatabase, update, scanners = [], offline, secrets, base }: ScanOptions): void {
  if (offline && secrets?.verify) throw new PlimsollError('secrets-verify-offline', {}, { exitCode: EXIT.usage });
  if (base !== undefined) demand('base', base, BASE_SEARCHES);
  for (const scanner of scanners) demand('scanners', scanner, [...SCANNERS, 'packages']);
  if (failOn !== undefined) demand('failOn', failOn, SEVERITIES);
  if (staleDatabase !== undefined) demand('staleDatabase', staleDatabase, ['warn', 'fail']);
  if (update !== undefined) demand('update', update, UPDATES);
}

function demand(where: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  throw new PlimsollError('setting-choice', { where, value: String(value), choices: choices.join(', ') }, { exitCode: EXIT.usage });
}

export type Located = ScanOptions & { readonly cacheDir: string; readonly now: Date };

/** What was read. */
export interface Layers {
  readonly inventory: Inventory;
  /** Why layers had to be read whole although lazy reading was asked for, one a layer. */
  readonly whole: readonly WholeReason[];
  /** Where no layer had to be read: a name for all that the inventory rests on. */
  readonly known?: string;
  readonly wasted?: WastedSpace;
  /** Present where secrets were looked for. */
  readonly secrets?: SecretsReport;
  /** Present where configuration was looked at. */
  readonly checks?: ChecksReport;
  /** Present where a Dockerfile was given and the target is an image. */
  readonly dockerfile?: DockerfileLines;
  /** What is known of the base image, and what is to be said of how; present where it was looked for. */
  readonly base?: FoundBase;
}

/** This machine's cache, and before it the team's where there is one. */
async function openCaches({ cacheSize, cacheDir, now, sharedCache, offline }: Located, registry: RegistryOptions) {
  const local = cacheSize ? openFolderCache({ folder: join(cacheDir, 'layers'), limit: cacheSize, now }) : undefined;
  if (sharedCache === undefined || offline === true) return { local, cache: local, warnings: () => [] };
  const { openSharedCache, sharedCacheWarnings } = await import('./shared-cache.ts');
  const cache = await openSharedCache(sharedCache, registry, local);
  return { local, cache, warnings: () => sharedCacheWarnings(cache) };
}
