import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseAge } from '../../advisories/db/age.ts';
import type { DatabaseInfo, FeedInfo } from '../../model/index.ts';
import { PlimsollError } from '../../util/errors.ts';
import { type DatabasePlace, openScanDatabase } from './open-scan-database.ts';

export interface DbStatus {
  readonly database: DatabaseInfo;
  readonly statements: number;
  readonly flaws: number;
  readonly shards: readonly {
    readonly id: string;
    readonly size: number;
    readonly ecosystems: readonly string[];
    readonly here: boolean;
  }[];
  /** Bytes of the shards that are here. */
  readonly size: number;
  readonly feeds: readonly (FeedInfo & { readonly ageDays: number })[];
  /** Of the oldest feed. */
  readonly ageDays: number;
  /** True where every byte was checked against the manifest. */
  readonly verified: boolean;
}

/**
 * What the database that a scan would use holds, and how old it is. `verify` reads every file and
 * throws `database-damaged` where one is not what the manifest names.
 */
export function dbStatus(place: DatabasePlace, now: Date, verify = false): DbStatus {
  const database = openScanDatabase(place);
  try {
    const { info, manifest } = database;
    const here = manifest.shards.filter(({ id }) => database.has(id));
    if (verify && !info.starter) for (const shard of here) checkFile(join(info.path, shard.file), shard.sha256);
    return {
      database: info,
      statements: manifest.statements,
      flaws: manifest.flaws,
      shards: manifest.shards.map(({ id, size, ecosystems }) => ({ id, size, ecosystems, here: database.has(id) })),
      size: here.reduce((sum, shard) => sum + shard.size, 0),
      feeds: info.feeds.map((feed) => ({ ...feed, ageDays: databaseAge(info, [feed.id], now).ageDays })),
      ageDays: databaseAge(info, [], now).ageDays,
      verified: verify,
    };
  } finally {
    database.close();
  }
}

function checkFile(path: string, sha256: string): void {
  let actual: string;
  try {
    actual = hash('sha256', readFileSync(path), 'hex');
  } catch (cause) {
    throw new PlimsollError('database-damaged', { path, detail: cause instanceof Error ? cause.message : String(cause) }, { cause });
  }
  if (actual !== sha256) throw new PlimsollError('database-damaged', { path, detail: `SHA-256 ${actual} instead of ${sha256}` });
}
