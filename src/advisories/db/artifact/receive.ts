import { copyFileSync, existsSync, linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Descriptor } from '../../../model/index.ts';
import type { BlobSource } from '../../../oci/source.ts';
import type { ByteStream } from '../../../util/bytes.ts';
import { PlimsollError } from '../../../util/errors.ts';
import { inParallel } from '../../../util/in-parallel.ts';
import type { ShardId } from '../../types.ts';
import { complete, currentGeneration, generationsIn, publish, sweep, WORK_PREFIX } from '../generations.ts';
import { MANIFEST_FILE, type Manifest, SOURCE_FILE } from '../manifest.ts';
import { openDatabase } from '../open.ts';
import { artifactForm, type ShardLayer } from './form.ts';
import { isShardFile, type LocalDatabase, localDatabase, shardFolders } from './local.ts';
import { type OfferedDatabase, readArtifact } from './read.ts';

/** Shards fetched at once. */
const LANES = 4;

export interface ReceiveOptions {
  /** Folder of the database: generations and the file that names the current one. */
  readonly out: string;
  readonly now: Date;
  /** The shards that have to be here afterwards; all by default. The others come where they cost nothing, or stay away. */
  readonly wanted?: readonly ShardId[];
  /** True: a database that is older than the one that is here is left where it is. */
  readonly neverOlder?: boolean;
  /** The source as people name it; what the source calls itself by default. */
  readonly from?: string;
  readonly onProgress?: (progress: ReceiveProgress) => void;
}

/** Bytes of shards; those that need not be sent or fetched count as done. */
export interface TransferProgress {
  readonly done: number;
  readonly total: number;
}

