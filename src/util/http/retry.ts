import type { HttpRequest } from './types.ts';

const BASE_MS = 200;
const MAX_BACKOFF_MS = 10_000;
/** A server that asks for a longer pause gets no retry: the caller hears of it at once instead. */
export const MAX_RETRY_AFTER_MS = 60_000;

const RETRYABLE = new Set([408, 425, 429, 500, 502, 503, 504]);

/** 429 means that nothing was done, so any request may be repeated; the others only where repeating changes nothing. */
export function mayRetry(request: HttpRequest, status: number | undefined): boolean {
  if (status === 429) return true;
  if (status !== undefined && !RETRYABLE.has(status)) return false;
  return request.method !== 'POST' && request.method !== 'PATCH';
}

/** Exponential back-off with full jitter: between half of 200 ms, 400 ms, 800 ms ... and all of it. */
export function backoffMs(attempt: number, random: () => number): number {
  const full = Math.min(MAX_BACKOFF_MS, BASE_MS * 2 ** attempt);
  return full / 2 + (full / 2) * random();
}

/** Milliseconds that `Retry-After` asks for, be it seconds or a date; undefined where it says nothing. Source: RFC 9110, 10.2.3. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
