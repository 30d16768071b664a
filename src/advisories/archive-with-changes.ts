import { PlimsollError } from '../util/errors.ts';
import { inParallel } from '../util/in-parallel.ts';
import type { Mirror } from './types.ts';

/** When something happened to each document, by its address; RFC 3339 in UTC. */
export type Dates = ReadonlyMap<string, string>;

/** One archive of all documents, and what is said of those that changed since it was made. */
export interface ArchiveWithChanges {
  readonly upstream: string;
  /** Address of the archive. */
  readonly archive: string;
  /** Name of the archive, or of an older one, in the mirror. */
  readonly isArchive: (name: string) => boolean;
  readonly changes: Dates;
  readonly deletions?: Dates;
  /** What a document that is no more is replaced by; one that is not, is in the archive until the next one. */
  readonly deleted?: (address: string) => Buffer;
}

/** Documents beside the archive from which on a newer archive is cheaper. */
const MANY = 4000;
const AT_ONCE = 4;
/** What changed while an archive was made may be missing in it. */
const OVERLAP_MS = 24 * 60 * 60 * 1000;

/**
 * Mirrors the archive, and afterwards only the documents that changed, each beside the archive under the name of its entry there,
 * for which it stands in. The archive is fetched again where too much has changed since.
 *
 * @throws PlimsollError feed-missing, feed-malformed, of the mirror
 */
export async function mirrorArchiveWithChanges(mirror: Mirror, plan: ArchiveWithChanges): Promise<void> {
  const { changes, deletions = new Map() } = plan;
  let since = mirror.recall('since') ?? '';
  const loose = mirror.names().filter((name) => !plan.isArchive(name));
  const beside = new Set([...loose, ...newer(changes, since).map(baseName)]);
  if (since === '' || loose.length === mirror.names().length || beside.size > MANY) since = await takeArchive(mirror, plan);
  await inParallel(newer(changes, since), AT_ONCE, async (address) => {
    if ((await mirror.fetch(address, baseName(address))) === 'absent') replaceDeleted(mirror, plan, address);
  });
  for (const address of newer(deletions, since)) {
    if ((changes.get(address) ?? '') <= deletions.get(address)!) replaceDeleted(mirror, plan, address);
  }
  mirror.remember('since', [...changes.values(), ...deletions.values(), since].sort().at(-1)!);
}

/** Returns the date from which on changes are not in the archive, and drops what the archive stands for. */
async function takeArchive(mirror: Mirror, { upstream, archive, changes, deletions = new Map() }: ArchiveWithChanges): Promise<string> {
  const name = baseName(archive);
  if ((await mirror.fetch(archive, name)) === 'absent') throw new PlimsollError('feed-missing', { upstream, file: archive });
  const day = /(\d{4}-\d\d-\d\d)\.tar/.exec(name)?.[1];
  const made = Date.parse(day === undefined ? (mirror.modifiedAt(name) ?? '') : `${day}T00:00:00Z`);
  if (Number.isNaN(made)) throw new PlimsollError('feed-malformed', { upstream, file: archive, detail: 'nobody says when it was made' });
  const since = new Date(made - OVERLAP_MS).toISOString();
  const kept = new Set([name, ...[...newer(changes, since), ...newer(deletions, since)].map(baseName)]);
  for (const each of mirror.names()) if (!kept.has(each)) mirror.remove(each);
  return since;
}

function replaceDeleted(mirror: Mirror, { deleted }: ArchiveWithChanges, address: string): void {
  if (deleted) mirror.write(baseName(address), deleted(address));
}

/** A change of the very second may have come after the list was made. */
function newer(dates: Dates, since: string): readonly string[] {
  return [...dates].flatMap(([address, at]) => (at >= since ? [address] : []));
}

export function baseName(address: string): string {
  return address.slice(address.lastIndexOf('/') + 1);
}
