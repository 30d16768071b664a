import { type Advisory, type AdvisoryKey, type Match, normaliseName, type Package, type Unassessed } from '../model/index.ts';
import { schemeFor } from '../versions/index.ts';
import { subject } from './judge.ts';
import { lookupOf } from './programs.ts';
import { type Assessment, assess, type Flaws, type Held, toMatches } from './statements.ts';
import type { Knowledge } from './types.ts';

/**
 * Matches packages of a language by the ecosystem's advisories, and programs without one by those of whoever speaks of them. The Go
 * vulnerability database decides for Go: its records are by module and reviewed against the code, where GHSA's often name
 * sub-packages or branches no module proxy knows.
 * Elsewhere no source outranks another, and affected wins. Go modules are looked up by their exact path: `x/y/v2` is
 * another module than `x/y` (Go Modules Reference, "Major version suffixes"). An application's own package.json is no
 * package of the registry, whatever its name.
 */
export class LibraryMatcher {
  readonly #db: Knowledge;
  readonly #flaws: Flaws;
  readonly #byPackage = new Map<string, Assessment>();

  constructor(db: Knowledge, flaws: Flaws) {
    this.#db = db;
    this.#flaws = flaws;
  }

  unassessed(pkg: Package): Unassessed['reason'] | undefined {
    const ecosystem = lookupOf(pkg)?.ecosystem;
    if (!ecosystem || !schemeFor(ecosystem) || !this.#db.covers(ecosystem)) return 'no-data-for-ecosystem';
    if (pkg.type === 'npm' && pkg.role === 'root') return 'own-application';
    if (pkg.type === 'maven' && !pkg.name.includes(':')) return 'incomplete-name';
    return UNKNOWN_VERSION.test(pkg.version) ? 'no-version' : undefined;
  }

  match(pkg: Package, { verdicts }: Assessment): readonly Match[] {
    return [...verdicts.values()].flatMap((verdict) => toMatches(pkg, verdict, this.#flaws));
  }

  /** What is asked of the database about a package. */
  keys(pkg: Package): readonly AdvisoryKey[] {
    const lookup = lookupOf(pkg);
    return lookup ? [keyOf(lookup)] : [];
  }

  assessment(pkg: Package): Assessment {
    const key = `${pkg.type}\0${pkg.name}\0${pkg.version}`;
    let found = this.#byPackage.get(key);
    if (!found) {
      found = assess(this.#held(pkg), rankOfLibrary, this.#flaws);
      if (found.verdicts.size > 0) this.#byPackage.set(key, found);
    }
    return found;
  }

  #held(pkg: Package): readonly Held[] {
    const lookup = lookupOf(pkg);
    const scheme = lookup && schemeFor(lookup.ecosystem);
    const statements = scheme ? this.#db.lookup(keyOf(lookup)) : [];
    if (!scheme || statements.length === 0) return [];
    const version = subject(lookup.version, scheme);
    return statements.map((advisory) => ({ advisory, version }));
  }
}

function keyOf({ ecosystem, name }: Pick<AdvisoryKey, 'ecosystem' | 'name'>): AdvisoryKey {
  return { ecosystem, name: normaliseName(ecosystem, name) };
}

/** Go's main modules and local builds state none. */
const UNKNOWN_VERSION = /^(|\(devel\)|unknown|UNKNOWN)$/;

function rankOfLibrary(advisory: Advisory): number {
  return advisory.ecosystem === 'Go' && advisory.feed !== 'govulndb' ? 1 : 0;
}
