// Writes data/starter/ out of a folder of upstream data:
//   node tools/starter/generate.ts FOLDER
// Facts only: identifiers, packages, ranges, CVSS vectors, KEV, EPSS and SSVC. What is chosen: select.ts.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildDatabase } from '../../src/advisories/db/build.ts';
import { openDatabase, type ShardDatabase } from '../../src/advisories/db/open.ts';
import { advisorySources } from '../../src/advisories/index.ts';
import type { FeedInfo } from '../../src/model/index.ts';
import { erratumLine, flawLine } from './lines.ts';
import { candidates } from './select.ts';

const OUT = fileURLToPath(new URL('../../data/starter/', import.meta.url));
/** The text stays under two million bytes; this leaves room for the feeds. */
const MAX_TEXT = 1_940_000;
/** Of these, what errata may take. */
const MAX_ERRATA = 180_000;

const from = process.argv[2];
if (from === undefined) throw new Error('usage: generate.ts FOLDER');
const fetched = JSON.parse(readFileSync(new URL('fetched.json', import.meta.url), 'utf8')) as Record<string, string>;
const work = mkdtempSync(join(tmpdir(), 'plimsoll-starter-'));
try {
  await buildDatabase({ from, out: work, now: new Date(), workers: 2 });
  const database = openDatabase(work);
  write(database);
  database.close();
} finally {
  rmSync(work, { recursive: true, force: true });
}

function write(database: ShardDatabase): void {
  const { flaws, errata } = candidates(database);
  const lines = new Map<string, string>();
  const feeds = new Map<string, number>();
  let length = 0;
  const add = (id: string, line: string, feedIds: readonly string[], limit: number): boolean => {
    if (length + line.length + 1 > limit) return false;
    lines.set(id, line);
    length += line.length + 1;
    for (const feed of feedIds) feeds.set(feed, (feeds.get(feed) ?? 0) + 1);
    return true;
  };
  for (const item of flaws) {
    const { epss, kev, ssvc } = item.flaw ?? {};
    const enrichment = [epss && 'epss', kev && 'kev', ssvc && 'vulnrichment'].filter((feed) => feed !== undefined);
    const ids = new Set(item.statements.map((statement) => `${statement.feed} ${statement.id}`));
    if (!add(item.id, flawLine(item), [...[...ids].map((id) => id.split(' ')[0]!), ...enrichment], MAX_TEXT - MAX_ERRATA)) break;
  }
  const chosen = lines.size;
  for (const statements of errata) {
    const [first] = statements;
    if (first === undefined || first.flaws.length > 12 || !first.flaws.some((flaw) => lines.has(flaw))) continue;
    add(first.id, erratumLine(statements), [first.feed], MAX_TEXT);
  }
  const tiers = Map.groupBy(flaws, (item) => Math.ceil(item.rank));
  for (const [tier, items] of tiers)
    console.log(
      `tier ${tier}: ${items.filter((item) => lines.has(item.id)).length} of ${items.length}, ${items.reduce((sum, item) => sum + flawLine(item).length, 0)} bytes`,
    );
  const text = [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => `${line}\n`);
  writeFileSync(join(OUT, 'flaws.jsonl'), text.join(''));
  writeFileSync(join(OUT, 'feeds.json'), `${JSON.stringify(feedsOf(database.info.feeds, feeds), undefined, 2)}\n`);
  console.log(`${chosen} flaws of ${flaws.length}, ${lines.size - chosen} errata, ${length} bytes`);
}

function feedsOf(all: readonly FeedInfo[], records: ReadonlyMap<string, number>) {
  const feeds = all.flatMap((feed) => {
    const count = records.get(feed.id);
    const fetchedAt = fetched[feed.id];
    if (count === undefined) return [];
    if (fetchedAt === undefined) throw new Error(`fetched.json lacks ${feed.id}`);
    return [{ ...feed, records: count, fetchedAt }];
  });
  const enrichment = advisorySources.filter((source) => source.kind === 'enrichment' && records.has(source.id)).map((source) => source.id);
  const builtAt = feeds
    .map((feed) => feed.fetchedAt)
    .sort()
    .at(-1);
  const epssDate = feeds.find((feed) => feed.id === 'epss')?.newestRecord;
  return { builtAt, enrichment, epssDate, feeds };
}
