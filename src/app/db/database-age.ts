import { databaseAge } from '../../advisories/db/age.ts';
import type { AdvisoryDb } from '../../advisories/types.ts';
import type { Ecosystem, ReportDatabase, ReportWarning } from '../../model/index.ts';
import type { SourceFailure } from './database-source.ts';

/** The database as a report states it, and what there is to say of it. */
export interface StatedDatabase {
  readonly database: ReportDatabase;
  readonly warnings: readonly ReportWarning[];
}

/** The database of a scan, and what asking for a newer one came to. */
export interface Freshness {
  readonly database: AdvisoryDb;
  readonly failures?: readonly SourceFailure[];
  readonly refusal?: string | undefined;
}

/** How old the data is that a scan of these ecosystems rests on, whether that is more than `maxAgeDays`, and what else to warn of. */
export function stateDatabase(fresh: Freshness, ecosystems: readonly Ecosystem[], now: Date, maxAgeDays: number): StatedDatabase {
  const { database: db, failures = [], refusal } = fresh;
  const { info } = db;
  const { ageDays, oldestFeed, future } = databaseAge(info, db.feedsOf(db.shardsFor(ecosystems)), now);
  const stale = ageDays > maxAgeDays;
  const warnings: ReportWarning[] = [];
  if (info.starter) warnings.push({ code: 'starter-database', params: { records: info.records } });
  if (refusal !== undefined) warnings.push({ code: 'database-not-updated', params: { sources: refusal, age: ageDays } });
  for (const { source, error } of failures) warnings.push({ code: 'database-source-failed', params: { source, code: error.code } });
  if (stale) warnings.push({ code: 'stale-database', params: { age: ageDays, limit: maxAgeDays, feed: oldestFeed ?? '' } });
  if (future) warnings.push({ code: 'future-database', params: { date: info.builtAt.slice(0, 10) } });
  return { database: { ...info, ageDays, stale, ...(oldestFeed === undefined ? {} : { oldestFeed }) }, warnings };
}
