import type { ImageSource } from '../../image/targets/index.ts';
import { SEVERITIES, type SeverityLevel } from '../../model/index.ts';
import type { ByteStream } from '../../util/bytes.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import type { Http } from '../../util/http/types.ts';
import { BASE_SEARCHES, type BaseSearch } from '../base/types.ts';
import { UPDATES, type Update } from '../db/fresh-database.ts';
import type { RegistryAccess } from '../registry-access.ts';
import type { SecretsOptions } from '../secrets/options.ts';
import type { StandingOptions } from '../standing/options.ts';
import type { SharedCacheAccess } from './shared-cache.ts';

/** What can be looked for; `packages` is what is inside, held against nothing: it needs no database. */
export type Scanner = (typeof SCANNERS)[number] | 'packages';
export const SCANNERS = ['vuln', 'secret', 'config'] as const;

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

/** With what is looked up where it is not given. */
export type Located = ScanOptions & { readonly cacheDir: string; readonly now: Date };

/** For callers without types: a gate with a word that is none of these would let everything pass. */
export function checkGates({ failOn, staleDatabase, update, scanners = [], offline, secrets, base }: ScanOptions): void {
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
