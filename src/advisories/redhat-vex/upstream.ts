import { PlimsollError } from '../../util/errors.ts';
import { inParallel } from '../../util/in-parallel.ts';
import type { Mirror, Upstream } from '../types.ts';

const ID = 'redhat-vex';
const LATEST = 'archive_latest.txt';
const CHANGES = 'changes.csv';
const DELETIONS = 'deletions.csv';
const ARCHIVE = /^[\w.-]{1,100}\.tar\.(zst|gz)$/;
const DOCUMENT = /^\d{4}\/(cve-\d{4}-\d{4,}\.json)$/;
const LOOSE = /^cve-[\d-]+\.json$/;
/** Documents beside the archive from which on a newer archive is cheaper. */
const MANY = 4000;
const AT_ONCE = 4;
/** What changed while an archive was made may be missing in it. */
const OVERLAP_MS = 24 * 60 * 60 * 1000;

/**
 * One archive of all documents, and afterwards those that changed, each by itself: a document beside the archive stands in for its
 * entry of that name. What Red Hat deleted leaves a document that says so. The archive is fetched again where too much has changed
 * since. `vex-feed/` has the same layout. Source: https://security.access.redhat.com/data/csaf/v2/vex/ and its `changes.csv`, newest first.
 */
export const redhatVexUpstream: Upstream = {
  id: ID,
  title: 'Red Hat VEX',
  feeds: [ID],
  url: 'https://security.access.redhat.com/data/csaf/v2/vex/',
  update: async (mirror) => {
    const archive = (await document(mirror, LATEST)).trim();
    if (!ARCHIVE.test(archive)) throw malformed(LATEST, 'it names no archive');
    const changes = datesOf(CHANGES, await document(mirror, CHANGES));
    const deletions = datesOf(DELETIONS, (await mirror.get(DELETIONS))?.toString('utf8') ?? '');

    let since = mirror.recall('since') ?? '';
    const beside = new Set([...mirror.names().filter((name) => LOOSE.test(name)), ...newer(changes, since).map(looseName)]);
    if (since === '' || !mirror.names().some((name) => ARCHIVE.test(name)) || beside.size > MANY) {
      since = await takeArchive(mirror, archive, changes, deletions);
    }
    await inParallel(newer(changes, since), AT_ONCE, async (path) => {
      if ((await mirror.fetch(path, looseName(path))) === 'absent') mirror.write(looseName(path), deleted(path));
    });
    for (const path of newer(deletions, since)) {
      if ((changes.get(path) ?? '') <= deletions.get(path)!) mirror.write(looseName(path), deleted(path));
    }
    mirror.remember('since', [...changes.values(), ...deletions.values(), since].sort().at(-1)!);
  },
};

/** Returns the date from which on changes are not in the archive, and drops what the archive stands for. */
async function takeArchive(mirror: Mirror, archive: string, changes: Dates, deletions: Dates): Promise<string> {
  if ((await mirror.fetch(archive)) === 'absent') throw new PlimsollError('feed-missing', { upstream: ID, file: archive });
  const day = /(\d{4}-\d\d-\d\d)\.tar/.exec(archive)?.[1];
  const made = day === undefined ? mirror.modifiedAt(archive) : `${day}T00:00:00Z`;
  if (made === undefined || Number.isNaN(Date.parse(made))) throw malformed(archive, 'nobody says when it was made');
  const since = new Date(Date.parse(made) - OVERLAP_MS).toISOString();
  const kept = new Set([archive, ...[...newer(changes, since), ...newer(deletions, since)].map(looseName)]);
  for (const name of mirror.names()) if (!kept.has(name)) mirror.remove(name);
  return since;
}

/** When each document changed, in UTC; by path. */
type Dates = ReadonlyMap<string, string>;

function datesOf(file: string, csv: string): Dates {
  const dates = new Map<string, string>();
  for (const line of csv.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const [, path = '', date = ''] = /^"?([^",]+)"?\s*,\s*"?([^",]+)"?\s*$/.exec(line) ?? [];
    if (Number.isNaN(Date.parse(date))) throw malformed(file, `a line has no path and date: ${line.slice(0, 100)}`);
    const at = new Date(date).toISOString();
    if (DOCUMENT.test(path) && at > (dates.get(path) ?? '')) dates.set(path, at);
  }
  return dates;
}

/** A change of the very second may have come after the list was made. */
function newer(dates: Dates, since: string): readonly string[] {
  return [...dates].flatMap(([path, at]) => (at >= since ? [path] : []));
}

function looseName(path: string): string {
  return path.slice(path.indexOf('/') + 1);
}

async function document(mirror: Mirror, name: string): Promise<string> {
  const bytes = await mirror.get(name);
  if (bytes === undefined) throw new PlimsollError('feed-missing', { upstream: ID, file: name });
  return bytes.toString('utf8');
}

/** As CSAF says that a document is withdrawn. */
function deleted(path: string): Buffer {
  const id = looseName(path).slice(0, -'.json'.length).toUpperCase();
  return Buffer.from(JSON.stringify({ document: { tracking: { id, status: 'deleted' } } }));
}

function malformed(file: string, detail: string): PlimsollError {
  return new PlimsollError('feed-malformed', { upstream: ID, file, detail });
}
