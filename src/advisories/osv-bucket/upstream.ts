import { hash } from 'node:crypto';
import { PlimsollError } from '../../util/errors.ts';
import { inParallel } from '../../util/in-parallel.ts';
import { feedOf, OSV_EXPORTS } from '../osv-exports.ts';
import type { Mirror, Upstream } from '../types.ts';

const ECOSYSTEMS = 'ecosystems.txt';
/** So many single records, fetched or kept, cost more than the archive that holds them all. */
const MANY = 1500;
/** How long an export may take. */
const MARGIN_MS = 3 * 60 * 60 * 1000;
const AT_ONCE = 3;
const RECORDS_AT_ONCE = 8;

/**
 * The bucket of osv.dev: an archive an ecosystem, once; then the records that `modified_id.csv` says are newer, kept beside it, until
 * they are so many that the archive is fetched again. Source: google.github.io/osv.dev/data, "Data dumps".
 */
export const osvUpstream: Upstream = bucket({ id: 'osv', title: 'OSV.dev: languages, Debian, Ubuntu, Alpine, Bitnami' });

/** The same of rpm distributions, for who wants them in this form. */
export const osvRpmUpstream: Upstream = bucket({
  id: 'osv-rpm',
  title: 'OSV.dev: Red Hat, AlmaLinux, Rocky, SUSE',
  always: false,
});

function bucket({ id, ...rest }: Pick<Upstream, 'title' | 'always'> & { readonly id: 'osv' | 'osv-rpm' }): Upstream {
  const exports = OSV_EXPORTS.filter(({ upstream }) => upstream === id);
  return {
    id,
    ...rest,
    feeds: exports.map(({ feed }) => feed),
    url: 'https://osv-vulnerabilities.storage.googleapis.com/',
    update: async (mirror) => {
      if ((await mirror.fetch(ECOSYSTEMS)) === 'absent') throw missing(id, ECOSYSTEMS);
      const listed = new Set(mirror.read(ECOSYSTEMS).toString('utf8').split(/\r?\n/));
      const wanted = [...new Set(exports.flatMap(({ ecosystems }) => ecosystems))].filter((name) => listed.has(name));
      if (wanted.length === 0) throw malformed(id, ECOSYSTEMS, 'it names no ecosystem that is known here');
      const failures: unknown[] = [];
      await inParallel(wanted, AT_ONCE, (ecosystem) => updateEcosystem(mirror, id, ecosystem).catch((error) => failures.push(error)));
      if (failures.length > 0) throw failures[0];
    },
  };
}

async function updateEcosystem(mirror: Mirror, upstream: string, ecosystem: string): Promise<void> {
  const [list, archive, cursor] = [`${ecosystem}/modified_id.csv`, `${ecosystem}/all.zip`, `seen ${ecosystem}`];
  const seen = mirror.names().includes(archive) ? mirror.recall(cursor) : undefined;
  if ((await mirror.fetch(list)) === 'absent') throw missing(upstream, list);
  const bytes = mirror.read(list);
  const digest = hash('sha256', bytes);
  // Not "is it the same as before": an update that was killed had the new list and not yet what it names.
  if (seen !== undefined && mirror.recall(`done ${ecosystem}`) === digest) return;
  const changes = changesIn(upstream, bytes.toString('utf8'), list);
  // A date that has not come yet is a mistake of a record's author. A cursor that stood there would miss all that comes before it.
  const now = mirror.now.toISOString();
  const newest = changes.reduce((latest, { date }) => (date > latest && date <= now ? date : latest), '1970-01-01T00:00:00.000Z');
  const loose = mirror.names().filter((name) => name.startsWith(`${ecosystem}/`) && name.endsWith('.json'));
  const after = (date: string) => changes.filter((each) => each.date > date && feedOf(upstream, ecosystem, each.id) !== undefined);
  const takeArchive = async (): Promise<readonly Change[]> => {
    if ((await mirror.fetch(archive)) === 'absent') throw missing(upstream, archive);
    for (const name of loose) mirror.remove(name);
    const holds = archivedUpTo(newest, mirror.modifiedAt(archive));
    mirror.remember(cursor, holds);
    return after(holds);
  };
  let fresh: readonly Change[] = seen === undefined ? [] : after(seen);
  if (seen === undefined || fresh.length + loose.length > MANY) {
    fresh = await takeArchive();
    // Too many at once to be asked for one by one: they come with the next archive, and until then the list is not done with.
    if (fresh.length > MANY) return;
  }
  const fetched = await inParallel(fresh, RECORDS_AT_ONCE, ({ id }) => mirror.fetch(`${ecosystem}/${id}.json`));
  // One that is gone was taken back. Where most are, this place holds archives only: they bring the changes, sooner or later.
  const gone = fetched.filter((each) => each === 'absent').length;
  if (mirror.recall(cursor) === seen && gone > fresh.length / 2) {
    await takeArchive();
    const exported = mirror.modifiedAt(archive);
    if (exported !== undefined && newest > new Date(exported).toISOString()) return;
  }
  mirror.remember(cursor, newest);
  mirror.remember(`done ${ecosystem}`, digest);
}

/** The archives are exported from time to time, the list goes with each record: an archive lacks what changed shortly before it, or since. */
function archivedUpTo(newest: string, exported: string | undefined): string {
  const times = [newest, exported ?? newest].map((date) => Date.parse(date)).filter((time) => !Number.isNaN(time));
  return new Date(Math.min(...times) - MARGIN_MS).toISOString();
}

interface Change {
  readonly id: string;
  /** RFC 3339 in UTC. */
  readonly date: string;
}

const LINE = /^(\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|[+-]\d\d:\d\d)),(.+)$/;
/** There is a record `SUSE-SU-403 Forbidden-1`: what is no name for a file is left to the archive. */
const ID = /^[\w.:+-]{1,200}$/;

/** Lines `date,id`, newest first as a rule; a list with a line that has no date is none. */
function changesIn(upstream: string, text: string, file: string): readonly Change[] {
  const changes = text.split(/\r?\n/).flatMap((line, i): Change[] => {
    if (line === '') return [];
    const [, date, id] = LINE.exec(line) ?? [];
    const time = Date.parse(date ?? '');
    if (id === undefined || Number.isNaN(time)) throw malformed(upstream, file, `line ${i + 1}`);
    // Fractions of a second of any length: only the same length compares as text.
    return ID.test(id) ? [{ id, date: new Date(time).toISOString() }] : [];
  });
  if (changes.length === 0) throw malformed(upstream, file, 'it is empty');
  return changes;
}

function missing(upstream: string, file: string): PlimsollError {
  return new PlimsollError('feed-missing', { upstream, file });
}

function malformed(upstream: string, file: string, detail: string): PlimsollError {
  return new PlimsollError('feed-malformed', { upstream, file, detail });
}
