import { databaseAge } from '../advisories/db/age.ts';
import type { AdvisoryDb } from '../advisories/types.ts';
import { ecosystemsOf } from '../match/index.ts';
import type { Inventory, Report, ReportWarning } from '../model/index.ts';

/** The database as a report states it, and what there is to say of it. */
export interface StatedDatabase {
  readonly database: Report['database'];
  readonly warnings: readonly ReportWarning[];
}

/** How old the data is that a scan of this inventory rests on, whether that is more than `maxAgeDays`, and what else to warn of. */
export function stateDatabase(db: AdvisoryDb, inventory: Inventory, now: Date, maxAgeDays: number): StatedDatabase {
  const { info } = db;
  const { ageDays, oldestFeed, future } = databaseAge(info, db.feedsOf(db.shardsFor(ecosystemsOf(inventory, db))), now);
  const stale = ageDays > maxAgeDays;
  const warnings: ReportWarning[] = [];
  if (info.starter) warnings.push({ code: 'starter-database', params: { records: info.records } });
  if (stale) warnings.push({ code: 'stale-database', params: { age: ageDays, limit: maxAgeDays, feed: oldestFeed ?? '' } });
  if (future) warnings.push({ code: 'future-database', params: { date: info.builtAt.slice(0, 10) } });
  return { database: { ...info, ageDays, stale, ...(oldestFeed === undefined ? {} : { oldestFeed }) }, warnings };
}
