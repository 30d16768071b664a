import { statSync } from 'node:fs';
import { exportDatabase, importDatabase } from '../../advisories/db/artifact/archive.ts';
import { exportToFolder } from '../../advisories/db/artifact/folder.ts';
import { wholeDatabase } from '../../advisories/db/artifact/local.ts';
import { type Received, receiveDatabase, type TransferProgress } from '../../advisories/db/artifact/receive.ts';
import { sendDatabase } from '../../advisories/db/artifact/send.ts';
import { advisorySources } from '../../advisories/index.ts';
import type { DatabaseInfo } from '../../model/index.ts';
import { formatReference, parseReference } from '../../oci/reference.ts';
import { openPusher } from '../../oci/registry/index.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import type { Http } from '../../util/http/types.ts';
import { type RegistryAccess, registryOptions } from '../registry-access.ts';
import { databaseSource, fromFirst, type SourceFailure } from './database-source.ts';
import { rememberAsking } from './fresh-database.ts';

export type { TransferProgress };

/** A database on this machine and how it is passed on. */
export interface TransferOptions {
  /** Folder of the database. */
  readonly folder: string;
  readonly onProgress?: (progress: TransferProgress) => void;
}

export interface RemoteOptions extends TransferOptions {
  readonly registry?: RegistryAccess;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Nothing is asked of the network: the error is `offline`. */
  readonly offline: boolean;
  /** Instead of the network. */
  readonly http?: Http;
}

export interface DbSent {
  /** Reference with the digest, or file. */
  readonly to: string;
  readonly database: DatabaseInfo;
  readonly shards: number;
  /** Bytes of the shards, or of the archive. */
  readonly size: number;
  readonly seconds: number;
}

export interface DbReceived {
  /** Reference or file. */
  readonly from: string;
  readonly database: DatabaseInfo;
  readonly shards: number;
  /** Shards that were here already. */
  readonly reused: number;
  /** Bytes of shards that were fetched. */
  readonly fetched: number;
  /** False where this very database was the current one already. */
  readonly changed: boolean;
  /** When the database that it replaced was built; only where that one is newer. */
  readonly replacedNewer?: string;
  readonly seconds: number;
}

/** Puts the database into a registry, as an OCI artifact under a tag. */
export async function dbPush(text: string, options: RemoteOptions): Promise<DbSent> {
  const started = performance.now();
  const reference = parseReference(text);
  const { tag, digest } = reference;
  if (tag === undefined || digest !== undefined)
    throw new PlimsollError('reference-invalid', { reference: text, reason: 'a database is pushed under a tag' }, { exitCode: EXIT.usage });
  const database = wholeDatabase(options.folder);
  const pusher = openPusher(reference, await registryOptions({ ...options.registry, ...options }));
  const sent = await sendDatabase(database, pusher, { ...options, tag, sources: advisorySources });
  const size = database.manifest.shards.reduce((sum, shard) => sum + shard.size, 0);
  return { to: `${formatReference(reference)}@${sent.digest}`, ...described(database, started), size };
}

/**
 * Takes the whole database from the first of several sources that has it. What one of them brought before it failed is not
 * fetched again from the next. `onFailure` is told of those that failed where others are left.
 */
export async function dbPull(
  texts: readonly string[],
  options: RemoteOptions & { readonly now: Date; readonly onFailure?: (failure: SourceFailure) => void },
): Promise<DbReceived> {
  const started = performance.now();
  const sources = texts.map(databaseSource);
  const access = await registryOptions({ ...options.registry, ...options });
  const result = await fromFirst(
    sources,
    async (source) => {
      const { source: blobs, descriptor, close } = await source.open(access);
      try {
        return received(source.name, await receiveDatabase(blobs, descriptor, { ...receiving(options), from: source.name }), started);
      } finally {
        await close();
      }
    },
    options.onFailure,
  );
  rememberAsking(options.folder, sources, options.now);
  return result;
}

/** Writes the database into one file, an OCI archive; into a folder, as an OCI layout, where `to` is one or ends with a slash. */
export async function dbExport(to: string, { folder, onProgress }: TransferOptions): Promise<DbSent> {
  const started = performance.now();
  const database = wholeDatabase(folder);
  const isFolder = /[\\/]$/.test(to) || statSync(to, { throwIfNoEntry: false })?.isDirectory() === true;
  const { size } = await (isFolder ? exportToFolder(database, to, onProgress) : exportDatabase(database, to, onProgress));
  return { to, ...described(database, started), size };
}

/** Takes the database out of an OCI archive, or of the folder of an OCI layout. */
export async function dbImport(file: string, options: TransferOptions & { readonly now: Date }): Promise<DbReceived> {
  const started = performance.now();
  return received(file, await importDatabase(file, receiving(options)), started);
}

function receiving({ folder, now, onProgress }: TransferOptions & { readonly now: Date }) {
  return { out: folder, now, ...(onProgress === undefined ? {} : { onProgress }) };
}

function received(from: string, { manifest, path, replacedBuiltAt, changed, reused, fetched }: Received, started: number): DbReceived {
  const older = replacedBuiltAt !== undefined && Date.parse(replacedBuiltAt) > Date.parse(manifest.builtAt);
  return {
    from,
    ...described({ manifest, path }, started),
    ...(older ? { replacedNewer: replacedBuiltAt } : {}),
    changed,
    reused,
    fetched,
  };
}

function described({ manifest, path }: Pick<Received, 'manifest' | 'path'>, started: number) {
  const { schemaVersion, digest, builtAt, starter, feeds, records, shards } = manifest;
  return {
    database: { schemaVersion, digest, builtAt, starter, feeds, records, path },
    shards: shards.length,
    seconds: (performance.now() - started) / 1000,
  };
}
