import { PlimsollError } from '../util/errors.ts';
import type { Http, HttpResponse } from '../util/http/types.ts';
import type { FileStore } from './file-store.ts';
import { resumable } from './resume.ts';

/**
 * The files below an address, as any web server or bucket hands them out: an image layout that was copied there can be read. A
 * download that breaks or stalls goes on by range where it broke. Nothing is asked before a file is wanted.
 *
 * @param address with a slash at the end
 */
export function webStore(address: URL, http: Http): FileStore {
  const path = shownAddress(address);
  async function get(name: string, start: number): Promise<HttpResponse> {
    const url = new URL(name, address);
    const response = await http.request({ url: url.href, headers: start === 0 ? {} : { range: `bytes=${start}-` } });
    if (response.status === 200 || (start > 0 && response.status === 206)) return response;
    if (start === 0 && ABSENT.has(response.status)) return response;
    response.discard();
    throw new PlimsollError('http-status', { host: url.host, status: response.status, method: 'GET', url: `${path}${name}` });
  }
  return {
    path,
    async size(name) {
      const response = await http.request({ method: 'HEAD', url: new URL(name, address).href });
      response.discard();
      return response.status === 200 ? Number(response.headers['content-length'] ?? 0) : undefined;
    },
    async stream(name) {
      const response = await get(name, 0);
      if (response.status === 200) return resumable(response, (start) => get(name, start));
      response.discard();
      return undefined;
    },
    close: async () => undefined,
  };
}

/** Not there, and gone. Source: RFC 9110, 15.5.5 and 15.5.11. */
const ABSENT: ReadonlySet<number> = new Set([404, 410]);

/** The address without user name, password and query, which may be secrets. */
export function shownAddress(address: URL): string {
  return `${address.origin}${address.pathname}`;
}
