import type { Descriptor } from '../../model/index.ts';
import type { ByteRange, Bytes } from '../../util/bytes.ts';
import { PlimsollError } from '../../util/errors.ts';
import type { HttpResponse } from '../../util/http/types.ts';
import { resumable } from '../resume.ts';
import { refusal } from './failures.ts';
import type { Session } from './session.ts';

/** Reads a part of a blob, unchecked; undefined where the registry sends something else than the part. */
export type RangeReader = (descriptor: Descriptor, range: ByteRange) => Promise<Bytes | undefined>;

/**
 * Parts of a repository's blobs. Where a registry sends readers on to a blob store, that address is asked directly for the next
 * part, until it does not answer any more: such addresses are signed for some minutes. Source: RFC 9110, 14.2 and 15.3.7.
 */
export function rangeReader(session: Session, repository: string): RangeReader {
  const stores = new Map<string, string>();

  async function get({ digest }: Descriptor, start: number, end: number): Promise<HttpResponse> {
    const headers = { range: `bytes=${start}-${end - 1}` };
    const store = stores.get(digest);
    if (store !== undefined) {
      const response = await session.send(store, { headers });
      if (response.status === 206) return response;
      response.discard();
      stores.delete(digest);
    }
    const response = await session.send(`/v2/${repository}/blobs/${digest}`, { headers });
    if (response.status === 206) stores.set(digest, response.url);
    else if (response.status !== 200) throw await refusal(session.errand, response, { kind: 'blob', digest });
    return response;
  }

  return async (descriptor, { start, end }) => {
    const first = await get(descriptor, start, end);
    if (!isPart(first, start)) {
      first.discard();
      return undefined;
    }
    const rest = async (done: number): Promise<HttpResponse> => {
      const response = await get(descriptor, start + done, end);
      if (isPart(response, start + done)) return response;
      response.discard();
      throw new PlimsollError('registry-protocol', { registry: session.errand.registry, detail: 'it gives ranges at one time only' });
    };
    return collect(resumable(first, rest), end - start, `${session.errand.registry}/${repository}: ${descriptor.digest}`);
  };
}

/** A server may give another part than the one asked for, and says which. */
function isPart(response: HttpResponse, start: number): boolean {
  const stated = /^bytes (\d+)-/.exec(response.headers['content-range'] ?? '');
  return response.status === 206 && (stated === null || Number(stated[1]) === start);
}

async function collect(stream: AsyncIterable<Bytes>, expected: number, what: string): Promise<Bytes> {
  const chunks: Bytes[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > expected) break;
    chunks.push(chunk);
  }
  if (size !== expected)
    throw new PlimsollError('size-mismatch', { what, expected, actual: size > expected ? `more than ${expected}` : size });
  return chunks.length === 1 ? (chunks[0] as Bytes) : Buffer.concat(chunks);
}
