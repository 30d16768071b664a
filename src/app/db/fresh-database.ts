import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OfferedArtifact } from '../../advisories/db/artifact/layout.ts';
import { artifactDigest } from '../../advisories/db/artifact/local.ts';
import { type ReceiveProgress, receiveDatabase } from '../../advisories/db/artifact/receive.ts';
import { currentGeneration, replaceFile } from '../../advisories/db/generations.ts';
import { incomplete, type ShardDatabase } from '../../advisories/db/open.ts';
import { COMMON } from '../../advisories/db/shard-names.ts';
import type { ShardId } from '../../advisories/types.ts';
import type { RegistryOptions } from '../../oci/registry/index.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import { type DatabaseSource, databaseSource, failuresText, fromFirst, type SourceFailure } from './database-source.ts';
import { type DatabasePlace, databaseFolder, openScanDatabase } from './open-scan-database.ts';

/**
 * `auto`: sources are asked where a part is missing and when they were not asked for a while; where none answers, the database
 * that is here goes on. `always`: now, and none that answers is an error. `never`: what is here.
 */
export const UPDATES = ['auto', 'always', 'never'] as const;
export type Update = (typeof UPDATES)[number];

export interface FreshOptions extends DatabasePlace {
  /** In order; none: the database that is here, or the starter. */
  readonly sources: readonly string[];
  readonly update: Update;
  readonly offline: boolean;
  /** How to reach sources; called when one is asked. */
  readonly access: () => Promise<RegistryOptions>;
  readonly now: Date;
  readonly onProgress?: (progress: ReceiveProgress) => void;
}

/** Milliseconds between two questions whether there is something newer; a published database is built as often. */
const ASK_EVERY = 6 * 60 * 60 * 1000;
const ASKED_FILE = 'ASKED';
/** Another process may make a newer database the current one while parts of this one are fetched; not each time. */
const ATTEMPTS = 5;

/** The shards of a database that a scan needs. */
type Needed = (database: ShardDatabase) => readonly ShardId[];

/** The database of one scan: as fresh as the settings want it, with the parts that the scan needs and perhaps no others. */
export class FreshDatabase {
  #database: ShardDatabase | undefined;
  #answered: { readonly source: DatabaseSource; readonly artifact: OfferedArtifact } | undefined;
  #failures: readonly SourceFailure[] = [];
  #refusal: PlimsollError | undefined;
  #renewed = false;
  readonly #options: FreshOptions;
  readonly #sources: readonly DatabaseSource[];

  private constructor(options: FreshOptions) {
    this.#options = options;
    const sources = options.sources.map(databaseSource);
    if (options.update === 'always' && sources.length === 0)
      throw new PlimsollError('database-source-missing', {}, { exitCode: EXIT.usage });
    const { named, update, offline } = options;
    const usable = update === 'always' ? sources : sources.filter(({ local }) => local || !offline);
    this.#sources = named === 'starter' || update === 'never' ? [] : usable;
  }

