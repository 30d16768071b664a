import { PlimsollError } from '../../util/errors.ts';
import type { Http, HttpResponse } from '../../util/http/types.ts';
import { MAX_ENTRY, MAX_ENVELOPE, type SharedStore } from './types.ts';

/** Entries as documents below one address, by GET and PUT: the envelope in the first line, the entry behind it. */
export function httpStore(address: string, http: Http, token?: string): SharedStore {
  const base = new URL(address.endsWith('/') ? address : `${address}/`);
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const refused = (response: HttpResponse, method: string) => {
    response.discard();
    return new PlimsollError('http-status', { host: base.host, status: response.status, method, url: response.url });
  };
  return {
    name: base.href,
    async get(name) {
      const response = await http.request({ url: new URL(name, base).href, headers });
      if (response.status === 404 || response.status === 410) return discarded(response);
      if (response.status !== 200) throw refused(response, 'GET');
      const bytes = await response.bytes(MAX_ENTRY + MAX_ENVELOPE);
      const end = bytes.indexOf(0x0a);
      return { envelope: bytes.toString('utf8', 0, Math.max(0, end)), entry: bytes.subarray(end + 1) };
    },
    async put(name, { envelope, entry }) {
      const body = Buffer.concat([Buffer.from(`${envelope}\n`), entry]);
      const type = { 'content-type': 'application/octet-stream' };
      const response = await http.request({ method: 'PUT', url: new URL(name, base).href, headers: { ...headers, ...type }, body });
      if (response.status < 200 || response.status > 299) throw refused(response, 'PUT');
      response.discard();
    },
  };
}

function discarded(response: HttpResponse): undefined {
  response.discard();
  return undefined;
}
