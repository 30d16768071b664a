import type { Epss, FeedInfo, Flaw, KevEntry, SsvcDecision } from '../../model/index.ts';
import type { AdvisoryRecord, AffectedPackage, FlawFact } from '../types.ts';
import type { DatabaseContent } from './memory.ts';

/*
 * The starter as text, made to be reviewed: `feeds.json`, and `flaws.jsonl` with one flaw or one erratum a line, sorted by
 * id. A line holds facts only, no prose. docs/database.md, "The starter".
 */

/** `feeds.json`. */
export interface StarterFeeds {
  /** RFC 3339. */
  readonly builtAt: string;
  readonly feeds: readonly FeedInfo[];
  /** Feeds that know flaws only. */
  readonly enrichment: readonly string[];
}

/** What one advisory says; packages with the same ranges are listed together. */
export interface StarterStatement extends Partial<Pick<AdvisoryRecord, 'kind' | 'aliases' | 'cvss'>> {
  /** Left out where it is the line's own. */
  readonly id?: string;
  readonly feed: string;
  readonly packages: readonly StarterPackage[];
}

/** `in` lists ecosystems. `fixed` stands for one range from 0; it is the usual case. */
export interface StarterPackage extends Partial<Pick<AffectedPackage, 'ranges' | 'versions' | 'status' | 'severityLabel' | 'imports'>> {
  readonly in: readonly string[];
  readonly name: string;
  readonly fixed?: string;
}

/** A line about a flaw. */
export interface StarterFlaw {
  readonly id: string;
  readonly aliases?: readonly string[];
  /** Vectors by source. */
  readonly cvss?: Readonly<Record<string, readonly string[]>>;
  readonly epss?: Epss;
  readonly kev?: KevEntry;
  readonly ssvc?: SsvcDecision;
  readonly cwes?: readonly string[];
  readonly published?: string;
  readonly severity?: Flaw['severity'];
  readonly statements: readonly StarterStatement[];
}

/** A line about an erratum: `flaws` tells it from the others. */
export interface StarterErratum extends StarterStatement {
  readonly id: string;
  readonly flaws: readonly string[];
}

/** The content of the starter's two files. They are the project's own: anything unexpected in them is a mistake and throws. */
export function parseStarter(feedsText: string, flawsText: string): DatabaseContent {
  const { builtAt, feeds, enrichment } = JSON.parse(feedsText) as StarterFeeds;
  const facts: FlawFact[] = [];
  const records: { readonly feed: string; readonly record: AdvisoryRecord }[] = [];
  for (const line of flawsText.split('\n')) {
    if (line === '') continue;
    const item = JSON.parse(line) as StarterFlaw | StarterErratum;
    if ('flaws' in item) {
      records.push({ feed: item.feed, record: recordOf(item, item.id, item.flaws) });
    } else {
      facts.push(factOf(item));
      for (const statement of item.statements)
        records.push({ feed: statement.feed, record: recordOf(statement, statement.id ?? item.id, []) });
    }
  }
  return { records, facts, feeds, enrichment, builtAt, starter: true };
}

function factOf(flaw: StarterFlaw): FlawFact {
  const { statements: _, cvss = {}, ...facts } = flaw;
  return { ...facts, cvss: Object.entries(cvss).flatMap(([source, vectors]) => vectors.map((vector) => ({ vector, source }))) };
}

function recordOf(statement: StarterStatement, id: string, flaws: readonly string[]): AdvisoryRecord {
  return {
    id,
    kind: statement.kind ?? 'vulnerability',
    form: flaws.length > 0 ? 'errata' : 'flaw',
    aliases: statement.aliases ?? [],
    flaws,
    cvss: statement.cvss ?? [],
    affected: statement.packages.flatMap((item) => item.in.map((ecosystem) => packageOf(item, ecosystem))),
  };
}

function packageOf(item: StarterPackage, ecosystem: string): AffectedPackage {
  const { in: _, fixed, ranges, status = 'affected', ...rest } = item;
  return { ...rest, ecosystem, status, ranges: ranges ?? (fixed === undefined ? [] : [[{ introduced: '0' }, { fixed }]]) };
}
