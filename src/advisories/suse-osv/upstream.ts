import { PlimsollError } from '../../util/errors.ts';
import { records } from '../../util/fields.ts';
import { type Dates, mirrorArchiveWithChanges } from '../archive-with-changes.ts';
import { text } from '../rpm-errata.ts';
import type { Upstream } from '../types.ts';

const ID = 'suse-osv';
const ARCHIVE = 'osv.tar.bz2';
const INDEX = 'osv/all.json';
/** `SUSE-SU-2015:0011-2`; an index of other names is none. */
const RECORD = /^[\w.:-]{1,100}$/;

/**
 * One archive of all records, and afterwards those that the index says have changed. Sources: https://ftp.suse.com/pub/projects/security/
 * (osv.tar.bz2, osv/); OSV, "Data sources", the form of a REST source's `all.json`.
 */
export const suseOsvUpstream: Upstream = {
  id: ID,
  title: 'SUSE security updates',
  feeds: [ID],
  url: 'https://ftp.suse.com/pub/projects/security/',
  update: async (mirror) => {
    const index = await mirror.get(INDEX);
    if (index === undefined) throw new PlimsollError('feed-missing', { upstream: ID, file: INDEX });
    await mirrorArchiveWithChanges(mirror, {
      upstream: ID,
      archive: ARCHIVE,
      isArchive: (name) => name === ARCHIVE,
      changes: datesOf(index.toString('utf8')),
    });
  },
};

function datesOf(index: string): Dates {
  const dates = new Map<string, string>();
  for (const entry of records(listIn(index))) {
    const id = text(entry.id);
    const modified = text(entry.modified);
    // Some names came out of failed requests on SUSE's side ("SUSE-SU-403 Forbidden-1").
    if (RECORD.test(id) && !Number.isNaN(Date.parse(modified))) dates.set(`osv/${id}.json`, new Date(modified).toISOString());
  }
  if (dates.size === 0) throw new PlimsollError('feed-malformed', { upstream: ID, file: INDEX, detail: 'it lists no records' });
  return dates;
}

function listIn(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
