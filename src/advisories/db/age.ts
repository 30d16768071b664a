import type { DatabaseInfo } from '../../model/index.ts';

const DAY = 24 * 60 * 60 * 1000;

/** How old the data is that a scan rests on. */
export interface DatabaseAge {
  /** Whole days since the oldest needed feed was fetched; 0 where that lies in the future. */
  readonly ageDays: number;
  readonly oldestFeed?: string;
  /** When that feed was fetched, RFC 3339. */
  readonly fetchedAt?: string;
  /** Newest record of any needed feed, RFC 3339. */
  readonly newestRecord?: string;
  /** True where a fetch date lies more than a day ahead of the clock: one of the two is wrong. */
  readonly future: boolean;
}

/** Age of the feeds named in `needed` ({@link AdvisoryDb.feedsOf}); of all feeds where none is needed. */
export function databaseAge(info: Pick<DatabaseInfo, 'feeds' | 'builtAt'>, needed: readonly string[], now: Date): DatabaseAge {
  const relevant = info.feeds.filter((feed) => needed.includes(feed.id));
  const feeds = relevant.length > 0 ? relevant : info.feeds;
  const oldest = [...feeds].sort((a, b) => timeOf(a.fetchedAt) - timeOf(b.fetchedAt))[0];
  const newestRecord = feeds
    .flatMap((feed) => feed.newestRecord ?? [])
    .sort()
    .at(-1);
  const fetched = timeOf(oldest?.fetchedAt ?? info.builtAt);
  const latest = Math.max(...feeds.map((feed) => timeOf(feed.fetchedAt)), timeOf(info.builtAt));
  return {
    ageDays: Math.max(0, Math.floor((now.getTime() - fetched) / DAY)),
    ...(oldest ? { oldestFeed: oldest.id, fetchedAt: oldest.fetchedAt } : {}),
    ...(newestRecord ? { newestRecord } : {}),
    future: latest - now.getTime() > DAY,
  };
}

/** A date that is none counts as the oldest there is, so that it is never taken for fresh. */
function timeOf(date: string): number {
  return Date.parse(date) || 0;
}
