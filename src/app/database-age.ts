import type { AdvisoryDb } from '../advisories/types.ts';
import type { Inventory, Report, ReportWarning } from '../model/index.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Clocks differ between machines; less than this is no future. */
const CLOCK_SLACK_DAYS = 1;

/** The database as a report states it, and what its age gives reason to say. */
export interface DatabaseAge {
  readonly database: Report['database'];
  readonly warnings: readonly ReportWarning[];
}

/**
 * How old the data is that a scan of this inventory rests on: the fetch date of the oldest feed that it needs. A database
 * whose feeds say nothing of the inventory is as old as its oldest feed.
 */
export function databaseAge(db: AdvisoryDb, inventory: Inventory, now: Date, maxAgeDays: number): DatabaseAge {
  const { info } = db;
  const needed = new Set(db.feedsOf(db.shardsFor(inventory)));
  const feeds = info.feeds.filter((feed) => needed.has(feed.id));
  const dated = (feeds.length > 0 ? feeds : info.feeds)
    .map((feed) => ({ id: feed.id, time: Date.parse(feed.fetchedAt) }))
    .filter((feed) => !Number.isNaN(feed.time))
    .sort((a, b) => a.time - b.time);
  const oldest = dated[0];
  const since = oldest?.time ?? Date.parse(info.builtAt);
  const days = Math.round(((now.getTime() - since) / DAY_MS) * 100) / 100;
  const stale = !(days <= maxAgeDays);
  const feed = oldest?.id ?? '';
  return {
    database: { ...info, ageDays: days, stale, ...(oldest ? { oldestFeed: oldest.id } : {}) },
    warnings: [
      ...(info.starter ? [{ code: 'starter-database' as const, params: { records: info.records } }] : []),
      ...(stale ? [{ code: 'stale-database' as const, params: { age: Math.floor(days), limit: maxAgeDays, feed } }] : []),
      ...(days < -CLOCK_SLACK_DAYS
        ? [{ code: 'future-database' as const, params: { date: new Date(since).toISOString().slice(0, 10) } }]
        : []),
    ],
  };
}