  /** Opens the database that is here; where there is none that can be read, the common part of what the sources have. */
  static async open(options: FreshOptions): Promise<FreshDatabase> {
    const fresh = new FreshDatabase(options);
    try {
      if (fresh.#sources.length > 0 && artifactDigest(fresh.#folder) === undefined) await fresh.#ask([COMMON]);
      await fresh.#hold(() => [COMMON], lacking);
      return fresh;
    } catch (error) {
      await fresh.close();
      throw error;
    }
  }

  /** Opened by `open`; perhaps another one after `bring`. */
  get database(): ShardDatabase {
    this.#database ??= openScanDatabase(this.#options);
    return this.#database;
  }

  /** Sources that failed before another one answered. */
  get failures(): readonly SourceFailure[] {
    return this.#failures;
  }

  /** Why nobody gave a database, where the one that was here goes on: every source with the code of its failure. */
  get refusal(): string | undefined {
    if (this.#refusal === undefined) return undefined;
    return String(this.#refusal.params.sources ?? failuresText([{ source: this.#sources[0]?.name ?? '', error: this.#refusal }]));
  }

  /** Asks for something newer where that is due, once, with the shards that `needed` names of it. Throws what asking throws with `always`. */
  async renew(needed: Needed): Promise<void> {
    if (this.#renewed || !this.#isDue()) return;
    this.#renewed = true;
    await this.#refresh(needed(this.database));
  }

  /**
   * The same, and has these shards here and their files open, whoever replaces or removes them from now on. Throws
   * `database-incomplete` where they are not here and may not be asked for.
   */
  async bring(needed: Needed): Promise<void> {
    await this.#hold(() => [COMMON]);
    await this.renew(needed);
    await this.#hold(needed);
  }

  async close(): Promise<void> {
    this.#database?.close();
    await this.#answered?.artifact.close();
  }

  /** Until `check` has nothing to say against the shards. */
  async #hold(needed: Needed, check: typeof held = held): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      // Which parts are needed is told by the common one.
      const ids = check(this.database, [COMMON]) === undefined ? needed(this.database) : [COMMON];
      const problem = check(this.database, ids);
      if (problem === undefined) return;
      const superseded = this.#isSuperseded();
      if (attempt >= ATTEMPTS || (!superseded && this.#sources.length === 0)) throw problem;
      if (!superseded && this.#refusal !== undefined) throw this.#refusal;
      if (!superseded) await this.#ask(ids);
      this.#reopen();
    }
  }

  #isDue(): boolean {
    const { update, now } = this.#options;
    if (this.#sources.length === 0 || this.#answered !== undefined) return false;
    if (update === 'always') return true;
    // Somebody's single generation is as it is.
    return currentGeneration(this.#folder) !== this.#folder && isDue(this.#folder, this.#sources, now);
  }

  async #refresh(wanted: readonly ShardId[]): Promise<void> {
    try {
      await this.#ask(wanted);
      this.#reopen();
    } catch (error) {
      if (!(error instanceof PlimsollError) || this.#options.update === 'always') throw error;
      this.#refusal = error;
      this.#failures = [];
    }
  }

  /** Fetches the shards from the source that answered before, else from the first that answers now. */
  async #ask(wanted: readonly ShardId[]): Promise<void> {
    const { now, onProgress } = this.#options;
    const access = await this.#options.access();
    const known = artifactDigest(this.#folder);
    const take = async (source: DatabaseSource, artifact: OfferedArtifact): Promise<void> => {
      await receiveDatabase(artifact.source, artifact.descriptor, {
        out: this.#folder,
        now,
        wanted: [...new Set([COMMON, ...wanted])],
        neverOlder: true,
        from: source.name,
        ...(onProgress === undefined ? {} : { onProgress }),
      });
    };
    const answered = this.#answered;
    if (answered !== undefined && (await take(answered.source, answered.artifact).then(() => true, isOurs))) return;
    const failures: SourceFailure[] = [];
    try {
      await fromFirst(
        this.#sources,
        async (source) => {
          const artifact = await source.open(access, known);
          try {
            await take(source, artifact);
          } catch (error) {
            await artifact.close();
            throw error;
          }
          await this.#answered?.artifact.close();
          this.#answered = { source, artifact };
        },
        (failure) => failures.push(failure),
      );
    } finally {
      this.#failures = failures;
    }
    rememberAsking(this.#folder, this.#sources, now);
  }

  /** True where another generation is the current one by now. */
  #isSuperseded(): boolean {
    const current = currentGeneration(this.#folder);
    return current !== undefined && current !== this.#database?.info.path;
  }

  #reopen(): void {
    this.#database?.close();
    this.#database = undefined;
  }

  get #folder(): string {
    return this.#options.named ?? databaseFolder(this.#options.cacheDir);
  }
}

/** False for trouble of a source; trouble on this side is thrown. */
function isOurs(error: unknown): false {
  if (error instanceof PlimsollError && error.code !== 'database-unwritable') return false;
  throw error;
}

/** What is wrong where shards are not here. */
function lacking(database: ShardDatabase, ids: readonly ShardId[]): PlimsollError | undefined {
  const absent = ids.filter((id) => !database.has(id)).map((id) => ({ id }));
  return absent.length > 0 ? incomplete(database.info.path, absent) : undefined;
}

/** Opens the tables, which then stay readable even where their files are removed. What is wrong where some are not here, or damaged. */
function held(database: ShardDatabase, ids: readonly ShardId[]): PlimsollError | undefined {
  const absent = lacking(database, ids);
  if (absent !== undefined) return absent;
  try {
    for (const id of ids) database.withTable(id, () => true);
    return undefined;
  } catch (error) {
    if (error instanceof PlimsollError) return error;
    throw error;
  }
}

/** Sources are not asked again for a while, by any process. A folder that cannot be written to is asked for each time. */
export function rememberAsking(folder: string, sources: readonly DatabaseSource[], now: Date): void {
  try {
    replaceFile(folder, ASKED_FILE, `${JSON.stringify({ at: now.toISOString(), sources: sources.map(({ name }) => name) })}\n`);
  } catch {
    // Then they are asked more often than they need be.
  }
}

/** True where these sources were not asked lately, or only at a time that the clock has not reached yet. */
function isDue(folder: string, sources: readonly DatabaseSource[], now: Date): boolean {
  try {
    const asked = JSON.parse(readFileSync(join(folder, ASKED_FILE), 'utf8')) as { at?: unknown; sources?: unknown };
    if (JSON.stringify(asked.sources) !== JSON.stringify(sources.map(({ name }) => name))) return true;
    const since = now.getTime() - Date.parse(String(asked.at));
    return !(since >= 0 && since < ASK_EVERY);
  } catch {
    return true;
  }
}
