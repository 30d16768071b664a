import { PlimsollError } from '../../util/errors.ts';
import { fields } from '../../util/fields.ts';
import type { Mirror, Upstream } from '../types.ts';

const UPSTREAM = 'ubuntu-usn';
const FILE = 'notices.jsonl';
/** The API gives no more at once, and there are 10,000 notices. */
const PAGE = 20;
const MAX_PAGES = 5_000;
const MAX_PAGE_BYTES = 64 * 1024 * 1024;
const PAUSE_MS = 200;
/** How many pages of the first update may be lost when it is stopped. */
const SAVE_EVERY = 25;

/** Notices by their id, each the line that is kept of it. */
type Notices = Map<string, string>;

/**
 * Ubuntu's notices, newest first, until there are none that are new. The first update asks for all pages, and goes on where it was
 * stopped. Kept of a notice is what is read of it, a line each; the texts are most of it and left out. Updated only when asked for by
 * name: the same notices come with `osv`. Source: https://ubuntu.com/security/api/docs
 */
export const ubuntuUsnUpstream: Upstream = {
  id: UPSTREAM,
  title: 'Ubuntu security notices (API)',
  feeds: ['ubuntu-usn'],
  url: 'https://ubuntu.com/security/',
  always: false,
  update: async (mirror) => {
    const known = kept(mirror);
    if (known.size > 0) {
      // Written only when the newest meet those that are known: else the next update would stop before the gap.
      const news: Notices = new Map();
      for await (const page of pages(mirror, 0)) {
        const fresh = [...page.notices].filter(([id]) => !known.has(id));
        for (const [id, line] of fresh) news.set(id, line);
        if (fresh.length === 0) break;
      }
      for (const [id, line] of news) known.set(id, line);
      if (news.size > 0) keep(mirror, known);
    }
    if (mirror.recall('all') === 'yes' && known.size > 0) return;
    let pagesLeft = SAVE_EVERY;
    for await (const page of pages(mirror, known.size > 0 ? Number(mirror.recall('offset') ?? 0) : 0)) {
      for (const [id, line] of page.notices) known.set(id, line);
      pagesLeft -= 1;
      if (pagesLeft > 0) continue;
      pagesLeft = SAVE_EVERY;
      keep(mirror, known);
      mirror.remember('offset', String(page.next));
    }
    keep(mirror, known);
    mirror.remember('all', 'yes');
  },
};

interface Page {
  readonly notices: Notices;
  /** Where the next page begins. */
  readonly next: number;
}

/** The pages from `offset` on, to the last. */
async function* pages(mirror: Mirror, offset: number): AsyncGenerator<Page> {
  for (let at = offset, number = 0; number < MAX_PAGES; number += 1) {
    if (number > 0) await mirror.pause(PAUSE_MS);
    const file = `notices.json?limit=${PAGE}&offset=${at}`;
    const bytes = await mirror.get(file, { limit: MAX_PAGE_BYTES });
    if (bytes === undefined) throw new PlimsollError('feed-missing', { upstream: UPSTREAM, file });
    const page = fields(parsed(bytes.toString('utf8')));
    const { notices, total_results: total } = page;
    if (!Array.isArray(notices) || typeof total !== 'number')
      throw new PlimsollError('feed-malformed', { upstream: UPSTREAM, file, detail: 'it is no page of notices' });
    at += notices.length;
    yield { notices: new Map(notices.flatMap(lineOf)), next: at };
    if (notices.length === 0 || at >= total) return;
  }
}

function lineOf(value: unknown): [id: string, line: string][] {
  const { id, type, published, cves_ids, cves, release_packages } = fields(value);
  if (typeof id !== 'string') return [];
  // Records of the CVEs hold their texts too; their names are in `cves_ids` as well.
  const names = Array.isArray(cves_ids) ? { cves_ids } : { cves: Array.isArray(cves) ? cves.map((each) => fields(each).id ?? each) : [] };
  return [[id, JSON.stringify({ id, type, published, ...names, release_packages })]];
}

function kept(mirror: Mirror): Notices {
  if (!mirror.names().includes(FILE)) return new Map();
  const lines = mirror.read(FILE).toString('utf8').split('\n');
  return new Map(
    lines.flatMap((line) => {
      const { id } = fields(parsed(line));
      return typeof id === 'string' ? [[id, line] as const] : [];
    }),
  );
}

function keep(mirror: Mirror, notices: Notices): void {
  const lines = [...notices].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => `${line}\n`);
  mirror.write(FILE, Buffer.from(lines.join('')));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
