import type { AdvisoryKey } from '../../model/index.ts';
import type { ShardId } from '../types.ts';
import type { Manifest } from './manifest.ts';
import { COMMON } from './shard-names.ts';
import { parsePackageKey } from './statement-codec.ts';
import type { Table } from './table.ts';

/** A database whose tables can be walked. */
export interface WalkedDatabase {
  readonly manifest: Manifest;
  withTable<T>(shard: ShardId, read: (table: Table) => T): T | undefined;
}

/** Packages whose statements differ between the two, sorted by ecosystem and name. Shards of the same digest are not read. */
export function diffKeys(newer: WalkedDatabase, older: WalkedDatabase): readonly AdvisoryKey[] {
  const before = new Map(older.manifest.shards.map((shard) => [shard.id, shard.sha256]));
  const after = new Map(newer.manifest.shards.map((shard) => [shard.id, shard.sha256]));
  const changed = [...new Set([...before.keys(), ...after.keys()])]
    .filter((id) => id !== COMMON && before.get(id) !== after.get(id))
    .sort();
  return changed.flatMap((shard) => changedKeys(contents(newer, shard), contents(older, shard)));
}

function changedKeys(newer: ReadonlyMap<string, string>, older: ReadonlyMap<string, string>): readonly AdvisoryKey[] {
  const keys = [...newer].filter(([key, value]) => older.get(key) !== value).map(([key]) => key);
  for (const key of older.keys()) if (!newer.has(key)) keys.push(key);
  return keys.sort().flatMap((key) => parsePackageKey(key) ?? []);
}

/** A head's name is the hash of its content, so a changed head changes the statements that name it. */
function contents(database: WalkedDatabase, shard: ShardId): ReadonlyMap<string, string> {
  const entries = database.withTable(shard, (table) =>
    [...table].map(({ key, value }) => [key.toString(), value.toString('latin1')] as const),
  );
  return new Map(entries ?? []);
}
