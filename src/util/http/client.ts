import { PlimsollError } from '../errors.ts';
import { type Agents, exchange } from './exchange.ts';
import { isPassing } from './failures.ts';
import { backoffMs, MAX_RETRY_AFTER_MS, mayRetry, retryAfterMs } from './retry.ts';
import type { Http, HttpRequest, HttpResponse } from './types.ts';

const MAX_REDIRECTS = 10;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Never sent to another host than the one they were meant for; `apikey` is the NVD's. Source: WHATWG Fetch, "HTTP-redirect fetch", step 13. */
const CREDENTIALS = new Set(['authorization', 'proxy-authorization', 'cookie', 'apikey']);

export interface ClientSettings {
  readonly agents: Agents;
  readonly timeoutMs: number;
  /** Attempts after the first one. */
  readonly retries: number;
  readonly userAgent: string;
  readonly sleep: (ms: number) => Promise<void>;
  /** 0 <= x < 1. */
  readonly random: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Retries around redirects around single exchanges. */
export function client(settings: ClientSettings): Http {
  return { request: (request) => withRetries(settings, { ...request, headers: lowerCase(settings, request) }) };
}

async function withRetries(settings: ClientSettings, request: HttpRequest): Promise<HttpResponse> {
  for (let attempt = 0; ; attempt++) {
    const last = attempt >= settings.retries;
    try {
      const response = await withRedirects(settings, request);
      const pause = retryAfterMs(response.headers['retry-after'], settings.now()) ?? backoffMs(attempt, settings.random);
      if (last || response.status < 400 || !mayRetry(request, response.status) || pause > MAX_RETRY_AFTER_MS) return response;
      response.discard();
      await settings.sleep(pause);
    } catch (error) {
      if (last || !isPassing(error) || !mayRetry(request, undefined)) throw error;
      await settings.sleep(backoffMs(attempt, settings.random));
    }
  }
}

async function withRedirects(settings: ClientSettings, first: HttpRequest): Promise<HttpResponse> {
  let request = first;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const response = await exchange(settings.agents, request, request.timeoutMs ?? settings.timeoutMs);
    const location = response.headers.location;
    if (!REDIRECTS.has(response.status) || location === undefined || request.redirects === 'answer') return response;
    response.discard();
    request = redirected(request, response.status, location);
  }
  throw new PlimsollError('too-many-redirects', { host: new URL(first.url).host, limit: MAX_REDIRECTS });
}

/** Another scheme, host or port is another server: it gets no credentials, on no later hop either. */
function redirected(request: HttpRequest, status: number, location: string): HttpRequest {
  const from = new URL(request.url);
  const to = URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
  if (to === undefined || (to.protocol !== 'https:' && to.protocol !== 'http:')) {
    throw new PlimsollError('redirect-invalid', { host: from.host, location: location.slice(0, 200) });
  }
  to.username = '';
  to.password = '';
  const { body, ...rest } = request;
  const method = request.method ?? 'GET';
  const becomesGet = method !== 'HEAD' && (status === 303 || (status < 303 && method === 'POST'));
  const headers = to.origin === from.origin ? request.headers : without(request.headers, CREDENTIALS);
  return {
    ...rest,
    url: to.href,
    method: becomesGet ? 'GET' : method,
    ...(headers === undefined ? {} : { headers }),
    ...(becomesGet || body === undefined ? {} : { body }),
  };
}

function without(headers: HttpRequest['headers'], names: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers ?? {}).filter(([name]) => !names.has(name)));
}

function lowerCase(settings: ClientSettings, request: HttpRequest): Record<string, string> {
  const given = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  return { 'user-agent': settings.userAgent, ...Object.fromEntries(given) };
}
