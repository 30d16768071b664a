import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Advisory, AdvisoryKey, DatabaseInfo, Ecosystem, Flaw } from '../../model/index.ts';
import type { Bytes } from '../../util/bytes.ts';
import { PlimsollError } from '../../util/errors.ts';
import type { AdvisoryDb, ShardId } from '../types.ts';
import { diffKeys } from './diff.ts';
import { decodeCommon, repositoryKey } from './flaw-codec.ts';
import { currentGeneration } from './generations.ts';
import { MANIFEST_FILE, type Manifest, parseManifest, type ShardInfo, SOURCE_FILE } from './manifest.ts';
import { fileRead, type SyncRead } from './random-read.ts';
import { COMMON, shardOf } from './shard-names.ts';
import { decodeStatements, packageKey, sharedHeadKey } from './statement-codec.ts';
import { BlockCache, Table, TableDamage } from './table.ts';

/** Where a database's bytes are: a folder, or memory. `path` names it to people. */
export interface DatabaseFiles {
  readonly path: string;
  readonly manifest: Manifest;
  /** Where it was fetched from. */
  readonly source?: string;
  /** True where the shard is here: of a database that is fetched part by part some are not. */
  has(shard: ShardInfo): boolean;
  open(shard: ShardInfo): SyncRead;
}

/**
 * Opens the database in `folder`: a generation, or a folder with generations and CURRENT. Reads the manifest; tables are
 * opened when they are needed first. Throws `database-missing`, `database-damaged` or `database-newer`.
 */
export function openDatabase(folder: string): ShardDatabase {
  const path = currentGeneration(folder);
  if (path === undefined) throw new PlimsollError('database-missing', { path: folder });
  let manifest: Manifest;
  try {
    manifest = readManifest(path);
  } catch (error) {
    // Another process may have removed it a moment ago, after making another one the current one.
    if (currentGeneration(folder) !== path) return openDatabase(folder);
    throw error;
  }
  const source = readSource(path);
  return new ShardDatabase({
    path,
    manifest,
    ...(source === undefined ? {} : { source }),
    has: ({ file }) => existsSync(join(path, file)),
    open: (shard) => openShard(path, shard),
  });
}

