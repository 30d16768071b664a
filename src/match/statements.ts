import type { Advisory, Flaw, Match, Package } from '../model/index.ts';
import { type Judgement, judge, type Subject } from './judge.ts';
import type { Knowledge } from './types.ts';

/** A statement, the flaw it is held to be about, and what it says of the version. */
export interface Opinion {
  readonly advisory: Advisory;
  readonly judgement: Judgement;
}

/** A statement and the version it is to be held against: errata are by installed package, trackers by source. */
export interface Held {
  readonly advisory: Advisory;
  readonly version: Subject;
}

/** What all statements together say of one version: by flaw, opinions in order of rank. */
export interface Assessment {
  /** Keyed by the flaw's id. */
  readonly verdicts: ReadonlyMap<string, FlawVerdict>;
}

export interface FlawVerdict {
  readonly flawId: string;
  readonly kind: Judgement['kind'];
  /** The opinion that decided comes first. */
  readonly opinions: readonly Opinion[];
}

/** Lower is heard first; opinions of equal rank are pooled, and there the worse one counts. */
export type Rank = (advisory: Advisory) => number;

/** Names of flaws, asked of the database once each. */
export class Flaws {
  readonly #db: Knowledge;
  readonly #byName = new Map<string, Flaw | undefined>();

  constructor(db: Knowledge) {
    this.#db = db;
  }

  /**
   * The flaws that a statement is about: the listed ones of a bundle, else the one it describes, by its CVE where it has any.
   * Malware goes by its MAL id.
   */
  idsOf(advisory: Advisory): readonly string[] {
    if (advisory.flaws.length > 0) return advisory.flaws;
    const malware = advisory.kind === 'malware' && [advisory.id, ...advisory.aliases].find((name) => name.startsWith('MAL-'));
    if (malware) return [malware];
    if (isCve(advisory.id)) return [advisory.id];
    const cve = advisory.aliases.find(isCve);
    return cve ? [cve] : this.#db.names(advisory.id);
  }

  /** What is known of the flaw; where the database has nothing, what the statements about it say. */
  get(id: string, statements: readonly Advisory[]): Flaw {
    const known = this.#find(id);
    const names = statements.filter((each) => each.flaws.length === 0).flatMap((each) => [each.id, ...each.aliases]);
    const aliases = [...new Set([...(known ? [known.id, ...known.aliases] : []), ...names])].filter((name) => name !== id && !isCve(name));
    const published = known?.published ?? statements.find((each) => each.published)?.published;
    return { cvss: [], ...known, id, aliases, ...(published ? { published } : {}) };
  }

  #find(name: string): Flaw | undefined {
    if (!this.#byName.has(name)) this.#byName.set(name, this.#db.flaw(name));
    return this.#byName.get(name);
  }
}

/** Nobody says anything. */
const NOTHING: Assessment = { verdicts: new Map() };

/** Judges every statement and lets the best rank decide each flaw. */
export function assess(statements: readonly Held[], rank: Rank, flaws: Flaws): Assessment {
  if (statements.length === 0) return NOTHING;
  const byFlaw = new Map<string, Opinion[]>();
  for (const { advisory, version } of byRecord(statements)) {
    const opinion = { advisory, judgement: judge(advisory, version) };
    for (const id of flaws.idsOf(advisory)) {
      const list = byFlaw.get(id);
      if (list) list.push(opinion);
      else byFlaw.set(id, [opinion]);
    }
  }
  const verdicts = new Map<string, FlawVerdict>();
  for (const [flawId, opinions] of byFlaw) verdicts.set(flawId, decide(flawId, opinions, rank));
  return { verdicts };
}

/**
 * A record may speak of one package several times, once for each release stream: it is one opinion all the same. Where a feed tells
 * each flaw of an erratum by itself, there is one record for each.
 */
function byRecord(statements: readonly Held[]): Iterable<Held> {
  if (new Set(statements.map(({ advisory }) => advisory.id)).size === statements.length) return statements;
  const records = new Map<string, Held>();
  for (const { advisory, version } of statements) {
    const key = [advisory.feed, advisory.id, advisory.status, advisory.ecosystem, version.text, ...advisory.flaws].join('\0');
    const known = records.get(key);
    records.set(key, { advisory: known ? joined(known.advisory, advisory, version) : advisory, version });
  }
  return records.values();
}

