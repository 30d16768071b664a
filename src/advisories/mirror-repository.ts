import { PlimsollError } from '../util/errors.ts';
import type { Mirror, Upstream } from './types.ts';

export interface Repository {
  readonly upstream: Upstream['id'];
  /** Names of archives of the whole, as different servers of the same repository call them; the first that is there counts. */
  readonly archives: readonly string[];
  /** Where the records are in a checked out one, at any depth, '' for all of it, and the paths of those that are wanted. */
  readonly folders: readonly string[];
  readonly wanted: (path: string) => boolean;
}

/**
 * Mirrors a repository as the archive that a server makes of it, or, where upstream is a folder without one, the records of a checked out
 * one. Of what the mirror had before nothing stays that is not there now: an archive and loose records would say everything twice.
 *
 * @throws PlimsollError feed-missing where there is neither
 */
export async function mirrorRepository(mirror: Mirror, { upstream, archives, folders, wanted }: Repository): Promise<void> {
  for (const archive of archives) {
    if ((await mirror.fetch(archive)) === 'absent') continue;
    keepOnly(mirror, [archive]);
    return;
  }
  const records = folders.flatMap((folder) => recordsBelow(mirror, folder, wanted));
  if (records.length === 0) throw new PlimsollError('feed-missing', { upstream, file: archives[0] ?? '' });
  for (const record of records) await mirror.fetch(record);
  keepOnly(mirror, records);
}

/** Paths whose parts begin with a dot are a repository's own. */
function recordsBelow(mirror: Mirror, folder: string, wanted: Repository['wanted'], names = mirror.list(folder)): readonly string[] {
  return (names ?? []).flatMap((name) => {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (name.startsWith('.')) return [];
    const below = mirror.list(path);
    if (below !== undefined) return recordsBelow(mirror, path, wanted, below);
    return wanted(path) ? [path] : [];
  });
}

function keepOnly(mirror: Mirror, names: readonly string[]): void {
  const kept = new Set(names);
  for (const name of mirror.names()) if (!kept.has(name)) mirror.remove(name);
}