export interface ReceiveProgress extends TransferProgress {
  /** Bytes that were fetched so far, for how many shards, and how many the database has. */
  readonly fetched: number;
  readonly shards: number;
  readonly of: number;
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
 * Makes the database that `descriptor` names the current one, or the wanted shards of it. Shards that are here already (in the
 * current generation, or left by a pull that did not end) are not fetched. Readers see nothing before every byte is on disk and
 * checked; whatever goes wrong, the database that was there stays. Any number of processes may do this at once.
 *
 * @throws PlimsollError database-artifact-invalid, database-newer, database-source-older, database-unwritable, and what the source
 * throws
 */
export async function receiveDatabase(source: BlobSource, descriptor: Descriptor, options: ReceiveOptions): Promise<Received> {
  const current = currentDatabase(options.out);
  const offered = await offeredBy(source, descriptor, current);
  const { manifest, layers } = offered;
  const wanted = new Set(options.wanted ?? manifest.shards.map(({ id }) => id));
  try {
    mkdirSync(options.out, { recursive: true });
    sweep(options.out, options.now);
    if (currentGeneration(options.out) === options.out)
      throw new PlimsollError('database-unwritable', { path: options.out, detail: 'it is a single generation; name the folder above it' });
    const delivery = { source, descriptor, offered, wanted: layers.filter(({ shard }) => wanted.has(shard.id)), options };
    if (current?.text.equals(offered.text) === true) return await mended(delivery, current.path);
    if (options.neverOlder === true && current !== undefined && Date.parse(manifest.builtAt) < Date.parse(current.manifest.builtAt))
      return keptNewer(delivery, current);
    const received = await newGeneration(delivery);
    return { ...received, ...(current === undefined ? {} : { replacedBuiltAt: current.manifest.builtAt }) };
  } catch (error) {
    if (error instanceof PlimsollError || (error as NodeJS.ErrnoException).code === undefined) throw error;
    throw unwritable(options.out, error);
  }
}

/** What is being received. */
interface Delivery {
  readonly source: BlobSource;
  readonly descriptor: Descriptor;
  readonly offered: OfferedDatabase;
  /** Of the offered layers. */
  readonly wanted: readonly ShardLayer[];
  readonly options: ReceiveOptions;
}

/** The same database always makes the same artifact, so one that is here already need not be read again to be known. */
async function offeredBy(source: BlobSource, descriptor: Descriptor, current: LocalDatabase | undefined): Promise<OfferedDatabase> {
  const form = current && artifactForm(current.manifest, current.text);
  if (form?.descriptor.digest !== descriptor.digest) return readArtifact(source, descriptor);
  return { manifest: current!.manifest, text: current!.text, layers: form.layers };
}

/** Where each shard that is here already is. */
type Found = ReadonlyMap<ShardLayer, string>;

/** This very database is here, dates included: what it lacks of the wanted shards, or has damaged, is put into its folder. */
async function mended(delivery: Delivery, generation: string): Promise<Received> {
  const { offered, wanted, options } = delivery;
  const { manifest } = offered;
  const found = await findShards(wanted, shardFolders(options.out));
  const lacking = wanted.filter((layer) => found.get(layer) !== join(generation, layer.shard.file));
  if (lacking.length === 0) return { manifest, path: generation, changed: false, reused: wanted.length, fetched: 0 };
  try {
    return await inWorkFolder(delivery, { take: lacking, fetch: lacking, found }, ({ folder, ...brought }) => {
      complete(folder, generation);
      return { manifest, path: generation, changed: true, ...brought, reused: brought.reused + wanted.length - lacking.length };
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || existsSync(generation)) throw error;
    // Other processes have put newer ones in its place meanwhile; what was fetched is here still.
    return receiveDatabase(delivery.source, delivery.descriptor, options);
  }
}

async function newGeneration(delivery: Delivery): Promise<Received> {
  const { offered, wanted, options } = delivery;
  const { manifest, layers } = offered;
  const seen = generationsIn(options.out);
  const found = await findShards(layers, shardFolders(options.out));
  return inWorkFolder(delivery, { take: layers, fetch: wanted, found }, ({ folder, ...brought }) => ({
    manifest,
    path: publish(folder, options.out, manifest, seen),
    changed: true,
    ...brought,
  }));
}

/** A mirror that lags behind is no trouble as long as nothing is needed from it. */
function keptNewer({ offered, wanted, source, options }: Delivery, current: LocalDatabase): Received {
  const lacking = wanted.some(({ shard }) => !existsSync(join(current.path, shard.file)));
  if (!lacking) return { manifest: current.manifest, path: current.path, changed: false, reused: wanted.length, fetched: 0 };
  const params = { source: options.from ?? source.name, date: offered.manifest.builtAt, before: current.manifest.builtAt };
  throw new PlimsollError('database-source-older', params);
}

interface Plan {
  /** Shards that are taken from where they are found, where they are. */
  readonly take: readonly ShardLayer[];
  /** Those of them that are fetched where they were not found. */
  readonly fetch: readonly ShardLayer[];
  readonly found: Found;
}

interface Brought {
  /** Manifest and shards, checked and on disk. */
  readonly folder: string;
  readonly reused: number;
  readonly fetched: number;
}

async function inWorkFolder(delivery: Delivery, plan: Plan, use: (brought: Brought) => Received): Promise<Received> {
  const { source, offered, options } = delivery;
  const work = mkdtempSync(join(options.out, WORK_PREFIX));
  const folder = join(work, 'generation');
  mkdirSync(folder);
  const here = new Set(plan.take.filter((layer) => take(plan.found.get(layer), join(folder, layer.shard.file))));
  const missing = plan.fetch.filter((layer) => !here.has(layer));
  const size = (layers: Iterable<ShardLayer>) => [...layers].reduce((sum, { shard }) => sum + shard.size, 0);
  const total = size(new Set([...plan.fetch, ...here]));
  const base = total - size(missing);
  let fetched = 0;
  let kept = false;
  try {
    await inParallel(largestFirst(missing), LANES, async ({ shard, descriptor }) => {
      await writeFile(join(folder, shard.file), await source.blob(descriptor), (bytes) => {
        fetched += bytes;
        options.onProgress?.({ done: base + fetched, total, fetched, shards: missing.length, of: offered.layers.length });
      });
      kept = true;
    });
    writeFileSync(join(folder, MANIFEST_FILE), offered.text, { flush: true });
    writeFileSync(join(folder, SOURCE_FILE), `${options.from ?? source.name}\n`);
    checkTables(folder, source.name);
    const received = use({ folder, reused: here.size, fetched });
    kept = false;
    return received;
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

/** Undefined where there is none, or a damaged one: then it is being mended. */
function currentDatabase(folder: string): LocalDatabase | undefined {
  try {
    return localDatabase(folder);
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
    for (const { id } of database.manifest.shards) if (database.has(id)) database.withTable(id, (table) => table.entries);
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
