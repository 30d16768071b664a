import type { Bytes } from '../../util/bytes.ts';
import { PlimsollError } from '../../util/errors.ts';
import { type Fields, fields } from '../../util/fields.ts';
import type { Mirror } from '../types.ts';

/** A part of what a query gives. */
export interface Page {
  /** CVE objects, as the API has them. */
  readonly cves: readonly Fields[];
  /** How many the query gives in all. */
  readonly total: number;
  /** When the server answered, RFC 3339. */
  readonly at: string;
}

/** CVEs of a full page: the most that the API gives at once. */
export const PAGE_SIZE = 2000;
/** There are 300,000. */
const MAX_CVES = 10_000_000;
const ADDRESS = '2.0';
/** Full pages have 5 to 20 MB. */
const MAX_PAGE = 256 << 20;
/** 5 requests in 30 seconds are free, 50 with a key. Source: nvd.nist.gov/developers/start-here, "Rate Limits". */
const PAUSE_MS = 6000;
const PAUSE_WITH_KEY_MS = 600;
/** Who has asked too much, whoever it was that shares the address, is heard again when the window has passed. */
const REFUSED_MS = 30_000;
const ATTEMPTS = 5;
/** 403 is how the NVD says "too many requests"; 503 is common when it is busy. */
const PASSING = new Set([403, 408, 429, 500, 502, 503, 504]);
const BROKEN = new Set(['network-failed', 'network-timeout', 'size-mismatch']);

/** The CVE API 2.0, asked no faster than it allows. Source: nvd.nist.gov/developers/vulnerabilities. */
export class NvdApi {
  readonly #mirror: Mirror;
  #asked = false;

  constructor(mirror: Mirror) {
    this.#mirror = mirror;
  }

  /**
   * The CVEs from number `start` on of those that `query` selects.
   *
   * @throws PlimsollError nvd-refused, feed-malformed, what the mirror throws
   */
  async page(start: number, query: Readonly<Record<string, string>> = {}): Promise<Page> {
    const parameters = new URLSearchParams({ ...query, resultsPerPage: String(PAGE_SIZE), startIndex: String(start) });
    const page = readPage(await this.#ask(`${ADDRESS}?${parameters}`));
    const expected = Math.min(PAGE_SIZE, Math.max(0, page.total - start));
    if (page.cves.length !== expected) throw malformed(`${page.cves.length} CVEs where ${expected} were to come`);
    return page;
  }

  async #ask(address: string): Promise<Bytes> {
    const { key } = this.#mirror;
    for (let attempt = 1; ; attempt++) {
      if (this.#asked) await this.#mirror.pause(key === undefined ? PAUSE_MS : PAUSE_WITH_KEY_MS);
      this.#asked = true;
      try {
        const bytes = await this.#mirror.get(address, { limit: MAX_PAGE, headers: key === undefined ? {} : { apiKey: key } });
        if (bytes !== undefined) return bytes;
        // Source: the same page, "API Keys": 404 is what a key gets that is not known, or not activated.
        throw key === undefined ? new PlimsollError('feed-missing', { upstream: 'nvd', file: ADDRESS }) : refused(404);
      } catch (error) {
        const status = error instanceof PlimsollError && error.code === 'http-status' ? Number(error.params.status) : undefined;
        const passing = status === undefined ? error instanceof PlimsollError && BROKEN.has(error.code) : PASSING.has(status);
        if (!passing) throw error;
        if (attempt >= ATTEMPTS) throw status === 403 || status === 429 ? refused(status, error) : error;
        await this.#mirror.pause(REFUSED_MS * attempt);
      }
    }
  }
}

function readPage(bytes: Bytes): Page {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw malformed('it is not JSON', cause);
  }
  const { vulnerabilities, totalResults, timestamp } = fields(value);
  if (!Array.isArray(vulnerabilities) || !isCount(totalResults) || typeof timestamp !== 'string') throw malformed('it is no page');
  // Without a zone, which is UTC.
  const at = Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(timestamp) ? timestamp : `${timestamp}Z`);
  if (Number.isNaN(at)) throw malformed('it has no date');
  return { cves: vulnerabilities.map((item) => fields(fields(item).cve)), total: totalResults, at: new Date(at).toISOString() };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < MAX_CVES;
}

function refused(status: number, cause?: unknown): PlimsollError {
  return new PlimsollError('nvd-refused', { status }, { cause });
}

function malformed(detail: string, cause?: unknown): PlimsollError {
  return new PlimsollError('feed-malformed', { upstream: 'nvd', file: ADDRESS, detail }, { cause });
}
