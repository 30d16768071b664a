import { send, startServer } from './registry/index.ts';

/** A CVE as the API has it; `lastModified` without a zone, as there. */
export interface NvdCve {
  readonly id: string;
  readonly lastModified: string;
}

/** The part of the NVD's CVE API 2.0 that is used, in memory. Source: nvd.nist.gov/developers/vulnerabilities. */
export interface NvdServer {
  /** Address of `2.0`, without it. */
  readonly url: string;
  /** In the order of publication; change it at will. */
  readonly cves: NvdCve[];
  /** Queries that were answered with a page. */
  readonly pages: string[];
  /** What is to go wrong next: a status to answer with, or a body to send instead. */
  readonly faults: (number | string)[];
  /** Keys that were shown. */
  readonly keys: (string | undefined)[];
  /** What it takes for the time. */
  now: Date;
  close(): Promise<void>;
}

const DAY_MS = 24 * 3600 * 1000;

export async function startNvd(cves: readonly NvdCve[], now: Date): Promise<NvdServer> {
  const state = { cves: [...cves], pages: [] as string[], faults: [] as (number | string)[], keys: [] as (string | undefined)[], now };
  const server = await startServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://nvd.invalid');
    state.keys.push(request.headers.apikey as string | undefined);
    const fault = state.faults.shift();
    if (typeof fault === 'number') return send(response, fault, Buffer.alloc(0), {});
    if (typeof fault === 'string') return send(response, 200, Buffer.from(fault), {});
    const found = url.pathname === '/2.0' ? select(state.cves, url.searchParams) : undefined;
    if (found === undefined) return send(response, 404, Buffer.alloc(0), {});
    state.pages.push(decodeURIComponent(url.search));
    const start = Number(url.searchParams.get('startIndex'));
    const vulnerabilities = found.slice(start, start + Number(url.searchParams.get('resultsPerPage'))).map((cve) => ({ cve }));
    const page = {
      resultsPerPage: vulnerabilities.length,
      startIndex: start,
      totalResults: found.length,
      format: 'NVD_CVE',
      version: '2.0',
      timestamp: state.now.toISOString().slice(0, -1),
      vulnerabilities,
    };
    send(response, 200, Buffer.from(JSON.stringify(page)), { 'content-type': 'application/json' });
  });
  return Object.assign(state, { url: `${server.url}/`, close: server.close });
}

/** Undefined where the API answers 404: more than 2000 a page, one date without the other, more than 120 days. */
function select(cves: readonly NvdCve[], query: URLSearchParams): readonly NvdCve[] | undefined {
  if (!(Number(query.get('resultsPerPage')) <= 2000)) return undefined;
  const [from, to] = [query.get('lastModStartDate'), query.get('lastModEndDate')];
  if (from === null && to === null) return cves;
  const [start, end] = [Date.parse(from ?? ''), Date.parse(to ?? '')];
  if (!(end - start <= 120 * DAY_MS)) return undefined;
  return cves.filter(({ lastModified }) => Date.parse(`${lastModified}Z`) >= start && Date.parse(`${lastModified}Z`) <= end);
}
