import { join } from 'node:path';
import { openDatabase } from '../advisories/db/open.ts';
import { openDatabaseOrStarter, openStarter } from '../advisories/db/starter.ts';
import type { AdvisoryDb } from '../advisories/types.ts';

/** Where `db build` puts the database, and a scan looks for it. */
export function databaseFolder(cacheDir: string): string {
  return join(cacheDir, 'db');
}

/**
 * The database that a scan uses: the folder that was named; else that of the cache folder; else the starter. A database that
 * was named and is missing or damaged is an error, and so is a damaged one in the cache: nobody is silently given less.
 */
export function openScanDatabase(named: string | undefined, cacheDir: string): AdvisoryDb {
  if (named === 'starter') return openStarter();
  return named === undefined ? openDatabaseOrStarter(databaseFolder(cacheDir)) : openDatabase(named);
}
