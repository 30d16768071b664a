import type { Ecosystem } from '../../model/index.ts';
import type { ShardId } from '../types.ts';

/** Facts about flaws, whoever's package they are in; every scan reads it. */
export const COMMON: ShardId = 'common';

/**
 * The shard that holds an ecosystem: itself, but for the RHEL and SUSE families. Those have hundreds of product streams a
 * release, and an image needs all streams of its own release: `Red Hat:enterprise_linux:8::appstream` and
 * `Red Hat:rhel_eus:8.6::baseos` are in `Red Hat:8`, `SUSE:Linux Enterprise Server 15 SP3` in `SUSE:15`.
 */
export function shardOf(ecosystem: Ecosystem): ShardId {
  const colon = ecosystem.indexOf(':');
  if (colon < 0) return ecosystem;
  const family = ecosystem.slice(0, colon);
  const stream = ecosystem.slice(colon + 1);
  if (family === 'Red Hat') return `${family}:${redHatRelease(stream)}`;
  if (family === 'SUSE') return `${family}:${/\d+/.exec(stream)?.[0] ?? 'other'}`;
  return ecosystem;
}

/** A file name for each shard, safe on every file system; where two shards would get the same, the later one is numbered. */
export function shardFiles(shards: readonly ShardId[]): ReadonlyMap<ShardId, string> {
  const taken = new Set<string>();
  return new Map(
    shards.map((shard) => {
      const stem = shardFileStem(shard);
      let file = `${stem}.tbl`;
      for (let number = 2; taken.has(file); number++) file = `${stem}-${number}.tbl`;
      taken.add(file);
      return [shard, file];
    }),
  );
}

function shardFileStem(shard: ShardId): string {
  return (
    shard
      .toLowerCase()
      .replace(/[^a-z0-9.]+/g, '-')
      .replace(/^[-.]+|-+$/g, '') || 'shard'
  );
}

/** Source: OSV schema, "Red Hat": the CPE without its `cpe:/o:redhat:` prefix, so product, version, update, edition. */
function redHatRelease(stream: string): string {
  const base = /^(?:enterprise_linux|rhel_[a-z0-9_]+|rhel):(\d+)/.exec(stream)?.[1];
  return /::el(\d+)/.exec(stream)?.[1] ?? base ?? 'other';
}
