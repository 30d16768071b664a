import type { Bytes } from '../../util/bytes.ts';
import { PlimsollError } from '../../util/errors.ts';
import { fields } from '../../util/fields.ts';
import { openZip } from '../../util/zip/index.ts';
import { date } from '../osv-record.ts';
import type { Mirror, Upstream } from '../types.ts';

const ARCHIVE = 'vulndb.zip';
const STATE = 'index/db.json';
const INDEX = 'index/vulns.json';
/** Names of loose reports; beside the archive they stand for its entries of the same name. */
const REPORT = /^GO-\d{4}-\d+\.json$/;
const MAX_ARCHIVE = 512 << 20;
const MAX_STATE = 1 << 20;
/** From so many changes on the archive is the smaller thing to ask for. */
const MANY = 200;

/**
 * The Go vulnerability database: its archive once, then the reports that the index says are newer, kept beside it, until they are so
 * many that the archive is fetched again. The same records come with `osv`: this one is updated when it is asked for. Source:
 * go.dev/doc/security/vuln/database, "API".
 */
export const govulndbUpstream: Upstream = {
  id: 'govulndb',
  title: 'Go vulnerability database',
  feeds: ['govulndb'],
  url: 'https://vuln.go.dev/',
  always: false,
  update: async (mirror) => {
    const modified = dateOf(await mirror.get(STATE), STATE);
    const archived = mirror.names().includes(ARCHIVE) ? mirror.recall(ARCHIVED) : undefined;
    if (archived !== undefined && mirror.recall(SEEN) === modified) return;
    let changed = await changedSince(mirror, archived ?? (await fetchArchive(mirror)));
    if (changed.length > MANY) changed = await changedSince(mirror, await fetchArchive(mirror));
    for (const id of changed) {
      if ((await mirror.fetch(`ID/${id}.json`, `${id}.json`)) === 'absent') throw missing(`ID/${id}.json`);
    }
    mirror.remember(SEEN, modified);
  },
};

/** Cursors: the date of the database as it was seen last, and the date of what is in the archive. */
const SEEN = 'modified';
const ARCHIVED = 'archived';

/** The new archive, in the place of the old one and of what was beside it; its date. Looked into before anything is replaced. */
async function fetchArchive(mirror: Mirror): Promise<string> {
  const bytes = await mirror.get(ARCHIVE, { limit: MAX_ARCHIVE });
  if (bytes === undefined) throw missing(ARCHIVE);
  const date = dateOf(await entryOf(bytes, STATE), ARCHIVE);
  for (const name of mirror.names()) if (REPORT.test(name)) mirror.remove(name);
  mirror.write(ARCHIVE, bytes);
  mirror.remember(ARCHIVED, date);
  return date;
}

async function entryOf(archive: Bytes, name: string): Promise<Bytes | undefined> {
  try {
    const read = async (offset: number, length: number) => archive.subarray(offset, offset + length);
    const zip = await openZip({ size: archive.length, read });
    const entry = zip.entries.find((each) => each.name === name);
    return entry && (await zip.read(entry, MAX_STATE));
  } catch (cause) {
    throw malformed(ARCHIVE, 'it is no zip archive', cause);
  }
}

/** Reports that are newer than the archive; those that are here already cost a question each (304). */
async function changedSince(mirror: Mirror, since: string): Promise<readonly string[]> {
  const index = json(await mirror.get(INDEX), INDEX);
  if (!Array.isArray(index)) throw malformed(INDEX, 'it is no list');
  return index.flatMap((item) => {
    const { id, modified } = fields(item);
    const day = date(modified);
    if (typeof id !== 'string' || !REPORT.test(`${id}.json`) || day === undefined) throw malformed(INDEX, 'an entry has no name or date');
    return day > since ? [id] : [];
  });
}

/** `modified` of `index/db.json`. */
function dateOf(bytes: Bytes | undefined, file: string): string {
  const modified = date(fields(json(bytes, file)).modified);
  if (modified === undefined) throw malformed(file, 'it has no date');
  return modified;
}

function json(bytes: Bytes | undefined, file: string): unknown {
  if (bytes === undefined) throw missing(file);
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch (cause) {
    throw malformed(file, 'it is not JSON', cause);
  }
}

function missing(file: string): PlimsollError {
  return new PlimsollError('feed-missing', { upstream: 'govulndb', file });
}

function malformed(file: string, detail: string, cause?: unknown): PlimsollError {
  return new PlimsollError('feed-malformed', { upstream: 'govulndb', file, detail }, { cause });
}
