import { join } from 'node:path';
import { currentGeneration } from '../advisories/db/generations.ts';
import { openDatabase } from '../advisories/db/open.ts';
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
  if (named !== undefined && named !== 'starter') return openDatabase(named);
  const cached = databaseFolder(cacheDir);
  if (named === undefined && currentGeneration(cached) !== undefined) return openDatabase(cached);
  return openDatabase(cached);
}
