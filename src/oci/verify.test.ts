import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Digest } from '../model/index.ts';
import type { ByteStream } from '../util/bytes.ts';
import { readVerified, verified } from './verify.ts';

const bytes = Buffer.from('all hands on deck');
const digestBy = (algorithm: string) => `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}` as Digest;

async function* chunks(...parts: Buffer[]): ByteStream {
  yield* parts;
}

async function drain(stream: ByteStream): Promise<number> {
  let size = 0;
  for await (const chunk of stream) size += chunk.length;
  return size;
}

describe('verified', () => {
  it.each(['sha256', 'sha384', 'sha512'])('passes what is right by %s', async (algorithm) => {
    const expected = { digest: digestBy(algorithm), size: bytes.length };
    expect(await drain(verified(chunks(bytes.subarray(0, 3), bytes.subarray(3)), expected, 'it'))).toBe(bytes.length);
  });

  it('refuses a byte too many before passing it on', async () => {
    let passed = 0;
    const run = async () => {
      for await (const chunk of verified(chunks(bytes, bytes), { digest: digestBy('sha256'), size: bytes.length }, 'it'))
        passed += chunk.length;
    };
    await expect(run()).rejects.toMatchObject({ code: 'size-mismatch', params: { expected: bytes.length } });
    expect(passed).toBe(bytes.length);
  });

  it('refuses missing bytes and other bytes', async () => {
    const expected = { digest: digestBy('sha256'), size: bytes.length };
    await expect(drain(verified(chunks(bytes.subarray(1)), expected, 'it'))).rejects.toMatchObject({ code: 'size-mismatch' });
    const other = Buffer.from(bytes).fill('x', 0, 1);
    await expect(drain(verified(chunks(other), expected, 'it'))).rejects.toMatchObject({ code: 'digest-mismatch', params: { what: 'it' } });
  });

  it('reads nothing where the announced size is beyond the limit', async () => {
    const open = () => Promise.reject(new Error('opened'));
    await expect(readVerified(open, { digest: digestBy('sha256'), size: 1e9 }, 100, 'it')).rejects.toMatchObject({
      code: 'manifest-too-large',
    });
  });
});
