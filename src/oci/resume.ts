import type { ByteStream } from '../util/bytes.ts';
import { PlimsollError } from '../util/errors.ts';
import type { HttpResponse } from '../util/http/types.ts';

/** Attempts in a row that bring nothing before giving up. */
const MAX_FRUITLESS = 3;

/**
 * The body of `first`; where the connection breaks or stalls, the rest is fetched from where it broke, for as long as each attempt
 * brings some bytes. A server that ignores the range and starts over has its beginning skipped.
 */
export async function* resumable(first: HttpResponse, get: (start: number) => Promise<HttpResponse>): ByteStream {
  let done = 0;
  let fruitless = 0;
  for (let response = first; ; response = await get(done)) {
    const before = done;
    let skip = response.status === 206 ? 0 : done;
    try {
      for await (const chunk of response.body) {
        const dropped = Math.min(skip, chunk.length);
        skip -= dropped;
        if (dropped === chunk.length) continue;
        done += chunk.length - dropped;
        yield chunk.subarray(dropped);
      }
      return;
    } catch (error) {
      if (!isBroken(error)) throw error;
      fruitless = done > before ? 0 : fruitless + 1;
      if (fruitless >= MAX_FRUITLESS) throw error;
    }
  }
}

function isBroken(error: unknown): boolean {
  return error instanceof PlimsollError && (error.code === 'network-failed' || error.code === 'network-timeout');
}
