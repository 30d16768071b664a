import type { Ecosystem, Inventory, Match, Package, Unassessed } from '../model/index.ts';
import type { Coverage } from './distros/types.ts';
import { LibraryMatcher } from './library.ts';
import { OsMatcher, osEcosystems } from './os.ts';
import { heedOwner } from './owned.ts';
import { lookupOf } from './programs.ts';
import { type Assessment, Flaws, isClear } from './statements.ts';
import type { Knowledge, MatchResult } from './types.ts';

/** Packages that the database is asked of at once: all of nearly every image, a part of one that was made to have very many. */
const BATCH = 8192;

/**
 * Holds an inventory against a database. Needs no image; the same inventory and database give the same matches. A package
 * is matched, or it is unassessed with a reason; only a language package that nobody assesses and that belongs to an OS
 * package is neither: the distribution speaks for it. Matches with verdict `not-affected` are there only where they
 * overrule another statement.
 */
export function match(inventory: Inventory, db: Knowledge): MatchResult {
  const flaws = new Flaws(db);
  const os = new OsMatcher(db, flaws, inventory);
  const library = new LibraryMatcher(db, flaws);
  const assessedOwners = new Map(inventory.packages.filter((pkg) => pkg.class === 'os' && !os.unassessed(pkg)).map((pkg) => [pkg.id, pkg]));
  const ownerOf = (pkg: Package) => (pkg.class === 'library' && pkg.ownedBy ? assessedOwners.get(pkg.ownedBy) : undefined);
  const matcherOf = (pkg: Package) => (pkg.class === 'os' ? os : library);
  const concerned: Package[] = [];
  const unassessed: Unassessed[] = [];

  for (const pkg of inventory.packages) {
    const reason = matcherOf(pkg).unassessed(pkg);
    if (!reason) concerned.push(pkg);
    else if (!ownerOf(pkg)) unassessed.push({ packageId: pkg.id, name: pkg.name, version: pkg.version, reason });
  }
  // Of most packages nobody says anything: nothing is kept of them.
  const assessed: { readonly pkg: Package; readonly assessment: Assessment }[] = [];
  for (let at = 0; at < concerned.length; at += BATCH) {
    const batch = concerned.slice(at, at + BATCH);
    db.prepare?.(batch.flatMap((pkg) => matcherOf(pkg).keys(pkg)));
    for (const pkg of batch) {
      const assessment = matcherOf(pkg).assessment(pkg);
      if (assessment.verdicts.size > 0) assessed.push({ pkg, assessment });
    }
  }
  db.prepareFlaws?.(flawsOf(assessed.map(({ assessment }) => assessment)));

  const matches: Match[] = [];
  for (const { pkg, assessment } of assessed) {
    const owner = ownerOf(pkg);
    for (const each of matcherOf(pkg).match(pkg, assessment)) matches.push(owner ? heedOwner(each, owner, os) : each);
  }
  return { matches, unassessed };
}

/** Flaws that become matches, and so must be told of. */
function flawsOf(assessments: readonly Assessment[]): Iterable<string> {
  const ids = new Set<string>();
  for (const { verdicts } of assessments) for (const verdict of verdicts.values()) if (!isClear(verdict)) ids.add(verdict.flawId);
  return ids;
}

/** The ecosystems that matching this inventory asks, those of `db` only; nothing for packages that nobody assesses. */
export function ecosystemsOf(inventory: Inventory, db: Coverage): readonly Ecosystem[] {
  const needed = new Set<Ecosystem>();
  for (const pkg of inventory.packages) {
    const ecosystem = pkg.class === 'library' ? lookupOf(pkg)?.ecosystem : undefined;
    if (ecosystem !== undefined && !needed.has(ecosystem) && db.covers(ecosystem)) needed.add(ecosystem);
  }
  if (inventory.packages.some((pkg) => pkg.class === 'os')) for (const each of osEcosystems(inventory, db)) needed.add(each);
  return [...needed];
}

export { endOfLifeFinding } from './end-of-life.ts';
export { findings } from './findings.ts';
export type { Knowledge } from './types.ts';
