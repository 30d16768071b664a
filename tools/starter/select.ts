import type { ShardDatabase } from '../../src/advisories/db/open.ts';
import { parsePackageKey } from '../../src/advisories/db/statement-codec.ts';
import type { Advisory, Flaw } from '../../src/model/index.ts';
import { ALPINE, DEBIAN, GO, MALWARE, MAVEN, NPM, names, PYPI } from './packages.ts';

/** A flaw with everything that is said of it in the starter's ecosystems. */
export interface Candidate {
  readonly id: string;
  readonly flaw: Flaw | undefined;
  readonly statements: readonly Advisory[];
  /** Lower comes first when room is short. */
  readonly rank: number;
}

const LIBRARIES = ['npm', 'PyPI', 'Maven', 'Go'];
const WANTED = new Set([
  ...names(DEBIAN).map((name) => `Debian ${name}`),
  ...names(ALPINE).map((name) => `Alpine ${name}`),
  ...names(NPM).map((name) => `npm ${name}`),
  ...names(PYPI).map((name) => `PyPI ${name}`),
  ...names(MAVEN).map((name) => `Maven ${name}`),
  ...names(GO).map((name) => `Go ${name}`),
]);
const MALICIOUS = new Set(names(MALWARE).map((name) => name.replace(':', ' ')));
/** Releases before these years cannot have the flaw any more: Debian 10 is of 2019, Alpine 3.4 of 2016. */
const FIRST_YEAR = { Debian: '2018', Alpine: '2016' };

/** All flaws and errata of the database that the starter may hold, best first. */
export function candidates(database: ShardDatabase): {
  readonly flaws: readonly Candidate[];
  readonly errata: readonly (readonly Advisory[])[];
} {
  const byFlaw = new Map<string, Advisory[]>();
  const byErratum = new Map<string, Advisory[]>();
  for (const statement of statementsOf(database)) {
    const keys = statement.form === 'errata' ? [statement.id] : database.names(statement.id);
    const map = statement.form === 'errata' ? byErratum : byFlaw;
    for (const key of keys) {
      const list = map.get(key);
      if (list === undefined) map.set(key, [statement]);
      else list.push(statement);
    }
  }
  const flaws = [...byFlaw].map(([id, statements]) => candidate(id, database.flaw(id), statements));
  return {
    flaws: flaws.filter((item) => item.rank < Number.POSITIVE_INFINITY).sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1)),
    errata: [...byErratum.values()],
  };
}

function* statementsOf(database: ShardDatabase): Generator<Advisory> {
  for (const shard of database.manifest.shards) {
    if (!shard.ecosystems.some(isInScope)) continue;
    const keys = database.withTable(shard.id, (table) => [...table].flatMap(({ key }) => parsePackageKey(key.toString()) ?? [])) ?? [];
    for (const key of keys) {
      if (isInScope(key.ecosystem))
        yield* database.lookup(key).filter((statement) => statement.feed !== 'alpine-osv' && !isBeforeRelease(statement));
    }
  }
}

/**
 * Debian 13 was still being made when its tracker was read: that something had no fix then says nothing of the release, which
 * may have been made of newer versions.
 */
function isBeforeRelease(statement: Advisory): boolean {
  if (statement.ecosystem !== 'Debian:13' || statement.status === 'not-affected') return false;
  return !statement.ranges.some((range) => range.some((event) => 'fixed' in event));
}

/** alpine-osv only repeats alpine-secdb; what it knows of flaws is in the facts. */
function isInScope(ecosystem: string): boolean {
  return LIBRARIES.includes(ecosystem) || /^Debian:1[0-3]$/.test(ecosystem) || /^Alpine:v3\.(4|9|1[0-9]|2[0-9])$/.test(ecosystem);
}

function candidate(id: string, flaw: Flaw | undefined, statements: readonly Advisory[]): Candidate {
  return { id, flaw, statements, rank: rankOf(flaw, statements) };
}

/** Known exploited, then the distributions' packages of the lists, then the libraries, recent years first, then whatever is likely to be exploited; infinite where it is none of these. */
function rankOf(flaw: Flaw | undefined, statements: readonly Advisory[]): number {
  const likely = flaw?.epss?.score ?? 0;
  if (statements.some((item) => item.kind === 'malware')) {
    return statements.some((item) => MALICIOUS.has(`${item.ecosystem} ${item.name}`)) ? 1 : Number.POSITIVE_INFINITY;
  }
  if (flaw?.kev !== undefined) return 0;
  const year = (flaw?.published ?? statements.find((item) => item.published)?.published ?? '').slice(0, 4);
  const wanted = new Set(statements.filter((item) => isWanted(item, year)).map((item) => item.ecosystem.split(':')[0]!));
  if (wanted.has('Debian') || wanted.has('Alpine')) return 2;
  if (LIBRARIES.some((ecosystem) => wanted.has(ecosystem))) return year >= FIRST_YEAR.Alpine ? 3 - likely : 4 - likely;
  const severe = flaw?.severities?.some(({ level }) => level === 'critical') || likely >= 0.3;
  return severe && statements.some((item) => LIBRARIES.includes(item.ecosystem)) ? 5 - likely : Number.POSITIVE_INFINITY;
}

function isWanted(statement: Advisory, year: string): boolean {
  const family = statement.ecosystem.split(':')[0]!;
  if (!WANTED.has(`${family} ${statement.name}`)) return false;
  return !(family === 'Debian' || family === 'Alpine') || year >= FIRST_YEAR[family];
}
