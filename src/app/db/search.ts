import { isIn, searchById, searchByPackage } from '../../advisories/db/search.ts';
import type { Advisory, DatabaseInfo, Flaw } from '../../model/index.ts';
import { type DatabasePlace, openScanDatabase } from './open-scan-database.ts';

export interface DbSearchResult {
  readonly kind: 'id' | 'package';
  readonly query: string;
  /** Flaws that go by the id; none for a package. */
  readonly flaws: readonly Flaw[];
  /** Ordered by ecosystem, package and id. */
  readonly statements: readonly Advisory[];
  readonly database: DatabaseInfo;
  /** Shards of the database, and how many of them are here and were searched. */
  readonly shards: { readonly here: number; readonly of: number };
}

/**
 * What the database that a scan would use says of an advisory id (CVE, GHSA, DSA, RHSA, ...) or of a
 * package. `ecosystem` as OSV spells it, release optional: `npm`, `Debian`, `Debian:12`.
 */
export function dbSearch(place: DatabasePlace, query: string, ecosystem?: string): DbSearchResult {
  const database = openScanDatabase(place);
  try {
    const wanted = query.trim();
    const id = advisoryId(wanted);
    const found = id === undefined ? { flaws: [], statements: searchByPackage(database, wanted, ecosystem) } : searchById(database, id);
    const inScope = found.statements.filter((item) => isIn(item.ecosystem, ecosystem));
    return {
      kind: id === undefined ? 'package' : 'id',
      query: id ?? wanted,
      flaws: found.flaws,
      statements: [...inScope].sort((a, b) => order(a.ecosystem, b.ecosystem) || order(a.name, b.name) || order(a.id, b.id)),
      database: database.info,
      shards: { here: database.manifest.shards.filter((shard) => database.has(shard.id)).length, of: database.manifest.shards.length },
    };
  } finally {
    database.close();
  }
}

const ID =
  /^(CVE|GHSA|GO|PYSEC|PSF|MAL|BIT|RUSTSEC|DSA|DLA|DTSA|USN|RH[SBE]A|AL[SBE]A|R[LX][SBE]A|ELSA|ALAS|GLSA|XSA|SUSE-[A-Z]U|openSUSE-[A-Z]U)-\S+$/i;

/** The id in its upstream's spelling; undefined where the query is no id. */
function advisoryId(query: string): string | undefined {
  if (!ID.test(query)) return undefined;
  if (/^ghsa-/i.test(query)) return `GHSA-${query.slice(5).toLowerCase()}`;
  if (/^opensuse-/i.test(query)) return `openSUSE-${query.slice(9).toUpperCase()}`;
  return /^bit-/i.test(query) ? `BIT-${query.slice(4)}` : query.toUpperCase();
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
