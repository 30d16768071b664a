import type { FeedInfo } from '../../model/index.ts';
import type { Bytes } from '../../util/bytes.ts';
import type { AdvisoryRecord, FlawFact, ShardId } from '../types.ts';
import { commonTable, readAliases } from './common-task.ts';
import { type Manifest, manifestOf, type ShardInfo } from './manifest.ts';
import { ShardDatabase } from './open.ts';
import { memoryRead } from './random-read.ts';
import { COMMON, shardFiles, shardOf } from './shard-names.ts';
import { shardTable, type TableOutput } from './shard-task.ts';
import { headLine, statementLine } from './spill.ts';
import { TableWriter } from './table-writer.ts';

/** What a small database holds. */
export interface DatabaseContent {
  readonly records: readonly { readonly feed: string; readonly record: AdvisoryRecord }[];
  readonly facts: readonly FlawFact[];
  readonly feeds: readonly FeedInfo[];
  /** Feeds whose facts make the common shard. */
  readonly enrichment: readonly string[];
  /** RFC 3339. */
  readonly builtAt: string;
  readonly starter: boolean;
}

/** A manifest and its tables by file name: what a database's folder holds. */
export interface BuiltDatabase {
  readonly manifest: Manifest;
  readonly tables: ReadonlyMap<string, Bytes>;
}

/** Builds a database of moderate size without touching a disk; the tables are byte for byte those of a folder. */
export function buildInMemory(content: DatabaseContent): BuiltDatabase {
  const lines = new Map<ShardId, string[]>();
  for (const { feed, record } of content.records) {
    const head = headLine(record, feed);
    for (const affected of record.affected) {
      const shard = shardOf(affected.ecosystem);
      const list = lines.get(shard) ?? [];
      lines.set(shard, list);
      list.push(head.line, statementLine(affected, head.name));
    }
  }
  const facts = content.facts.map((fact) => JSON.stringify(fact));
  const closure = readAliases([facts]);
  const files = shardFiles([COMMON, ...[...lines.keys()].sort()]);
  const tables = new Map<string, Bytes>();
  const common = commonTable({ file: files.get(COMMON)!, feeds: content.enrichment }, closure, [facts], into(tables, files.get(COMMON)!));
  const shards: ShardInfo[] = [common];
  for (const [id, list] of lines) {
    const file = files.get(id)!;
    shards.push(shardTable({ id, file, bundles: closure.shared }, [list], into(tables, file)));
  }
  return { manifest: manifestOf({ ...content, shards, records: content.records.length }), tables };
}

/** Opens what {@link buildInMemory} made. */
export function openBuilt(built: BuiltDatabase, path: string): ShardDatabase {
  return new ShardDatabase({
    path,
    manifest: built.manifest,
    has: () => true,
    open: ({ file }) => memoryRead(built.tables.get(file) ?? Buffer.alloc(0)),
  });
}

function into(tables: Map<string, Bytes>, file: string): TableOutput {
  return (fill) => {
    const parts: Bytes[] = [];
    const table = new TableWriter({ write: (bytes) => parts.push(bytes) });
    fill(table);
    const summary = table.finish();
    tables.set(file, Buffer.concat(parts));
    return summary;
  };
}
