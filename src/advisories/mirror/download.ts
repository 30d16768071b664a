import { withoutSecrets } from '../../util/addresses.ts';
import type { Bytes } from '../../util/bytes.ts';
import { PlimsollError } from '../../util/errors.ts';
import type { Http, HttpResponse } from '../../util/http/types.ts';
import type { Partial, PartialOf } from './partial.ts';
import type { FileState } from './state.ts';

export interface DownloadOptions {
  readonly http: Http;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly onBytes?: (count: number) => void;
  /** Bytes of one file. */
  readonly limit: number;
  /** For errors. */
  readonly upstream: string;
  /** As it is mirrored. */
  readonly name: string;
}

/** `same`: upstream has what is here (304). `absent`: it has none (404, 410). Else the partial file is whole. */
export type Downloaded = 'same' | 'absent' | PartialOf;

/** How often in a row a download may break without having brought a byte. */
const ATTEMPTS = 4;
const PAUSE_MS = 500;

/**
 * Fetches `url` into `partial`, going on where an earlier attempt or process broke off. A body that ends early never counts.
 *
 * @throws PlimsollError http-status, size-mismatch, response-too-large, feed-malformed, what `http` throws
 */
export async function download(url: string, known: FileState | undefined, partial: Partial, options: DownloadOptions): Promise<Downloaded> {
  for (let failed = 0; ; ) {
    const before = partial.size;
    const headers = resumable(url, partial) ?? conditions(url, known);
    // What the client gives up on it has tried often enough; what breaks later is this loop's affair.
    const response = await options.http.request({ url, headers });
    try {
      return await take(url, response, partial, options);
    } catch (error) {
      if (!isBroken(error)) throw error;
      failed = partial.size > before ? 1 : failed + 1;
      if (failed >= ATTEMPTS) throw error;
      await options.pause(PAUSE_MS * 2 ** (failed - 1));
    }
  }
}

/**
 * The document at `url`; undefined where there is none (404, 410). One that breaks off is asked for again, from its beginning.
 *
 * @throws PlimsollError http-status, response-too-large, what `http` throws
 */
export async function document(
  url: string,
  headers: Readonly<Record<string, string>>,
  { http, pause, limit }: Pick<DownloadOptions, 'http' | 'pause' | 'limit'>,
): Promise<Bytes | undefined> {
  for (let failed = 1; ; failed++) {
    const response = await http.request({ url, headers });
    try {
      if (response.status === 200) return await response.bytes(limit);
      response.discard();
      if (response.status === 404 || response.status === 410) return undefined;
      throw statusError(url, response.status);
    } catch (error) {
      if (!isBroken(error) || failed >= ATTEMPTS) throw error;
      await pause(PAUSE_MS * 2 ** (failed - 1));
    }
  }
}

async function take(url: string, response: HttpResponse, partial: Partial, options: DownloadOptions): Promise<Downloaded> {
  if (response.status === 304) return discarded(response, 'same');
  if (response.status === 404 || response.status === 410) return discarded(response, 'absent');
  if (response.status === 416) {
    // What is here is as long as the file or longer: it is not its beginning.
    response.discard();
    partial.remove();
    throw broken(url);
  }
  if (response.status !== 200 && response.status !== 206) {
    response.discard();
    throw statusError(url, response.status);
  }
  refusePage(response, options);
  const of = partOf(url, response);
  const total = response.status === 206 ? continued(response, partial, url) : startOver(response, partial, of);
  if (total > options.limit) {
    response.discard();
    throw new PlimsollError('response-too-large', { host: new URL(url).host, limit: options.limit });
  }
  for await (const chunk of response.body) {
    if (partial.size + chunk.length > options.limit)
      throw new PlimsollError('response-too-large', { host: new URL(url).host, limit: options.limit });
    partial.write(chunk);
    options.onBytes?.(chunk.length);
  }
  if (total >= 0 && partial.size !== total) {
    const { size } = partial;
    if (size > total) partial.remove();
    throw new PlimsollError('size-mismatch', { what: withoutSecrets(url), actual: size, expected: total });
  }
  return partial.of ?? of;
}

/** What a proxy's log-in, or an upstream that is being repaired, says with 200 must not take the place of a feed. */
function refusePage(response: HttpResponse, { upstream, name }: DownloadOptions): void {
  if (!/^text\/html\b/i.test(response.headers['content-type'] ?? '') || /\.html?$/i.test(name)) return;
  response.discard();
  throw new PlimsollError('feed-malformed', { upstream, file: name, detail: 'a web page came in its place' });
}

/** Asks for the rest, if the file is still the one that was begun. Source: RFC 9110, 13.1.5: a weak tag does not do. */
function resumable(url: string, { of, size }: Partial): Record<string, string> | undefined {
  if (of === undefined || of.url !== url) return undefined;
  const validator = of.etag !== undefined && !of.etag.startsWith('W/') ? of.etag : of.lastModified;
  return validator === undefined ? undefined : { 'range': `bytes=${size}-`, 'if-range': validator };
}

/** Source: RFC 9110, 13.1.2 and 13.1.3. A tag goes first; the date is for servers that have none. */
function conditions(url: string, known: FileState | undefined): Record<string, string> {
  if (known?.url !== url) return {};
  return {
    ...(known.etag === undefined ? {} : { 'if-none-match': known.etag }),
    ...(known.lastModified === undefined ? {} : { 'if-modified-since': known.lastModified }),
  };
}

function partOf(url: string, { headers }: HttpResponse): PartialOf {
  const { etag, 'last-modified': lastModified } = headers;
  return { url, ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) };
}

/** Bytes to come, -1 where the server does not say. */
function startOver(response: HttpResponse, partial: Partial, of: PartialOf): number {
  partial.start(of);
  const length = response.headers['content-length'];
  return length !== undefined && /^\d+$/.test(length) ? Number(length) : -1;
}

/** Bytes of the whole file. The range must be the one that was asked for. Source: RFC 9110, 14.4. */
function continued(response: HttpResponse, partial: Partial, url: string): number {
  const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(response.headers['content-range'] ?? '');
  if (range !== null && Number(range[1]) === partial.size) return range[3] === '*' ? -1 : Number(range[3]);
  response.discard();
  partial.remove();
  throw broken(url);
}

function discarded<T>(response: HttpResponse, outcome: T): T {
  response.discard();
  return outcome;
}

/** Broken connections, silence, bodies of a wrong length: another attempt may bring the rest. */
function isBroken(error: unknown): boolean {
  return error instanceof PlimsollError && ['network-failed', 'network-timeout', 'size-mismatch'].includes(error.code);
}

function statusError(url: string, status: number): PlimsollError {
  return new PlimsollError('http-status', { host: new URL(url).host, status, method: 'GET', url: withoutSecrets(url) });
}

function broken(url: string): PlimsollError {
  return new PlimsollError('network-failed', { host: new URL(url).host, detail: 'it sent another part of the file than it was asked for' });
}
