import { PlimsollError } from '../../util/errors.ts';
import { fields } from '../../util/fields.ts';
import type { Mirror, Upstream } from '../types.ts';
import { NvdApi, PAGE_SIZE } from './api.ts';
import { fileName, replaceCves, startOf, writeCves } from './store.ts';

/** The longest span of dates that a query may have. Source: nvd.nist.gov/developers/vulnerabilities, lastModStartDate. */
const WINDOW_MS = 120 * 24 * 3600 * 1000;
/** Changes are published every two hours, with the date of the change: what was seen last may have had company. */
const OVERLAP_MS = 4 * 3600 * 1000;

/**
 * The NVD by its API: once all of it, then what changed. Without a key the first time takes half an hour or more, because of the
 * pauses that the NVD asks for, and it adds nothing but scores to what others say: it is updated only when asked for by name.
 */
export const nvdUpstream: Upstream = {
  id: 'nvd',
  title: 'National Vulnerability Database (NIST)',
  feeds: ['nvd'],
  url: 'https://services.nvd.nist.gov/rest/json/cves/',
  always: false,
  update: async (mirror) => {
    const api = new NvdApi(mirror);
    if (mirror.recall(CHANGES) === undefined) await loadAll(mirror, api);
    await catchUp(mirror, api);
  },
};

/** Cursors: how far the first load is; until when all changes are here. */
const LOAD = 'load';
const CHANGES = 'changes';

/** Goes on where an earlier attempt ended. The order of the API is that of publication: what is new comes last. */
async function loadAll(mirror: Mirror, api: NvdApi): Promise<void> {
  const begun = loadBegun(mirror);
  let since = begun?.since;
  for (let next = begun?.next ?? 0; ; next += PAGE_SIZE) {
    const { cves, total, at } = await api.page(next);
    if (total === 0) throw new PlimsollError('feed-malformed', { upstream: 'nvd', file: '2.0', detail: 'it has no CVE' });
    since ??= at;
    if (cves.length > 0) writeCves(mirror, fileName(next), cves);
    if (next + PAGE_SIZE >= total) {
      // What a load before this one had beyond.
      for (const name of mirror.names()) if (!(startOf(name) < total)) mirror.remove(name);
      mirror.remember(CHANGES, since);
      return;
    }
    mirror.remember(LOAD, JSON.stringify({ since, next: next + PAGE_SIZE }));
  }
}

function loadBegun(mirror: Mirror): { readonly since: string; readonly next: number } | undefined {
  try {
    const { since, next } = fields(JSON.parse(mirror.recall(LOAD) ?? ''));
    return typeof since === 'string' && Number.isInteger(next) ? { since, next: Number(next) } : undefined;
  } catch {
    return undefined;
  }
}

/** All changes since the last ones that are here, in spans as long as the API allows. */
async function catchUp(mirror: Mirror, api: NvdApi): Promise<void> {
  let from = Date.parse(mirror.recall(CHANGES) ?? '') - OVERLAP_MS;
  while (from < mirror.now.getTime()) {
    const to = Math.min(from + WINDOW_MS, mirror.now.getTime());
    const query = { lastModStartDate: new Date(from).toISOString(), lastModEndDate: new Date(to).toISOString() };
    let asked = '';
    for (let next = 0, total = 1; next < total; next += PAGE_SIZE) {
      const page = await api.page(next, query);
      replaceCves(mirror, page.cves);
      total = page.total;
      asked ||= page.at;
    }
    // A clock that is ahead of the NVD's must not skip anything.
    mirror.remember(CHANGES, new Date(Math.min(to, Date.parse(asked))).toISOString());
    from = to;
  }
}
