import { copyFileSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Descriptor } from '../../../model/index.ts';
import type { BlobSource } from '../../../oci/source.ts';
import type { ByteStream } from '../../../util/bytes.ts';
import { PlimsollError } from '../../../util/errors.ts';
import { inParallel } from '../../../util/in-parallel.ts';
import { currentGeneration, generationsIn, publish, sweep, WORK_PREFIX } from '../generations.ts';
import { MANIFEST_FILE, type Manifest } from '../manifest.ts';
import { openDatabase } from '../open.ts';
import type { ShardLayer } from './form.ts';
import { isShardFile, shardFolders } from './local.ts';

import { type OfferedDatabase, readArtifact } from './read.ts';

/** Shards fetched at once. */
const LANES = 4;

export interface ReceiveOptions {
  /** Folder of the database: generations and the file that names the current one. */
  readonly out: string;
  readonly now: Date;
  readonly onProgress?: (progress: TransferProgress) => void;
}

/** Bytes of shards; those that need not be fetched count as done. */
export interface TransferProgress {
  readonly done: number;
  readonly total: number;
}

export interface Received {
  readonly manifest: Manifest;
  /** Folder of the generation, which is now the current one. */
  readonly path: string;
  /** False where it was there already. */
  readonly changed: boolean;
  /** When the database that was here before was built, where that is known. */
  readonly replacedBuiltAt?: string;
  /** Shards taken from what was here. */
  readonly reused: number;
  /** Bytes of the shards that came from the source. */
  readonly fetched: number;
}

/**
 * Makes the database that `descriptor` names the current one. Shards that are here already (in the current generation, or left
 * by a pull that did not end) are not fetched. Readers see nothing before every byte is on disk and checked; whatever goes
 * wrong, the database that was there stays.
 *
 * @throws PlimsollError database-artifact-invalid, database-newer, database-unwritable, and what the source throws
 */
export async function receiveDatabase(source: BlobSource, descriptor: Descriptor, options: ReceiveOptions): Promise<Received> {
  const offered = await readArtifact(source, descriptor);
  const { manifest, layers } = offered;
  try {
    mkdirSync(options.out, { recursive: true });
    sweep(options.out, options.now);
    const found = await findShards(layers, shardFolders(options.out));
    const current = currentGeneration(options.out);
    if (current === options.out)
      throw new PlimsollError('database-unwritable', { path: current, detail: 'it is a single generation; name the folder above it' });
    if (current !== undefined && isComplete(current, offered, found))
      return { manifest, path: current, changed: false, reused: layers.length, fetched: 0 };
    const replacedBuiltAt = current === undefined ? undefined : builtAt(current);
    const received = await newGeneration(source, offered, found, options);
    return { ...received, ...(replacedBuiltAt === undefined ? {} : { replacedBuiltAt }) };
  } catch (error) {
    if (error instanceof PlimsollError || (error as NodeJS.ErrnoException).code === undefined) throw error;
    throw unwritable(options.out, error);
  }
}

/** Where each shard that is here already is. */
type Found = ReadonlyMap<ShardLayer, string>;

async function newGeneration(source: BlobSource, offered: OfferedDatabase, found: Found, options: ReceiveOptions): Promise<Received> {
  const { manifest, layers, text } = offered;
  const seen = generationsIn(options.out);
  const work = mkdtempSync(join(options.out, WORK_PREFIX));
  const folder = join(work, 'generation');
  mkdirSync(folder);
  const total = layers.reduce((sum, { shard }) => sum + shard.size, 0);
  const missing = layers.filter((layer) => !take(found.get(layer), join(folder, layer.shard.file)));
  let done = total - missing.reduce((sum, { shard }) => sum + shard.size, 0);
  const fetched = total - done;
  let kept = false;
  try {
    await inParallel(largestFirst(missing), LANES, async ({ shard, descriptor }) => {
      await writeFile(join(folder, shard.file), await source.blob(descriptor), (bytes) => {
        done += bytes;
        options.onProgress?.({ done, total });
      });
      kept = true;
    });
    writeFileSync(join(folder, MANIFEST_FILE), text, { flush: true });
    checkTables(folder, source.name);
    const path = publish(folder, options.out, manifest, seen);
    kept = false;
    return { manifest, path, changed: true, reused: layers.length - missing.length, fetched };
  } finally {
    // Shards that came whole are there for the next attempt, for a day.
    if (!kept) rmSync(work, { recursive: true, force: true });
  }
}

async function findShards(layers: readonly ShardLayer[], folders: readonly string[]): Promise<Found> {
  const found = new Map<ShardLayer, string>();
  for (const layer of layers) {
    for (const folder of folders) {
      const path = join(folder, layer.shard.file);
      if (!(await isShardFile(path, layer.shard))) continue;
      found.set(layer, path);
      break;
    }
  }
  return found;
}

/** True where the current generation is this very database, fetch dates included, and undamaged. */
function isComplete(current: string, { layers, text }: OfferedDatabase, found: Found): boolean {
  if (!layers.every((layer) => found.get(layer) === join(current, layer.shard.file))) return false;
  return readFileSync(join(current, MANIFEST_FILE)).equals(text);
}

/** Undefined where the generation is damaged: then it is being mended. */
function builtAt(generation: string): string | undefined {
  try {
    const database = openDatabase(generation);
    database.close();
    return database.manifest.builtAt;
  } catch {
    return undefined;
  }
}

/** A second name for the file where the file system has such, else a copy; false where it went away meanwhile. */
function take(from: string | undefined, to: string): boolean {
  if (from === undefined) return false;
  try {
    linkSync(from, to);
    return true;
  } catch {
    return copied(from, to);
  }
}

function copied(from: string, to: string): boolean {
  try {
    copyFileSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** The last shard must not be the one that everything waits for. */
function largestFirst(layers: readonly ShardLayer[]): readonly ShardLayer[] {
  return [...layers].sort((a, b) => b.shard.size - a.shard.size);
}

async function writeFile(path: string, stream: ByteStream, wrote: (bytes: number) => void): Promise<void> {
  const file = await open(path, 'wx');
  try {
    for await (const chunk of stream) {
      for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten;
      wrote(chunk.length);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Right digests can still be those of something that is no table. */
function checkTables(folder: string, source: string): void {
  const database = openDatabase(folder);
  try {
    for (const { id } of database.manifest.shards) database.withTable(id, (table) => table.entries);
  } catch (cause) {
    const reason = cause instanceof PlimsollError ? String(cause.params.detail) : String(cause);
    throw new PlimsollError('database-artifact-invalid', { source, reason }, { cause });
  } finally {
    database.close();
  }
}

function unwritable(path: string, cause: unknown): PlimsollError {
  const { code, message } = cause as NodeJS.ErrnoException;
  return new PlimsollError('database-unwritable', { path, detail: code ?? message }, { cause });
}
