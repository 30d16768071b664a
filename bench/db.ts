// Prints what building and asking the database costs: node bench/db.ts FOLDER
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, type ShardDatabase } from '../src/advisories/db/open.ts';
import { searchById } from '../src/advisories/db/search.ts';
import { parsePackageKey } from '../src/advisories/db/statement-codec.ts';
import { dbBuild } from '../src/app/db/build.ts';
import type { AdvisoryKey } from '../src/model/index.ts';

const LOOKUPS = 1000;

const from = process.argv[2];
if (from === undefined) throw new Error('usage: db.ts FOLDER');
const out = mkdtempSync(join(tmpdir(), 'plimsoll-bench-db-'));
try {
  await build(from);
  ask();
} finally {
  rmSync(out, { recursive: true, force: true });
}

async function build(folder: string): Promise<void> {
  const result = await dbBuild({ from: folder, out, now: new Date() });
  const { database, statements, flaws, shards, size, seconds, peakMemory } = result;
  print('records', `${database.records}, statements ${statements}, flaws ${flaws}, shards ${shards}`);
  print('build', `${seconds.toFixed(1)} s, peak ${megabytes(peakMemory)} MB`);
  print('size', `${megabytes(size)} MB`);
  for (const { feed, reason, count, example } of result.problems) print(`unusable, ${feed}`, `${count} ${reason} (${example})`);
  for (const { feed, reason, count } of result.leftOut) print(`left out, ${feed}`, `${count} ${reason}`);
}

function ask(): void {
  const { database, ms } = timed(() => openDatabase(out), 'database');
  print('open', `${ms.toFixed(1)} ms`);
  for (const shard of ['Debian:12', 'Alpine:v3.20', 'npm', 'PyPI', 'Maven', 'Go']) askShard(database, shard);
  const search = timed(() => searchById(database, 'CVE-2021-44228').statements.length, 'found');
  print('search by id', `${search.ms.toFixed(0)} ms, ${search.found} statements`);
  database.close();
}

/** Look-ups in no order, in a database opened afresh: nothing is cached by us (the system's own cache is warm). */
function askShard(walked: ShardDatabase, shard: string): void {
  const keys = walked.withTable(shard, (table) => [...table].flatMap(({ key }) => parsePackageKey(key.toString()) ?? []));
  if (keys === undefined) return;
  const chosen = scattered(keys).slice(0, LOOKUPS);
  const fresh = openDatabase(out);
  const { statements, ms } = timed(() => chosen.reduce((sum, key) => sum + fresh.lookup(key).length, 0), 'statements');
  fresh.close();
  print(`look-ups, ${shard}`, `${chosen.length} packages, ${statements} statements: ${ms.toFixed(1)} ms`);
}

function scattered(keys: readonly AdvisoryKey[]): readonly AdvisoryKey[] {
  return keys.map((_, number) => keys[(number * 7919) % keys.length]!);
}

function timed<N extends string, T>(work: () => T, name: N): Record<N, T> & { readonly ms: number } {
  const start = performance.now();
  const result = work();
  return { [name]: result, ms: performance.now() - start } as Record<N, T> & { readonly ms: number };
}

function print(what: string, text: string): void {
  console.log(`${what.padEnd(24)}${text}`);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
