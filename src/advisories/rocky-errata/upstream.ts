import { PlimsollError } from '../../util/errors.ts';
import { fields, records } from '../../util/fields.ts';
import { text } from '../rpm-errata.ts';
import type { Mirror, Upstream } from '../types.ts';

const ID = 'rocky-errata';
const PAGE = 100;
/** Some 8,000 errata on 81 pages, in 2025. */
const MAX_PAGES = 5000;
const NAME = /^[A-Z]{4}-\d{4}:\d{1,9}$/;
const MAX_BYTES = 256 * 1024 * 1024;
const PAUSE_MS = 250;
const WHOLE_AFTER_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Every erratum of Rocky's errata service, a file each. Its pages are newest first, so the walk ends with the first page that holds
 * nothing new; errata that change later keep their place, so once in thirty days it goes to the end. Source: the service's own
 * description of its API, https://apollo.build.resf.org/docs, "list_advisories"; ordered by `published_at`, in its source.
 */
export const rockyErrataUpstream: Upstream = {
  id: ID,
  title: 'Rocky Linux errata',
  feeds: [ID],
  url: 'https://apollo.build.resf.org/',
  update: async (mirror) => {
    const whole = Date.parse(mirror.recall('whole') ?? '');
    // What a walk that broke off had not come to lies behind what it brought.
    const brokeOff = mirror.recall('walking') === 'yes';
    const toTheEnd = brokeOff || Number.isNaN(whole) || mirror.now.getTime() - whole > WHOLE_AFTER_MS;
    const known = new Set(mirror.names());
    for (let page = 1; page <= MAX_PAGES; page++) {
      if (page > 1) await mirror.pause(PAUSE_MS);
      const { errata, total } = await pageOf(mirror, page);
      const taken = errata.map((erratum) => take(mirror, known, erratum));
      const last = errata.length === 0 || page * PAGE >= total;
      if (last && toTheEnd) mirror.remember('whole', mirror.now.toISOString());
      // A release brings pages that have bug fixes alone: they do not say that what follows is known.
      const done = last || (!toTheEnd && !taken.includes('new') && taken.includes('known'));
      mirror.remember('walking', done ? 'no' : 'yes');
      if (done) return;
    }
  },
};

async function pageOf(mirror: Mirror, page: number) {
  const address = `api/v3/advisories/?page=${page}&size=${PAGE}`;
  const bytes = await mirror.get(address, { limit: MAX_BYTES });
  if (bytes === undefined) throw new PlimsollError('feed-missing', { upstream: ID, file: address });
  const { advisories, total } = fields(parsed(bytes));
  if (!Array.isArray(advisories) || typeof total !== 'number') throw malformed(address, 'it is no page of advisories');
  return { errata: records(advisories), total };
}

/** Keeps an erratum that is new, or other than before. What is no matter of security is not kept. */
function take(mirror: Mirror, known: ReadonlySet<string>, erratum: Readonly<Record<string, unknown>>): 'new' | 'known' | 'other' {
  const name = text(erratum.name);
  if (!NAME.test(name)) throw malformed('api/v3/advisories/', `an advisory is called ${name.slice(0, 50)}`);
  if (text(erratum.kind) !== 'Security' && records(erratum.cves).length === 0) return 'other';
  const file = `${name.replace(':', '-')}.json`;
  const bytes = Buffer.from(JSON.stringify(erratum));
  if (known.has(file) && mirror.read(file).equals(bytes)) return 'known';
  mirror.write(file, bytes);
  return 'new';
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

function malformed(file: string, detail: string): PlimsollError {
  return new PlimsollError('feed-malformed', { upstream: ID, file, detail });
}
