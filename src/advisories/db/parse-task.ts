import { createReadStream } from 'node:fs';
import { advisorySources } from '../index.ts';
import type { AdvisorySource, RecordSink, ShardId } from '../types.ts';
import { Spill } from './spill.ts';

/** One file to read. */
export interface ParseTask {
  readonly kind: 'parse';
  readonly feed: string;
  readonly path: string;
  /** Path below the folder that is built from. */
  readonly name: string;
}

/** What reading one file gave. */
export interface ParseResult {
  readonly feed: string;
  readonly name: string;
  /** Advisories, or facts of enrichment feeds. */
  readonly records: number;
  readonly statements: number;
  /** Records and parts of records that say nothing usable: how many of each kind, with one example. */
  readonly problems: Readonly<Record<string, { readonly count: number; readonly example: string }>>;
  /** Newest date of change, RFC 3339. */
  readonly newest?: string;
  /** Shards that this worker has written to so far. */
  readonly shards: ReadonlyMap<ShardId, string>;
  readonly facts: string;
}

/** Reads one file into `spill`. Throws where the file itself cannot be read; a bad record is counted. */
export async function parseFile(task: ParseTask, spill: Spill, sources: readonly AdvisorySource[] = advisorySources): Promise<ParseResult> {
  const source = sources.find((item) => item.id === task.feed);
  if (source === undefined) throw new Error(`no feed ${task.feed}`);
  const problems: Record<string, { count: number; example: string }> = {};
  let advisories = 0;
  let facts = 0;
  let statements = 0;
  let newest = '';
  const sink: RecordSink = {
    advisory: (record) => {
      advisories += 1;
      statements += spill.advisory(record, source.id);
      const date = record.modified ?? record.published ?? '';
      if (date > newest) newest = date;
    },
    fact: (fact) => {
      facts += 1;
      spill.fact(fact);
      const date = fact.epss?.date ?? fact.kev?.dateAdded ?? fact.ssvc?.date ?? '';
      if (date > newest) newest = date;
    },
    problem: (reason, id) => {
      problems[reason] ??= { count: 0, example: id };
      problems[reason].count += 1;
    },
  };
  try {
    await source.parse({ name: task.name, open: () => createReadStream(task.path, { highWaterMark: 256 * 1024 }) }, sink);
  } catch (cause) {
    throw new Error(`${task.name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  const records = source.kind === 'advisories' ? advisories : facts;
  return { feed: task.feed, name: task.name, records, statements, problems, ...(newest ? { newest } : {}), ...spill.flush() };
}
