import { randomUUID } from 'node:crypto';
import { renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bytes } from '../util/bytes.ts';
import { ensurePrivate, withPrivateFile } from '../util/private-folder.ts';
import { decodeEntry, encodeEntry } from './entry-file.ts';
import { makeRoom } from './eviction.ts';
import type { CacheEntry, CacheKey, Facts, LocalCache } from './types.ts';

export type { CacheEntry, CacheKey, LocalCache } from './types.ts';

export interface FolderCacheOptions {
  readonly folder: string;
  /** Bytes that all entries together may take; now and then some more for a moment. */
  readonly limit: number;
  /** When entries are used: the order in which they go. */
  readonly now: Date;
}

/** Registered digests, and words of ours: a key can never be a path. */
const SAFE = /^[a-z0-9]+$/;

/**
 * Entries as files of a folder that any number of processes use at once, without locks: an entry comes by rename, whole or not at
 * all; what a crash tears is known by its checksums and read as absent. Undefined where the folder is not this user's own.
 */
export function openFolderCache(options: FolderCacheOptions): LocalCache | undefined {
  return ensurePrivate(options.folder) ? new FolderCache(options) : undefined;
}

class FolderCache implements LocalCache {
  readonly #options: FolderCacheOptions;
  #added = 0;

  constructor(options: FolderCacheOptions) {
    this.#options = options;
  }

  read(key: CacheKey, blocks: readonly string[], confirm: (facts: Facts) => boolean): CacheEntry | undefined {
    const name = fileName(key);
    if (name === undefined) return undefined;
    return withPrivateFile(join(this.#options.folder, name), this.#options.now, (read) => decodeEntry(read, key, blocks, confirm));
  }

  async write(key: CacheKey, entry: CacheEntry): Promise<void> {
    const bytes = await encodeEntry(key, entry);
    if (bytes !== undefined) this.keep(key, bytes);
  }

  keep(key: CacheKey, bytes: Bytes): void {
    const { folder, limit, now } = this.#options;
    const name = fileName(key);
    if (name === undefined || bytes.length > limit) return;
    const temporary = join(folder, `${randomUUID()}.tmp`);
    try {
      writeFileSync(temporary, bytes, { flag: 'wx', mode: 0o600 });
      utimesSync(temporary, now, now);
      renameSync(temporary, join(folder, name));
      this.#added += bytes.length;
    } catch {
      // A full disk, a folder that can only be read: the scan goes on without.
      rmSync(temporary, { force: true });
    }
  }

  finish(): void {
    if (this.#added === 0) return;
    const { folder, limit, now } = this.#options;
    try {
      makeRoom(folder, this.#added, limit, now);
    } catch {
      // Another process is making room, or the folder is gone.
    }
    this.#added = 0;
  }
}

/** Undefined for a key that makes no name. */
function fileName({ digest, family, version, mode }: CacheKey): string | undefined {
  const parts = [...digest.split(':'), family, mode, version];
  return parts.every((part) => SAFE.test(part)) ? parts.join('-') : undefined;
}
