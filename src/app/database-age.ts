import type { AdvisoryDb } from '../advisories/types.ts';
import type { FeedInfo, Inventory, Report, ReportWarning } from '../model/index.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The database as a report states it, and what there is to say of it. */
export interface StatedDatabase {
  readonly database: Report['database'];
  readonly warnings: readonly ReportWarning[];
}

/**
 * How old the data is that a scan of this inventory rests on: whole days since the oldest feed that it needs was fetched (of
 * all feeds where it needs none). Dates more than a day ahead of the clock are pointed out, for then one of the two is wrong.
 */
export function stateDatabase(db: AdvisoryDb, inventory: Inventory, now: Date, maxAgeDays: number): StatedDatabase {
  const { info } = db;
  const needed = new Set(db.feedsOf(db.shardsFor(inventory)));
  const relevant = info.feeds.filter((feed) => needed.has(feed.id));
  const feeds = relevant.length > 0 ? relevant : info.feeds;
  const oldest = feeds.toSorted((a, b) => fetched(a) - fetched(b))[0];
  const ageDays = Math.max(0, Math.floor((now.getTime() - (oldest ? fetched(oldest) : Date.parse(info.builtAt))) / DAY_MS));
  const stale = ageDays > maxAgeDays;
  const future = feeds.find((feed) => fetched(feed) - now.getTime() > DAY_MS);

  const warnings: ReportWarning[] = [];
  if (info.starter) warnings.push({ code: 'starter-database', params: { records: info.records } });
  if (stale) warnings.push({ code: 'stale-database', params: { age: ageDays, limit: maxAgeDays, feed: oldest?.id ?? '' } });
  if (future) warnings.push({ code: 'future-database', params: { date: future.fetchedAt.slice(0, 10) } });
  return { database: { ...info, ageDays, stale, ...(oldest ? { oldestFeed: oldest.id } : {}) }, warnings };
}

/** Milliseconds since 1970; a date that is none counts as the oldest, so that it is never taken for fresh. */
function fetched(feed: FeedInfo): number {
  return Date.parse(feed.fetchedAt) || 0;
}
