import { findings, match } from '../src/match/index.ts';
import type { Distro, Finding, Package } from '../src/model/index.ts';
import { rate } from '../src/risk/index.ts';
import { fakeDb, type Statement, statement } from './fake-db.ts';
import { inventoryOf } from './fixtures/inventory.ts';

/** One package in one release, and what is said of it. */
export interface Scene {
  readonly distro: Distro;
  readonly pkg: Package;
  readonly says: readonly (Statement & { readonly fixed?: string })[];
  /** Ecosystems that the database knows besides those of the statements. */
  readonly covers?: readonly string[];
}

/** What a reader sees of the package: verdict, id and fix of every finding, or why nobody assesses it. */
export function scanPackage({ distro, pkg, says, covers = [] }: Scene): { lines: string[]; found: Finding[] } {
  const inventory = inventoryOf([pkg], distro);
  const { matches, unassessed } = match(inventory, fakeDb(says.map(statement), [], covers));
  const found = [...findings(inventory, matches, rate)];
  const lines = [
    ...found.map((each) => `${each.verdict} ${each.id} ${each.fix.state} ${each.fix.versions.join(' ')}`.trimEnd()),
    ...unassessed.map((each) => each.reason),
  ];
  return { lines, found };
}
