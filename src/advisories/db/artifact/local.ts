import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Digest } from '../../../model/index.ts';
import type { ByteStream, Bytes } from '../../../util/bytes.ts';
import { PlimsollError } from '../../../util/errors.ts';
import { currentGeneration, WORK_PREFIX } from '../generations.ts';
import { MANIFEST_FILE, type Manifest, type ShardInfo } from '../manifest.ts';
import { incomplete, openDatabase } from '../open.ts';
import { artifactForm } from './form.ts';

/** A database on this machine, to be sent. */
export interface LocalDatabase {
  readonly path: string;
  readonly manifest: Manifest;
  /** Its manifest.json. */
  readonly text: Bytes;
}

/** May lack shards: see {@link wholeDatabase}. Throws `database-missing`, `database-damaged`, `database-newer`. */
export function localDatabase(folder: string): LocalDatabase {
  const database = openDatabase(folder);
  database.close();
  const path = database.info.path;
  return { path, manifest: database.manifest, text: readFileSync(join(path, MANIFEST_FILE)) };
}

/** The artifact that this database makes; undefined where there is none that can be read. */
export function artifactDigest(folder: string): Digest | undefined {
  try {
    const { manifest, text } = localDatabase(folder);
    return artifactForm(manifest, text).descriptor.digest;
  } catch {
    return undefined;
  }
}

/** A database to be sent. Throws `database-incomplete` too. */
export function wholeDatabase(folder: string): LocalDatabase {
  const database = localDatabase(folder);
  const lacking = database.manifest.shards.filter(({ file }) => !existsSync(join(database.path, file)));
  if (lacking.length > 0) throw incomplete(database.path, lacking);
  return database;
}

/** The shard's bytes, which are known to be those that the manifest names only when the stream has ended. Throws `database-damaged`. */
export async function* shardStream({ path }: LocalDatabase, shard: ShardInfo): ByteStream {
  const file = join(path, shard.file);
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Bytes>) {
      hash.update(chunk);
      yield chunk;
    }
  } catch (cause) {
    throw new PlimsollError('database-damaged', { path: file, detail: cause instanceof Error ? cause.message : String(cause) }, { cause });
  }
  const actual = hash.digest('hex');
  if (actual !== shard.sha256) throw new PlimsollError('database-damaged', { path: file, detail: `SHA-256 ${actual}` });
}

/**
 * Folders in which a shard may already be: the current generation, and what pulls that did not end left behind. Whoever takes
 * a file from there checks it.
 */
export function shardFolders(folder: string): readonly string[] {
  const current = currentGeneration(folder);
  const left = readdirSync(folder).filter((entry) => entry.startsWith(WORK_PREFIX));
  return [...(current === undefined ? [] : [current]), ...left.map((entry) => join(folder, entry, 'generation'))];
}

/** True where the file is there and is the shard, byte for byte. */
export async function isShardFile(path: string, { size, sha256 }: Pick<ShardInfo, 'size' | 'sha256'>): Promise<boolean> {
  try {
    if (statSync(path).size !== size) return false;
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Bytes);
    return hash.digest('hex') === sha256;
  } catch {
    // Not there, or gone meanwhile: then it is fetched.
    return false;
  }
}
