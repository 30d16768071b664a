import { createHash } from 'node:crypto';
import type { Descriptor } from '../model/index.ts';
import type { ByteStream, Bytes } from '../util/bytes.ts';
import { PlimsollError } from '../util/errors.ts';
import { digestParts } from './digest.ts';

export type Expected = Pick<Descriptor, 'digest' | 'size'>;

/**
 * The same bytes, counted and hashed on the way. Throws `size-mismatch` before it passes on a byte beyond the announced
 * size, and at the end where bytes are missing; throws `digest-mismatch` at the end. A reader that stops early has no
 * guarantee: use what was read only after the stream ended well.
 */
export async function* verified(stream: ByteStream, expected: Expected, what: string): ByteStream {
  const { algorithm, hex } = digestParts(expected.digest);
  const hash = createHash(algorithm);
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > expected.size)
      throw new PlimsollError('size-mismatch', { what, expected: expected.size, actual: `more than ${expected.size}` });
    hash.update(chunk);
    yield chunk;
  }
  if (size !== expected.size) throw new PlimsollError('size-mismatch', { what, expected: expected.size, actual: size });
  const actual = hash.digest('hex');
  if (actual !== hex) throw new PlimsollError('digest-mismatch', { what, expected: expected.digest, actual: `${algorithm}:${actual}` });
}

/** The whole verified content. Refuses with `manifest-too-large` before reading where more than `limit` bytes are announced. */
export async function readVerified(open: () => Promise<ByteStream>, expected: Expected, limit: number, what: string): Promise<Bytes> {
  if (expected.size > limit) throw new PlimsollError('manifest-too-large', { what, limit });
  const chunks: Bytes[] = [];
  for await (const chunk of verified(await open(), expected, what)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
