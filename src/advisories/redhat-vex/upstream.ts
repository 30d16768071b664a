import { PlimsollError } from '../../util/errors.ts';
import { baseName, type Dates, mirrorArchiveWithChanges } from '../archive-with-changes.ts';
import type { Mirror, Upstream } from '../types.ts';

const ID = 'redhat-vex';
const LATEST = 'archive_latest.txt';
const CHANGES = 'changes.csv';
const DELETIONS = 'deletions.csv';
const ARCHIVE = /^[\w.-]{1,100}\.tar\.(zst|gz)$/;
const DOCUMENT = /^\d{4}\/cve-\d{4}-\d{4,}\.json$/;

/**
 * One archive of all documents, and afterwards those that changed; what Red Hat deleted leaves a document that says so. `vex-feed/`
 * has the same layout. Source: https://security.access.redhat.com/data/csaf/v2/vex/ and its `changes.csv`, newest first.
 */
export const redhatVexUpstream: Upstream = {
  id: ID,
  title: 'Red Hat VEX',
  feeds: [ID],
  url: 'https://security.access.redhat.com/data/csaf/v2/vex/',
  update: async (mirror) => {
    const archive = (await document(mirror, LATEST)).trim();
    if (!ARCHIVE.test(archive)) throw malformed(LATEST, 'it names no archive');
    await mirrorArchiveWithChanges(mirror, {
      upstream: ID,
      archive,
      isArchive: (name) => ARCHIVE.test(name),
      changes: datesOf(CHANGES, await document(mirror, CHANGES)),
      deletions: datesOf(DELETIONS, (await mirror.get(DELETIONS))?.toString('utf8') ?? ''),
      deleted,
    });
  },
};

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

async function document(mirror: Mirror, name: string): Promise<string> {
  const bytes = await mirror.get(name);
  if (bytes === undefined) throw new PlimsollError('feed-missing', { upstream: ID, file: name });
  return bytes.toString('utf8');
}

/** As CSAF says that a document is withdrawn. */
function deleted(path: string): Buffer {
  const id = baseName(path).slice(0, -'.json'.length).toUpperCase();
  return Buffer.from(JSON.stringify({ document: { tracking: { id, status: 'deleted' } } }));
}

function malformed(file: string, detail: string): PlimsollError {
  return new PlimsollError('feed-malformed', { upstream: ID, file, detail });
}
