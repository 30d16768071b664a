import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { send, startServer } from '../registry/index.ts';

/** One request and what became of it. */
export interface Exchange {
  /** Decoded path below the server's root, with its query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly status: number;
  /** Bytes of the body that were sent. */
  readonly bytes: number;
}

/** What an answer does instead of what it should. */
export type Fault =
  /** Answers with a status: 429, 503, 404; `retryAfter` in seconds. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: number }
  /** Closes the connection after so many bytes of the body, which was announced in full. */
  | { readonly kind: 'cut'; readonly after: number }
  /** Sends so many bytes of the body, then nothing, and keeps the connection. */
  | { readonly kind: 'stall'; readonly after: number }
  /** Sends a web page with status 200, as proxies do. */
  | { readonly kind: 'page' };

export interface UpstreamServerSettings {
  /** Files by their path below the root, or a folder of them. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly folder?: string;
  /** What the server knows of conditions and ranges; all of it unless told. */
  readonly etag?: 'strong' | 'weak' | 'none';
  readonly lastModified?: boolean;
  readonly ranges?: boolean;
}

/** A web server as upstreams have it, on a loopback port of its own. */
export interface UpstreamServer {
  /** Address of its root, with a slash at the end. */
  readonly url: string;
  /** What was asked and answered, oldest first; empty it with `splice(0)`. */
  readonly log: Exchange[];
  put(path: string, content: string | Uint8Array): void;
  delete(path: string): void;
  /** The next answers (one unless told) about files whose path ends with `path` go wrong. */
  fail(path: string, fault: Fault, times?: number): void;
  close(): Promise<void>;
}

interface Stored {
  readonly bytes: Buffer;
  readonly modified: Date;
}

/** Starts the server. It answers GET and HEAD as RFC 9110 asks: conditions, ranges, 304, 206, 404, 416. */
export async function startUpstream(settings: UpstreamServerSettings = {}): Promise<UpstreamServer> {
  const files = new Map<string, Stored>();
  const faults: { readonly path: string; readonly fault: Fault; left: number }[] = [];
  const log: Exchange[] = [];
  let clock = Date.UTC(2026, 0, 1);
  const put = (path: string, content: string | Uint8Array) => {
    // Each change is a second later than the one before: dates in headers have no more.
    clock += 1000;
    files.set(path, { bytes: Buffer.from(content as Uint8Array), modified: new Date(clock) });
  };
  for (const [path, content] of Object.entries(settings.files ?? {})) put(path, content);
  const find = (path: string) => files.get(path) ?? (settings.folder === undefined ? undefined : onDisk(settings.folder, path));

  const server = await startServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '/').slice(1).replaceAll('+', '%2B'));
    const note = (status: number, bytes: number) => log.push({ path, headers: request.headers, status, bytes });
    const planned = faults.find((each) => each.left > 0 && path.endsWith(each.path));
    if (planned !== undefined) planned.left -= 1;
    const file = find(path) ?? find(path.replace(/\?.*$/s, ''));
    answer(request, response, file, settings, planned?.fault, note);
  });
  return {
    url: `${server.url}/`,
    log,
    put,
    delete: (path) => void files.delete(path),
    fail: (path, fault, times = 1) => void faults.push({ path, fault, left: times }),
    close: server.close,
  };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  file: Stored | undefined,
  settings: UpstreamServerSettings,
  fault: Fault | undefined,
  note: (status: number, bytes: number) => void,
): void {
  const plain = (status: number, headers: Record<string, string> = {}) => {
    note(status, 0);
    send(response, status, Buffer.alloc(0), headers);
  };
  if (fault?.kind === 'status') {
    plain(fault.status, fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) });
    return;
  }
  if (fault?.kind === 'page') {
    note(200, 0);
    send(response, 200, Buffer.from('<!doctype html><title>Log in</title>'), { 'content-type': 'text/html; charset=utf-8' });
    return;
  }
  if (file === undefined) {
    plain(404);
    return;
  }
  const headers = validators(file, settings);
  if (notModified(request, headers)) {
    note(304, 0);
    response.writeHead(304, headers).end();
    return;
  }
  const start = rangeStart(request, headers, settings);
  if (start !== undefined && start >= file.bytes.length) {
    plain(416, { 'content-range': `bytes */${file.bytes.length}` });
    return;
  }
  const body = file.bytes.subarray(start ?? 0);
  const range = start === undefined ? {} : { 'content-range': `bytes ${start}-${file.bytes.length - 1}/${file.bytes.length}` };
  response.writeHead(start === undefined ? 200 : 206, { 'content-length': body.length, ...headers, ...range });
  const part = fault === undefined ? body : body.subarray(0, Math.min(fault.after, body.length));
  note(start === undefined ? 200 : 206, part.length);
  if (fault === undefined) response.end(request.method === 'HEAD' ? undefined : body);
  else response.write(part, () => (fault.kind === 'cut' ? response.destroy() : undefined));
}

function validators({ bytes, modified }: Stored, { etag = 'strong', lastModified = true }: UpstreamServerSettings): Record<string, string> {
  const tag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 20)}"`;
  return {
    ...(etag === 'none' ? {} : { etag: etag === 'weak' ? `W/${tag}` : tag }),
    ...(lastModified ? { 'last-modified': modified.toUTCString() } : {}),
  };
}

/** Source: RFC 9110, 13.2.2: the date counts only where no tag was given. */
function notModified({ headers }: IncomingMessage, own: Record<string, string>): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) return own.etag !== undefined && tags.split(/\s*,\s*/).includes(own.etag);
  const since = headers['if-modified-since'];
  return since !== undefined && own['last-modified'] !== undefined && Date.parse(own['last-modified']) <= Date.parse(since);
}

/** Where the wanted range begins; undefined where the whole file is sent. Source: RFC 9110, 13.1.5: weak tags never match. */
function rangeStart({ headers }: IncomingMessage, own: Record<string, string>, settings: UpstreamServerSettings): number | undefined {
  const range = /^bytes=(\d+)-$/.exec(headers.range ?? '');
  if (range === null || settings.ranges === false) return undefined;
  const condition = headers['if-range'] === undefined ? undefined : String(headers['if-range']);
  const holds = condition === undefined || (!condition.startsWith('W/') && Object.values(own).includes(condition));
  return holds ? Number(range[1]) : undefined;
}

function onDisk(folder: string, path: string): Stored | undefined {
  const file = join(folder, path);
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.isFile() ? { bytes: readFileSync(file), modified: stat.mtime } : undefined;
}
