import type { Advisory, Flaw } from '../../model/index.ts';
import { normaliseName } from '../../model/index.ts';
import type { Bytes } from '../../util/bytes.ts';
import type { ShardDatabase } from './open.ts';
import { COMMON } from './shard-names.ts';
import { parsePackageKey } from './statement-codec.ts';
import { entriesOf } from './table.ts';

/**
 * Everything a database has on an id, in the shards that are here: the flaws that go by it, and the statements that name it or
 * another name of theirs.
 */
export function searchById(
  database: ShardDatabase,
  id: string,
): { readonly flaws: readonly Flaw[]; readonly statements: readonly Advisory[] } {
  const names = database.names(id);
  const flaws = names.flatMap((name) => database.flaw(name) ?? []);
  const wanted = new Set([id, ...names, ...flaws.flatMap((flaw) => flaw.aliases)]);
  const statements = database.manifest.shards
    .filter((shard) => shard.id !== COMMON && database.has(shard.id))
    .flatMap((shard) => database.withTable(shard.id, (table) => keysNaming(table, wanted)) ?? [])
    .flatMap((key) => database.lookup(key))
    .filter((advisory) => [advisory.id, ...advisory.aliases, ...advisory.flaws].some((name) => wanted.has(name)));
  return { flaws, statements };
}

/** Whether an ecosystem is the wanted one or a release of it: `Debian:12` is in `debian`. Any case; undefined wants all. */
export function isIn(ecosystem: string, wanted: string | undefined): boolean {
  return wanted === undefined || `${ecosystem}:`.toLowerCase().startsWith(`${wanted}:`.toLowerCase());
}

/** Statements on a package, in one ecosystem or (the name alone) in all of them; of the shards that are here. */
export function searchByPackage(database: ShardDatabase, name: string, ecosystem?: string): readonly Advisory[] {
  const here = database.manifest.shards.filter((shard) => database.has(shard.id));
  const ecosystems = here.flatMap((shard) => shard.ecosystems).filter((item) => isIn(item, ecosystem));
  return ecosystems.flatMap((item) => database.lookup({ ecosystem: item, name: normaliseName(item, name) }));
}

/** Packages whose entry, or a shared head it refers to, contains one of the names. Looks at bytes first, at entries only where they hit. */
function keysNaming(table: { blocks(): Iterable<Bytes> }, names: ReadonlySet<string>) {
  const needles = [...names].map((name) => Buffer.from(JSON.stringify(name)));
  const heads: Bytes[] = [];
  const keys = new Map<string, { readonly ecosystem: string; readonly name: string }>();
  // Shared heads sort before all packages: one pass sees them first.
  for (const block of table.blocks()) {
    const wanted = [...needles, ...heads].filter((needle) => block.includes(needle));
    if (wanted.length === 0) continue;
    for (const { key, value } of entriesOf(block)) {
      if (![...wanted, ...heads].some((needle) => value.includes(needle))) continue;
      const text = key.toString();
      const found = parsePackageKey(text);
      if (found === undefined) heads.push(Buffer.from(JSON.stringify(text.slice(1))));
      else keys.set(text, found);
    }
  }
  return [...keys.values()];
}
