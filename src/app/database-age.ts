import { databaseAge as ageOf } from '../advisories/db/age.ts';
import type { AdvisoryDb } from '../advisories/types.ts';
import type { Inventory, Report, ReportWarning } from '../model/index.ts';

/** The database as a report states it, and what there is to say of it. */
export interface StatedDatabase {
  readonly database: Report['database'];
  readonly warnings: readonly ReportWarning[];
}

/** How old the data is that a scan of this inventory rests on, and whether that is more than `maxAgeDays`. */
export function stateDatabase(db: AdvisoryDb, inventory: Inventory, now: Date, maxAgeDays: number): StatedDatabase {
  const { info } = db;
  const age = ageOf(info, db.feedsOf(db.shardsFor(inventory)), now);
  const stale = age.ageDays > maxAgeDays;
  const warnings: ReportWarning[] = [];
  if (info.starter) warnings.push({ code: 'starter-database', params: { records: info.records } });
  if (stale) warnings.push({ code: 'stale-database', params: { age: age.ageDays, limit: maxAgeDays, feed: age.oldestFeed ?? '' } });
  if (age.future) warnings.push({ code: 'future-database', params: { date: info.builtAt.slice(0, 10) } });
  return { database: { ...info, ageDays: age.ageDays, stale, ...(age.oldestFeed ? { oldestFeed: age.oldestFeed } : {}) }, warnings };
}
