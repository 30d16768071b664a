import type { FeedInfo, KevEntry, SsvcDecision } from '../../model/index.ts';
import type { AdvisoryRecord, AffectedPackage, FlawFact } from '../types.ts';
import type { DatabaseContent } from './memory.ts';

/*
 * The starter as text, made to be reviewed: `feeds.json`, and `flaws.jsonl` with one flaw or one erratum a line, sorted by
 * id. A line holds facts only, no prose, and leaves out what can be told from the rest. docs/database.md, "The starter".
 */

/** `feeds.json`. */
export interface StarterFeeds {
  /** RFC 3339. */
  readonly builtAt: string;
  readonly feeds: readonly FeedInfo[];
  /** Feeds that know flaws only. */
  readonly enrichment: readonly string[];
  /** Day of the EPSS scores. */
  readonly epssDate: string;
}

/** What one advisory says; packages with the same ranges are listed together. */
export interface StarterStatement {
  readonly feed: string;
  /** Left out where it is the line's own. */
  readonly id?: string;
  readonly kind?: 'malware';
  /** Left out where it is the line's flaw alone. */
  readonly aliases?: readonly string[];
  /** Left out where the line has vectors of this feed: they are the same. */
  readonly cvss?: readonly string[];
  /** The vendor's word, the same for all packages. */
  readonly label?: string;
  readonly packages: readonly StarterPackage[];
}

/** `[ecosystems, name, fixed version]`, the usual case, or `[ecosystems, name, what is said]`. Ecosystems as `Debian:11,12,13`. */
export type StarterPackage = readonly [ecosystems: string, name: string, said: string | StarterSaying];

export interface StarterSaying extends Partial<Pick<AffectedPackage, 'ranges' | 'versions' | 'status' | 'imports'>> {
  readonly label?: string;
}

/** A line about a flaw. */
export interface StarterFlaw {
  readonly id: string;
  readonly aliases?: readonly string[];
  /** Vectors by source. */
  readonly cvss?: Readonly<Record<string, readonly string[]>>;
  readonly epss?: readonly [score: number, percentile: number];
  readonly kev?: KevEntry;
  /** `active`, `poc` or `none`; automatable or not; technical impact. */
  readonly ssvc?: readonly [SsvcDecision['exploitation'], 'yes' | 'no', SsvcDecision['technicalImpact'], date?: string];
  readonly cwes?: readonly string[];
  /** A day. */
  readonly published?: string;
  readonly severity?: NonNullable<FlawFact['severity']>;
  readonly statements: readonly StarterStatement[];
}

/** A line about an erratum: `flaws` tells it from the others. */
export interface StarterErratum extends StarterStatement {
  readonly id: string;
  readonly flaws: readonly string[];
}

/** The content of the starter's two files. They are the project's own: anything unexpected in them is a mistake and throws. */
export function parseStarter(feedsText: string, flawsText: string): DatabaseContent {
  const { builtAt, feeds, enrichment, epssDate } = JSON.parse(feedsText) as StarterFeeds;
  const facts: FlawFact[] = [];
  const records: { readonly feed: string; readonly record: AdvisoryRecord }[] = [];
  for (const line of flawsText.split('\n')) {
    if (line === '') continue;
    const item = JSON.parse(line) as StarterFlaw | StarterErratum;
    if ('flaws' in item) {
      records.push({ feed: item.feed, record: recordOf(item, { id: item.id, form: 'errata', aliases: [], flaws: item.flaws, cvss: [] }) });
      continue;
    }
    facts.push(factOf(item, epssDate));
    for (const statement of item.statements) {
      const id = statement.id ?? item.id;
      const aliases = id === item.id ? [] : [item.id];
      records.push({
        feed: statement.feed,
        record: recordOf(statement, { id, form: 'flaw', aliases, flaws: [], cvss: item.cvss?.[statement.feed] ?? [] }),
      });
    }
  }
  return { records, facts, feeds, enrichment, builtAt, starter: true };
}

function factOf(flaw: StarterFlaw, epssDate: string): FlawFact {
  const { statements: _, cvss = {}, epss, ssvc, published, ...facts } = flaw;
  return {
    ...facts,
    cvss: Object.entries(cvss).flatMap(([source, vectors]) => vectors.map((vector) => ({ vector, source }))),
    ...(epss ? { epss: { score: epss[0], percentile: epss[1], date: epssDate } } : {}),
    ...(ssvc ? { ssvc: decision(ssvc) } : {}),
    ...(published ? { published: `${published}T00:00:00Z` } : {}),
  };
}

function decision([exploitation, automatable, technicalImpact, date]: NonNullable<StarterFlaw['ssvc']>): SsvcDecision {
  return { exploitation, automatable: automatable === 'yes', technicalImpact, ...(date ? { date } : {}) };
}

type Rest = Pick<AdvisoryRecord, 'id' | 'form' | 'aliases' | 'flaws' | 'cvss'>;

function recordOf(statement: StarterStatement, rest: Rest): AdvisoryRecord {
  return {
    ...rest,
    kind: statement.kind ?? 'vulnerability',
    aliases: statement.aliases ?? rest.aliases,
    cvss: statement.cvss ?? rest.cvss,
    affected: statement.packages.flatMap(([ecosystems, name, said]) =>
      spread(ecosystems).map((ecosystem) => packageOf(ecosystem, name, said, statement.label)),
    ),
  };
}

function packageOf(ecosystem: string, name: string, said: string | StarterSaying, common: string | undefined): AffectedPackage {
  if (typeof said === 'string') {
    return {
      ecosystem,
      name,
      ranges: [[{ introduced: '0' }, { fixed: said }]],
      status: 'affected',
      ...(common ? { severityLabel: common } : {}),
    };
  }
  const { label = common, ranges = [], status = 'affected', ...rest } = said;
  return { ecosystem, name, ranges, status, ...rest, ...(label ? { severityLabel: label } : {}) };
}

/** `Debian:11,12` to `Debian:11` and `Debian:12`. */
function spread(ecosystems: string): readonly string[] {
  const [family = '', releases] = ecosystems.split(':');
  return releases === undefined ? [family] : releases.split(',').map((release) => `${family}:${release}`);
}
