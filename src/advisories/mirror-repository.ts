import { PlimsollError } from '../util/errors.ts';
import type { Mirror, Upstream } from './types.ts';

export interface Repository {
  readonly upstream: Upstream['id'];
  /** Names of archives of the whole, as different servers of the same repository call them; the first that is there counts. */
  readonly archives: readonly string[];
  /** Where the records are in a checked out one, '' for its root, and the names of those that are wanted. */
  readonly folders: readonly string[];
  readonly wanted: RegExp;
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
  const records = folders.flatMap((folder) =>
    (mirror.list(folder) ?? []).filter((name) => wanted.test(name)).map((name) => (folder === '' ? name : `${folder}/${name}`)),
  );
  if (records.length === 0) throw new PlimsollError('feed-missing', { upstream, file: archives[0] ?? '' });
  for (const record of records) await mirror.fetch(record);
  keepOnly(mirror, records);
}

function keepOnly(mirror: Mirror, names: readonly string[]): void {
  const kept = new Set(names);
  for (const name of mirror.names()) if (!kept.has(name)) mirror.remove(name);
}