function openShard(path: string, shard: ShardInfo): SyncRead {
  try {
    return fileRead(join(path, shard.file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw incomplete(path, [shard]);
    throw error;
  }
}

/** Where the generation was fetched from. */
function readSource(path: string): string | undefined {
  try {
    return readFileSync(join(path, SOURCE_FILE), 'utf8').slice(0, 1000).trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Parts that are needed are not here. A few are named. */
export function incomplete(path: string, lacking: readonly Pick<ShardInfo, 'id'>[]): PlimsollError {
  const parts = lacking.slice(0, 5).map(({ id }) => id);
  return new PlimsollError('database-incomplete', { path, parts: parts.join(', ') + (lacking.length > parts.length ? ', ...' : '') });
}

function readManifest(path: string): Manifest {
  let text: string;
  try {
    text = readFileSync(join(path, MANIFEST_FILE), 'utf8');
  } catch (cause) {
    throw damaged(path, 'the manifest cannot be read', cause);
  }
  const manifest = parseManifest(text);
  if (!('problem' in manifest)) return manifest;
  if (manifest.problem === 'newer') throw new PlimsollError('database-newer', { path, version: manifest.version });
  throw damaged(path, manifest.detail);
}

/** A database of sorted tables, one a shard. */
export class ShardDatabase implements AdvisoryDb {
  readonly info: DatabaseInfo;
  readonly manifest: Manifest;
  readonly #files: DatabaseFiles;
  readonly #shards: ReadonlyMap<ShardId, ShardInfo>;
  readonly #ecosystems: ReadonlySet<string>;
  readonly #tables = new Map<ShardId, Table>();
  readonly #cache = new BlockCache();

  constructor(files: DatabaseFiles) {
    const { schemaVersion, digest, builtAt, starter, feeds, records, shards } = files.manifest;
    this.info = {
      schemaVersion,
      digest,
      builtAt,
      starter,
      feeds,
      records,
      path: files.path,
      ...(files.source === undefined ? {} : { source: files.source }),
    };
    this.manifest = files.manifest;
    this.#files = files;
    this.#shards = new Map(shards.map((shard) => [shard.id, shard]));
    this.#ecosystems = new Set(shards.flatMap((shard) => shard.ecosystems));
  }

  shardsFor(ecosystems: Iterable<Ecosystem>): readonly ShardId[] {
    return [...new Set([...[...ecosystems].map(shardOf), COMMON])].filter((shard) => this.#shards.has(shard)).sort();
  }

  feedsOf(shards: readonly ShardId[]): readonly string[] {
    return [...new Set(shards.flatMap((shard) => this.#shards.get(shard)?.feeds ?? []))].sort();
  }

  covers(ecosystem: string): boolean {
    return this.#ecosystems.has(ecosystem);
  }

  ecosystemsOf(family: string): readonly Ecosystem[] {
    return [...this.#ecosystems].filter((each) => each === family || each.startsWith(`${family}:`)).sort();
  }

  productsOf(repository: string): readonly string[] | undefined {
    const value = this.#get(COMMON, repositoryKey(repository));
    return value === undefined ? undefined : (JSON.parse(value) as string[]);
  }

  prepare(keys: Iterable<AdvisoryKey>): void {
    const byShard = new Map<ShardId, Bytes[]>();
    for (const { ecosystem, name } of keys) {
      const shard = shardOf(ecosystem);
      const list = byShard.get(shard);
      const key = Buffer.from(packageKey(ecosystem, name));
      if (list) list.push(key);
      else byShard.set(shard, [key]);
    }
    for (const [shard, list] of byShard) this.withTable(shard, (table) => table.load(list));
  }

  prepareFlaws(ids: Iterable<string>): void {
    this.withTable(COMMON, (table) => table.load(Array.from(ids, (id) => Buffer.from(id))));
  }

  lookup(key: AdvisoryKey): readonly Advisory[] {
    const shard = shardOf(key.ecosystem);
    const value = this.#get(shard, packageKey(key.ecosystem, key.name));
    if (value === undefined) return [];
    return decodeStatements(value, key, (name) => this.sharedHead(shard, name));
  }

  flaw(id: string): Flaw | undefined {
    const found = this.#common(id);
    if (found === undefined || found.kind === 'flaw') return found?.flaw;
    const target = found.flaws.length === 1 ? this.#common(found.flaws[0]!) : undefined;
    return target?.kind === 'flaw' ? target.flaw : undefined;
  }

  names(id: string): readonly string[] {
    const found = this.#common(id);
    return found?.kind === 'names' ? found.flaws : [id];
  }

  diff(older: AdvisoryDb): readonly AdvisoryKey[] {
    if (!(older instanceof ShardDatabase)) throw new TypeError('only databases of the same kind can be compared');
    return diffKeys(this, older);
  }

  /** JSON of a head that several statements share. */
  sharedHead(shard: ShardId, name: string): string {
    const head = this.#get(shard, sharedHeadKey(name));
    if (head === undefined) throw damaged(this.info.path, `a statement of ${shard} lacks its head`);
    return head;
  }

  /** Runs `read` on a shard's table; what it finds damaged becomes a coded error. Undefined where there is no such shard. */
  withTable<T>(shard: ShardId, read: (table: Table) => T): T | undefined {
    const info = this.#shards.get(shard);
    if (info === undefined) return undefined;
    try {
      return read(this.#table(info));
    } catch (error) {
      if (error instanceof PlimsollError) throw error;
      // Anything else comes from bytes that are not as written, or from a file that cannot be read.
      throw damaged(join(this.info.path, info.file), error instanceof Error ? error.message : String(error), error);
    }
  }

  /** True where the shard is on this machine. */
  has(shard: ShardId): boolean {
    const info = this.#shards.get(shard);
    return info !== undefined && (this.#tables.has(shard) || this.#files.has(info));
  }

  close(): void {
    for (const table of this.#tables.values()) table.close();
    this.#tables.clear();
  }

  #common(id: string) {
    const value = this.#get(COMMON, id);
    return value === undefined ? undefined : decodeCommon(id, value);
  }

  #get(shard: ShardId, key: string): string | undefined {
    return this.withTable(shard, (table) => table.get(Buffer.from(key))?.toString('utf8'));
  }

  #table(info: ShardInfo): Table {
    const known = this.#tables.get(info.id);
    if (known !== undefined) return known;
    const source = this.#files.open(info);
    try {
      if (source.size !== info.size) throw new TableDamage(`${source.size} bytes instead of ${info.size}`);
      const table = new Table(source, info.id, this.#cache, info.root);
      this.#tables.set(info.id, table);
      return table;
    } catch (error) {
      source.close();
      throw error;
    }
  }
}

function damaged(path: string, detail: string, cause?: unknown): PlimsollError {
  return new PlimsollError('database-damaged', { path, detail }, cause === undefined ? {} : { cause });
}
