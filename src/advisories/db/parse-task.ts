import { createReadStream } from 'node:fs';
import type { ByteStream, Bytes } from '../../util/bytes.ts';
import { advisorySources } from '../index.ts';
import type { AdvisorySource, FeedFile, RecordSink, ShardId } from '../types.ts';
import { readArchive } from './archive.ts';
import { claimant } from './inputs.ts';
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

/** One archive to read, or a part of it. */
export interface ArchiveTask {
  readonly kind: 'archive';
  readonly path: string;
  /** Path below the folder that is built from; entries go by `name/entry`. */
  readonly name: string;
  readonly until: string;
  readonly from: number;
  readonly to: number;
  /** Files beside the archive: an entry that ends like one of them is older than that file, and not read. */
  readonly replaced: ReadonlySet<string>;
  /** As for the build. */
  readonly folders?: ReadonlyMap<string, string> | undefined;
}

/** What the entries of an archive gave, feed by feed. */
export interface ArchiveResult {
  readonly name: string;
  readonly results: readonly ParseResult[];
  /** Entries that no feed claims. */
  readonly unread: number;
}

/** Reads one file into `spill`. Throws where the file itself cannot be read; a bad record is counted. */
export async function parseFile(task: ParseTask, spill: Spill, sources: readonly AdvisorySource[] = advisorySources): Promise<ParseResult> {
  const source = sources.find((item) => item.id === task.feed);
  if (source === undefined) throw new Error(`no feed ${task.feed}`);
  const reading = new Reading(source, task.name, task.until, spill);
  await reading.parse({ name: task.name, open: () => createReadStream(task.path, { highWaterMark: 256 * 1024 }) });
  return reading.result(spill.flush());
}

/** Reads an archive in one pass; each entry goes to the feed that claims its name. */
export async function parseArchive(
  task: ArchiveTask,
  spill: Spill,
  sources: readonly AdvisorySource[] = advisorySources,
): Promise<ArchiveResult> {
  const readings = new Map<string, Reading>();
  let unread = 0;
  const sourceOf = (name: string) => claimant(`${task.name}/${name}`, sources, task.folders);
  const wants = (name: string) => {
    if (task.replaced.has(name.slice(name.lastIndexOf('/') + 1))) return false;
    if (sourceOf(name) !== undefined) return true;
    unread += 1;
    return false;
  };
  try {
    await readArchive(task.path, { wants, from: task.from, to: task.to }, async ({ name, bytes }) => {
      const source = sourceOf(name)!;
      const reading = readings.get(source.id) ?? new Reading(source, task.name, task.until, spill);
      readings.set(source.id, reading);
      await reading.parse({ name: `${task.name}/${name}`, open: () => once(bytes) });
    });
  } catch (cause) {
    const text = message(cause);
    throw new Error(text.startsWith(task.name) ? text : `${task.name}: ${text}`, { cause });
  }
  const spilled = spill.flush();
  return { name: task.name, results: [...readings.values()].map((reading) => reading.result(spilled)), unread };
}

/** Two parts of one archive as one result. Where they were spilled to does not add up: ask the parts. */
export function together(a: ParseResult, b: ParseResult): ParseResult {
  const newest = [a.newest, b.newest]
    .flatMap((date) => date ?? [])
    .sort()
    .at(-1);
  const tallies = (one: Tally, other: Tally): Tally => ({
    ...one,
    ...Object.fromEntries(
      Object.entries(other).map(([reason, { count, example }]) => [
        reason,
        { count: count + (one[reason]?.count ?? 0), example: one[reason]?.example ?? example },
      ]),
    ),
  });
  return {
    ...a,
    records: a.records + b.records,
    statements: a.statements + b.statements,
    problems: tallies(a.problems, b.problems),
    leftOut: tallies(a.leftOut, b.leftOut),
    ...(newest === undefined ? {} : { newest }),
  };
}

async function* once(bytes: Bytes): ByteStream {
  yield bytes;
}

/** Counts what one feed says in one file, or in the entries of one archive. */
class Reading {
  readonly #source: AdvisorySource;
  readonly #name: string;
  readonly #problems = new TallyOf();
  readonly #leftOut = new TallyOf();
  readonly #sink: RecordSink;
  #advisories = 0;
  #facts = 0;
  #statements = 0;
  #newest = '';
  #dated = 0;

  constructor(source: AdvisorySource, name: string, until: string, spill: Spill) {
    this.#source = source;
    this.#name = name;
    const note = (date: string) => {
      if (date === '') return;
      this.#dated += 1;
      if (date > this.#newest && date <= until) this.#newest = date;
    };
    this.#sink = {
      advisory: (record) => {
        this.#advisories += 1;
        this.#statements += spill.advisory(record, source.id);
        note(record.modified ?? record.published ?? '');
      },
      fact: (fact) => {
        this.#facts += 1;
        spill.fact(fact);
        if (source.kind === 'enrichment') note(fact.epss?.date ?? fact.kev?.dateAdded ?? fact.ssvc?.date ?? '');
      },
      repository: (fact) => {
        this.#facts += 1;
        spill.fact(fact);
      },
      problem: (reason, id) => this.#problems.add(reason, id),
      leftOut: (reason, id) => this.#leftOut.add(reason, id),
    };
  }

  async parse(file: FeedFile): Promise<void> {
    try {
      await this.#source.parse(file, this.#sink);
    } catch (cause) {
      throw new Error(`${file.name}: ${message(cause)}`, { cause });
    }
  }

  result(spilled: Pick<ParseResult, 'shards' | 'facts'>): ParseResult {
    const records = this.#source.kind === 'advisories' ? this.#advisories : this.#facts;
    // Where most records carry no date, the newest of the others says nothing.
    const newestRecord = this.#newest !== '' && this.#dated * 2 > records ? { newest: this.#newest } : {};
    return {
      feed: this.#source.id,
      name: this.#name,
      records,
      statements: this.#statements,
      problems: this.#problems.items,
      leftOut: this.#leftOut.items,
      ...newestRecord,
      ...spilled,
    };
  }
}

function message(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

class TallyOf {
  readonly items: Record<string, { count: number; example: string }> = {};

  add(reason: string, example: string): void {
    this.items[reason] ??= { count: 0, example };
    this.items[reason].count += 1;
  }
}
