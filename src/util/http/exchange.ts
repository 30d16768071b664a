import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import type { Agent as TlsAgent } from 'node:https';
import type { ByteStream, Bytes } from '../bytes.ts';
import { PlimsollError } from '../errors.ts';
import { networkError } from './failures.ts';
import { nodeHttp, nodeHttps } from './node.ts';
import type { HttpRequest, HttpResponse } from './types.ts';

const SLICE = 1 << 20;
/** Bodies up to here are read to their end when discarded, which keeps the connection; longer ones cost more than a new one. */
const DRAIN_LIMIT = 64 << 10;

export interface Agents {
  http(url: URL): Agent;
  /** Made when first needed: reading certificates takes time. */
  https(url: URL): TlsAgent;
}

/** One request and its answer; no retries, no redirects. Failures are coded errors. */
export function exchange(agents: Agents, request: HttpRequest, timeoutMs: number): Promise<HttpResponse> {
  const url = new URL(request.url);
  const tls = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const options = { method: request.method ?? 'GET', headers: headersOf(request) };
    const sent = tls
      ? nodeHttps().request(url, { ...options, agent: agents.https(url) })
      : nodeHttp().request(url, { ...options, agent: agents.http(url) });
    const timer = setTimeout(() => sent.destroy(timeout(url, timeoutMs)), timeoutMs);
    sent.once('response', (answer) => {
      clearTimeout(timer);
      resolve(toResponse(answer, url, timeoutMs));
    });
    sent.once('error', (error) => {
      clearTimeout(timer);
      reject(networkError(error, url));
    });
    finish(sent, request.body, () => timer.refresh());
  });
}

/** A long body goes out in slices: while they leave, the server is not silent. */
function finish(sent: ClientRequest, body: HttpRequest['body'], progress: () => void): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : (body ?? Buffer.alloc(0));
  for (let at = 0; at < bytes.length; at += SLICE) sent.write(bytes.subarray(at, at + SLICE), progress);
  sent.end();
}

function headersOf(request: HttpRequest): Record<string, string | number> {
  const length = request.body === undefined ? undefined : Buffer.byteLength(request.body);
  const needsLength = length !== undefined || request.method === 'POST' || request.method === 'PUT' || request.method === 'PATCH';
  return { 'accept-encoding': 'identity', ...request.headers, ...(needsLength ? { 'content-length': length ?? 0 } : {}) };
}

function toResponse(answer: IncomingMessage, url: URL, timeoutMs: number): HttpResponse {
  // A connection that breaks while nobody reads the body must not bring the process down; a reader gets the error from the iterator.
  answer.on('error', () => undefined);
  const body = bodyStream(answer, url, timeoutMs);
  return {
    status: answer.statusCode ?? 0,
    headers: flatHeaders(answer),
    url: url.href,
    body,
    bytes: (limit) => wholeBody(body, url, limit),
    discard: () => discard(answer, timeoutMs),
  };
}

function discard(answer: IncomingMessage, timeoutMs: number): void {
  if (!(Number(answer.headers['content-length'] ?? Number.NaN) <= DRAIN_LIMIT)) {
    answer.destroy();
    return;
  }
  answer.setTimeout(timeoutMs, () => answer.destroy());
  answer.resume();
}

function flatHeaders(answer: IncomingMessage): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

/** The time-out runs only while a reader waits: a reader that takes its time is not a stalled server. */
async function* bodyStream(answer: IncomingMessage, url: URL, timeoutMs: number): ByteStream {
  let waiting = true;
  const timer = setTimeout(() => {
    if (waiting) answer.destroy(timeout(url, timeoutMs));
    else timer.refresh();
  }, timeoutMs);
  try {
    for await (const chunk of answer) {
      waiting = false;
      yield chunk as Bytes;
      waiting = true;
      timer.refresh();
    }
    if (!answer.complete) throw Object.assign(new Error('incomplete answer'), { code: 'ECONNRESET' });
  } catch (error) {
    throw networkError(error, url);
  } finally {
    clearTimeout(timer);
    answer.destroy();
  }
}

async function wholeBody(body: ByteStream, url: URL, limit: number): Promise<Bytes> {
  const chunks: Bytes[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) throw new PlimsollError('response-too-large', { host: url.host, limit });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function timeout(url: URL, timeoutMs: number): PlimsollError {
  return new PlimsollError('network-timeout', { host: url.host, seconds: Math.ceil(timeoutMs / 1000) });
}
