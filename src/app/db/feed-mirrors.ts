import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEMA_VERSION } from '../../advisories/db/manifest.ts';
import { filesIn, readState } from '../../advisories/mirror/state.ts';
import type { Upstream } from '../../advisories/types.ts';
import { VERSION } from '../version.ts';

/** Where `db update` keeps what upstreams publish: a folder each. */
export function feedsFolder(cacheDir: string): string {
  return join(cacheDir, 'feeds');
}

/** An upstream that was updated with success at least once. */
export interface MirroredUpstream {
  readonly upstream: Upstream;
  /** RFC 3339. */
  readonly updatedAt: string;
  /** SHA-256 of every file, by name. */
  readonly files: ReadonlyMap<string, string>;
}

export function mirrored(upstreams: readonly Upstream[], folder: string): readonly MirroredUpstream[] {
  return upstreams.flatMap((upstream) => {
    const { updatedAt, files } = readState(join(folder, upstream.id));
    if (updatedAt === undefined) return [];
    return [{ upstream, updatedAt, files: new Map([...files].map(([name, { sha256 }]) => [name, sha256])) }];
  });
}

/** Bytes that the mirror of an upstream takes, and when it was last updated with success. */
export function mirrorStatus(upstream: Upstream, folder: string): { readonly size: number; readonly updatedAt?: string } {
  const own = join(folder, upstream.id);
  const size = [...filesIn(own).values()].reduce((sum, file) => sum + file.size, 0);
  const { updatedAt } = readState(own);
  return { size, ...(updatedAt === undefined ? {} : { updatedAt }) };
}

/**
 * The upstream whose files a feed is read from. Where two have it, the one that was updated last, else the first of the list:
 * two copies of one feed differ in age, and the older one would bring back what the newer one took away.
 */
export function oneFolderAFeed(present: readonly MirroredUpstream[]): ReadonlyMap<string, string> {
  const chosen = new Map<string, MirroredUpstream>();
  for (const each of present) {
    for (const feed of each.upstream.feeds) {
      const before = chosen.get(feed);
      if (before === undefined || Date.parse(each.updatedAt) > Date.parse(before.updatedAt)) chosen.set(feed, each);
    }
  }
  return new Map([...chosen].map(([feed, { upstream }]) => [feed, upstream.id]));
}

/** Names what a database is made of: the same files, read by the same program, give the same database. */
export function fingerprint(present: readonly MirroredUpstream[], folders: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256').update(`${VERSION} ${SCHEMA_VERSION}\n`);
  for (const [feed, id] of [...folders].sort(([a], [b]) => (a < b ? -1 : 1))) hash.update(`${feed} ${id}\n`);
  for (const { upstream, files } of present) {
    for (const [name, sha256] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) hash.update(`${upstream.id}/${name} ${sha256}\n`);
  }
  return hash.digest('hex');
}

const BUILT_FILE = '.built.json';

/** The digest of the database that was built of this content, if it was the last that was built. */
export function builtFrom(folder: string, content: string): string | undefined {
  try {
    const { content: noted, digest } = JSON.parse(readFileSync(join(folder, BUILT_FILE), 'utf8')) as Record<string, unknown>;
    return noted === content && typeof digest === 'string' ? digest : undefined;
  } catch {
    return undefined;
  }
}

export function noteBuilt(folder: string, content: string, digest: string): void {
  const temporary = join(folder, `${BUILT_FILE}.new`);
  writeFileSync(temporary, `${JSON.stringify({ content, digest })}\n`);
  renameSync(temporary, join(folder, BUILT_FILE));
}
