import { createReadStream } from 'node:fs';
import { advisorySources } from '../index.ts';
import type { AdvisorySource, RecordSink, ShardId } from '../types.ts';
import type { Spill } from './spill.ts';

/** One file to read. */
export interface ParseTask {
  readonly kind: 'parse';
  readonly feed: string;
  readonly path: string;
  /** Path below the folder that is built from. */
  readonly name: string;
  /** Dates after this one are mistakes of upstream and no news, RFC 3339. */
  readonly until: string;
}

/** How many of each kind, with one example. */
export type Tally = Readonly<Record<string, { readonly count: number; readonly example: string }>>;

/** What reading one file gave. */
export interface ParseResult {
  readonly feed: string;
  readonly name: string;
  /** Advisories, or facts of enrichment feeds. */
  readonly records: number;
  readonly statements: number;
  /** Records and parts of records that say nothing usable. */
  readonly problems: Tally;
  /** Records that were left out on purpose. */
  readonly leftOut: Tally;
  /** Newest date of change, RFC 3339 or a day; absent where most records have none. */
  readonly newest?: string;
  /** Shards that this worker has written to so far. */
  readonly shards: ReadonlyMap<ShardId, string>;
  readonly facts: string;
}

/** Reads one file into `spill`. Throws where the file itself cannot be read; a bad record is counted. */
export async function parseFile(task: ParseTask, spill: Spill, sources: readonly AdvisorySource[] = advisorySources): Promise<ParseResult> {
  const source = sources.find((item) => item.id === task.feed);
  if (source === undefined) throw new Error(`no feed ${task.feed}`);
  const problems = new TallyOf();
  const leftOut = new TallyOf();
  let advisories = 0;
  let facts = 0;
  let statements = 0;
  let newest = '';
  let dated = 0;
  const note = (date: string) => {
    if (date === '') return;
    dated += 1;
    if (date > newest && date <= task.until) newest = date;
  };
  const sink: RecordSink = {
    advisory: (record) => {
      advisories += 1;
      statements += spill.advisory(record, source.id);
      note(record.modified ?? record.published ?? '');
    },
    fact: (fact) => {
      facts += 1;
      spill.fact(fact);
      if (source.kind === 'enrichment') note(fact.epss?.date ?? fact.kev?.dateAdded ?? fact.ssvc?.date ?? '');
    },
    repository: (fact) => {
      facts += 1;
      spill.fact(fact);
    },
    problem: (reason, id) => problems.add(reason, id),
    leftOut: (reason, id) => leftOut.add(reason, id),
  };
  try {
    await source.parse({ name: task.name, open: () => createReadStream(task.path, { highWaterMark: 256 * 1024 }) }, sink);
  } catch (cause) {
    throw new Error(`${task.name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  const records = source.kind === 'advisories' ? advisories : facts;
  // Where most records carry no date, the newest of the others says nothing.
  const newestRecord = newest !== '' && dated * 2 > records ? { newest } : {};
  return {
    feed: task.feed,
    name: task.name,
    records,
    statements,
    problems: problems.items,
    leftOut: leftOut.items,
    ...newestRecord,
    ...spill.flush(),
  };
}

class TallyOf {
  readonly items: Record<string, { count: number; example: string }> = {};

  add(reason: string, example: string): void {
    this.items[reason] ??= { count: 0, example };
    this.items[reason].count += 1;
  }
}
