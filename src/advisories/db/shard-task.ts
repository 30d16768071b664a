import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { ShardId } from '../types.ts';
import type { ShardInfo } from './manifest.ts';
import { spilledLines } from './spill.ts';
import { parsePackageKey, sharedHeadKey } from './statement-codec.ts';
import { type TableSummary, TableWriter } from './table-writer.ts';

/** One shard to make out of what the parsers left. */
export interface ShardTask {
  readonly kind: 'shard';
  readonly id: ShardId;
  readonly inputs: readonly string[];
  /** Folder and file to write. */
  readonly folder: string;
  readonly file: string;
  /** Advisories that belong to several CVEs by the alias graph: they bundle them, whatever their own record says. */
  readonly bundles: ReadonlyMap<string, readonly string[]>;
}

/** A head is stored once for all where more statements than this share it and it is not tiny. */
const SHARE_FROM = 3;
const SHARE_LENGTH = 160;

interface Head {
  json: string;
  uses: number;
}

/** Writes the table of one shard. The same statements give the same bytes, whatever the order they came in. */
export function makeShard(task: ShardTask): ShardInfo {
  return shardTable(task, task.inputs.map(spilledLines), (fill) => writeTable(join(task.folder, task.file), fill));
}

/** Makes the table of one shard from lines as {@link Spill} writes them. */
export function shardTable(
  task: Omit<ShardTask, 'kind' | 'inputs' | 'folder'>,
  inputs: readonly Iterable<string>[],
  write: TableOutput,
): ShardInfo {
  const heads = new Map<string, Head>();
  const statements = new Map<string, Set<string>>();
  for (const lines of inputs) {
    for (const line of lines) {
      if (line.startsWith('H')) takeHead(line, heads, task.bundles);
      else takeStatement(line, heads, statements);
    }
  }
  return writeShard(task, heads, statements, write);
}

/** Makes a table out of what `fill` adds, and puts it where it belongs. */
export type TableOutput = (fill: (table: TableWriter) => void) => TableSummary;

function takeHead(line: string, heads: Map<string, Head>, bundles: ShardTask['bundles']): void {
  const [, name = '', json = ''] = line.split('\t');
  if (!heads.has(name)) heads.set(name, { json: bundled(json, bundles), uses: 0 });
}

function bundled(json: string, bundles: ShardTask['bundles']): string {
  const end = json.indexOf('"', 2);
  const flaws = bundles.get(json.slice(2, end));
  if (flaws === undefined) return json;
  const [id, feed, what = 0, aliases = [], , ...rest] = JSON.parse(json) as [string, string, number?, string[]?, string[]?, ...unknown[]];
  const isFlaw = what % 2 === 0;
  return isFlaw ? JSON.stringify([id, feed, what + 1, aliases.filter((alias) => !flaws.includes(alias)), flaws, ...rest]) : json;
}

function takeStatement(line: string, heads: ReadonlyMap<string, Head>, statements: Map<string, Set<string>>): void {
  const keyEnd = line.indexOf('\t', 2);
  const key = line.slice(2, keyEnd);
  const rest = line.slice(keyEnd + 1);
  const set = statements.get(key);
  if (set?.has(rest)) return;
  if (set === undefined) statements.set(key, new Set([rest]));
  else set.add(rest);
  const head = heads.get(rest.slice(0, rest.indexOf('\t')));
  if (head !== undefined) head.uses += 1;
}

function writeShard(
  task: Pick<ShardTask, 'id' | 'file'>,
  heads: ReadonlyMap<string, Head>,
  statements: ReadonlyMap<string, ReadonlySet<string>>,
  write: TableOutput,
): ShardInfo {
  const shared = [...heads].filter(([, head]) => isShared(head)).map(([name]) => name);
  const ecosystems = new Set<string>();
  const feeds = new Set<string>();
  let count = 0;
  for (const { json } of heads.values()) feeds.add((JSON.parse(json) as string[])[1]!);
  const summary = write((table) => {
    table.filterKeys();
    for (const name of shared.sort()) table.add(Buffer.from(sharedHeadKey(name)), Buffer.from(heads.get(name)!.json));
    for (const key of sortedKeys(statements.keys())) {
      ecosystems.add(parsePackageKey(key)!.ecosystem);
      const stored = [...statements.get(key)!].map((text) => storedStatement(text, heads)).sort();
      count += stored.length;
      table.add(Buffer.from(key), Buffer.from(`[${stored.join(',')}]`));
    }
  });
  return {
    id: task.id,
    file: task.file,
    ...named(summary),
    ecosystems: [...ecosystems].sort(),
    feeds: [...feeds].sort(),
    keys: statements.size,
    statements: count,
  };
}

function isShared(head: Head): boolean {
  return head.uses > SHARE_FROM && head.json.length > SHARE_LENGTH;
}

function storedStatement(text: string, heads: ReadonlyMap<string, Head>): string {
  const tab = text.indexOf('\t');
  const name = text.slice(0, tab);
  const head = heads.get(name)!;
  const body = text.slice(tab + 1);
  return `[${isShared(head) ? `"${name}"` : head.json}${body === '' ? '' : `,${body}`}]`;
}

export function named({ size, sha256, root }: TableSummary): Pick<ShardInfo, 'size' | 'sha256' | 'root'> {
  return { size, sha256, root };
}

/** Keys in byte order of their UTF-8, which is that of their code units unless surrogates meet the last private characters. */
export function sortedKeys(keys: Iterable<string>): readonly string[] {
  const list = [...keys].sort();
  return list.some((key) => /[\ud800-\uffff]/.test(key)) ? list.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))) : list;
}

/** Makes a table file; it is complete and on disk when this returns. */
export function writeTable(path: string, fill: (table: TableWriter) => void): TableSummary {
  const fd = openSync(path, 'wx', 0o644);
  try {
    let held: Buffer[] = [];
    let length = 0;
    const flush = () => {
      for (let bytes = Buffer.concat(held); bytes.length > 0; ) bytes = bytes.subarray(writeSync(fd, bytes));
      held = [];
      length = 0;
    };
    const table = new TableWriter({
      write: (bytes) => {
        held.push(bytes);
        length += bytes.length;
        if (length > 1024 * 1024) flush();
      },
    });
    fill(table);
    const summary = table.finish();
    flush();
    fsyncSync(fd);
    return summary;
  } finally {
    closeSync(fd);
  }
}