/**
 * An entry without ranges and versions speaks of every version, and so does what it is joined with. Of the builds that an
 * erratum lists of one package and stream, each has the fix: the oldest of them is where it begins.
 */
function joined(a: Advisory, b: Advisory, { scheme }: Subject): Advisory {
  const [one, other] = [firstFixed(a), firstFixed(b)].map((text) => (text === undefined ? undefined : scheme.parse(text)));
  const sameStream = a.module === b.module;
  if (sameStream && one !== undefined && other !== undefined) return (scheme.compare(one, other) ?? 1) <= 0 ? a : b;
  const everything = [a, b].find((each) => each.ranges.length === 0 && !each.versions);
  if (everything) return everything;
  const versions = [...(a.versions ?? []), ...(b.versions ?? [])];
  return { ...a, ranges: [...a.ranges, ...b.ranges], ...(versions.length > 0 ? { versions } : {}) };
}

/** The version that an erratum fixes, where it says nothing else. */
function firstFixed({ form, ranges, versions }: Advisory): string | undefined {
  const [range] = ranges;
  const [first, second] = range ?? [];
  if (form !== 'errata' || versions || ranges.length !== 1 || range?.length !== 2 || !first || !second) return undefined;
  return 'introduced' in first && first.introduced === '0' && 'fixed' in second ? second.fixed : undefined;
}

const WORST_FIRST: readonly Judgement['kind'][] = ['affected', 'undecided', 'not-affected'];

/**
 * The best rank decides; within it the worse opinion does. Where the best cannot decide, lower ones may still say affected,
 * but never clear the package.
 */
function decide(flawId: string, opinions: readonly Opinion[], rank: Rank): FlawVerdict {
  const only = opinions[0];
  if (opinions.length === 1 && only) return { flawId, kind: only.judgement.kind, opinions };
  const sorted = [...opinions].sort((a, b) => rank(a.advisory) - rank(b.advisory) || worse(a) - worse(b));
  const first = sorted[0];
  if (first?.judgement.kind === 'undecided') {
    const affected = sorted.find((each) => each.judgement.kind === 'affected');
    if (affected) return { flawId, kind: 'affected', opinions: [affected, ...sorted.filter((each) => each !== affected)] };
  }
  return { flawId, kind: first?.judgement.kind ?? 'not-affected', opinions: sorted };
}

function worse(opinion: Opinion): number {
  return WORST_FIRST.indexOf(opinion.judgement.kind);
}

/**
 * The matches of one package and flaw. Opinions that were overruled stay visible as `not-affected`, with who overruled
 * them; where nobody ever said affected there is nothing to show.
 */
export function toMatches(pkg: Package, verdict: FlawVerdict, flaws: Flaws): readonly Match[] {
  if (isClear(verdict)) return [];
  const [first] = verdict.opinions;
  const flaw = flaws.get(
    verdict.flawId,
    verdict.opinions.map((each) => each.advisory),
  );
  return verdict.opinions.map(({ advisory, judgement }) => {
    const { kind, rule, detail, fixes } = judgement;
    if (verdict.kind === 'not-affected' && kind !== 'not-affected' && first) {
      const said = `${kind} by ${advisory.feed} ${advisory.id} (${detail}), but ${first.advisory.feed} ${first.advisory.id}: ${first.judgement.detail}`;
      return {
        package: pkg,
        advisory,
        flaw,
        verdict: { kind: 'not-affected', because: { rule: 'overruled', detail: said } },
        fixedVersions: [],
      };
    }
    if (kind === 'undecided') return { package: pkg, advisory, flaw, verdict: { kind, reason: detail }, fixedVersions: fixes };
    return { package: pkg, advisory, flaw, verdict: { kind, because: { rule, detail } }, fixedVersions: fixes };
  });
}

/** True where nobody ever said affected. */
export function isClear({ opinions }: FlawVerdict): boolean {
  return opinions.every((each) => each.judgement.kind === 'not-affected');
}

function isCve(id: string): boolean {
  return id.startsWith('CVE-');
}
