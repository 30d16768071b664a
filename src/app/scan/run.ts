import type { ReceiveProgress } from '../../advisories/db/artifact/receive.ts';
import { type OpenOptions, openTargets } from '../../image/targets/index.ts';
import type { ContentTarget, PlatformsTarget, Target } from '../../image/types.ts';
import { defaultCacheDir, type Machine } from '../../settings/index.ts';
import { homeFolder } from '../../util/home.ts';
import { present } from '../../util/present.ts';
import { FreshDatabase } from '../db/fresh-database.ts';
import type { Imports } from '../imported.ts';
import { registryOptions, webClient } from '../registry-access.ts';
import type { SecretsLooker } from '../secrets/looker.ts';
import type { Standing } from '../standing/index.ts';
import type { BuiltFrom } from './built-from.ts';
import { checkGates, type Located, type ScanOptions } from './options.ts';
import { standingOf } from './standing.ts';

/** What all that is scanned at once has in common. */
export interface Run {
  readonly options: Located;
  readonly opening: OpenOptions;
  /** Undefined where vulnerabilities are not looked for. */
  readonly fresh: FreshDatabase | undefined;
  /** Undefined where secrets are not looked for. */
  readonly secrets: SecretsLooker | undefined;
  /** Undefined where no file of another tool was named. */
  readonly imports: Imports | undefined;
  /** Undefined where findings stand against nothing but the database. */
  readonly standing: Standing | undefined;
  /** Undefined where none was given. */
  readonly builtFrom: BuiltFrom | undefined;
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
    const opening = { registry: await registryOptions(access), ...present({ env: options.env, platform, stdin, imageSources }) };
    return await work({ options: { ...options, cacheDir, now }, opening, fresh, secrets, imports, standing, builtFrom });
  } finally {
    await fresh?.close();
  }
}

/** What the user named, or all platforms of it. Those who look for nothing but secrets may name any file. */
export async function openAny(target: string, { opening, options }: Run): Promise<Target | PlatformsTarget | ContentTarget> {
  if (!options.scanners?.every((one) => one === 'secret')) return openTargets(target, opening);
  return (await import('../../image/targets/content.ts')).openContent(target, opening);
}

async function readDockerfile(path: string, cwd = process.cwd()): Promise<BuiltFrom> {
  return (await import('./built-from.ts')).readBuiltFrom(path, cwd);
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
