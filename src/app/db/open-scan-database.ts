import { join } from 'node:path';
import { openDatabase, type ShardDatabase } from '../../advisories/db/open.ts';
import { openDatabaseOrStarter, openStarter } from '../../advisories/db/starter.ts';

/** Where `db build` puts the database, and a scan looks for it. */
export function databaseFolder(cacheDir: string): string {
  return join(cacheDir, 'db');
}

/** Where the user's database is. */
export interface DatabasePlace {
  /** A folder, or `starter`. */
  readonly named?: string | undefined;
  readonly cacheDir: string;
}

/**
 * The database that a scan uses: the folder that was named; else that of the cache folder; else the starter. A database that
 * was named and is missing or damaged is an error, and so is a damaged one in the cache: nobody is silently given less.
 */
export function openScanDatabase({ named, cacheDir }: DatabasePlace): ShardDatabase {
  if (named === 'starter') return openStarter();
  return named === undefined ? openDatabaseOrStarter(databaseFolder(cacheDir)) : openDatabase(named);
}
