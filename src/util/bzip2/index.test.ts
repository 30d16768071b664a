import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Bytes } from '../bytes.ts';
import { bunzip2 } from './index.ts';

/** Made with libbzip2 1.0.8 (Python's bz2.compress, level 1). */
const SAMPLES = {
  nothing: 'QlpoMRdyRThQkAAAAAA=',
  byte: 'QlpoMTFBWSZTWRmTm2sAAAABACAAIAAhGEaC7kinChIDMnNtYA==',
  runs: 'QlpoMTFBWSZTWc3+qooAAANBAeAAPAAAgAAIIAAxDAgbVDwpHMOpDNB0u6ZLnxdyRThQkM3+qoo=',
  words:
    'QlpoMTFBWSZTWdkPd98AAe/BgMAQNsZEAAAAwAHAJHBJlUQZNBKfqVUaaaaYgGgAKVIaA0vEOEobLp2UJRxCThGYRmCahEJaFJ22Ds8DsamYtQqIwySLVEUjCYMU6VUpVokRYkaohtOSZLIi6pGmoSSkaVoYZyMxRJIOXTUyQUQwiKEqtMXHKPoYRwrFoVKSkbQsK3LcsjEO7+uqln0E0ok5OsCC7KKy1tRZWhEwOVCYrRBCyC7IhZGoQoicqL1tsHQYxzzyzoRcQqqUyrarTqtZhWVvMBihPqo9QbINQm8mKoxVWkp+LuSKcKEhsh7vvg==',
  two: 'QlpoOTFBWSZTWXZp4NQAAAERAEAAAkSgADDNAMNGKZcXckU4UJB2aeDUQlpoMTFBWSZTWVnOe8sAAAIBgAQEkIAgADDNAMGkwHF3JFOFCQWc57yw',
};
const bytesOf = (sample: keyof typeof SAMPLES) => Buffer.from(SAMPLES[sample], 'base64');

async function* pieces(bytes: Bytes): AsyncGenerator<Bytes> {
  for (let start = 0; start < bytes.length; start += 7) yield bytes.subarray(start, start + 7);
}

async function expanded(bytes: Bytes): Promise<Bytes> {
  const chunks: Bytes[] = [];
  for await (const chunk of bunzip2(pieces(bytes))) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

describe('bunzip2', () => {
  it.each<[keyof typeof SAMPLES, string]>([
    ['nothing', ''],
    ['byte', 'a'],
    ['runs', `${'a'.repeat(1000)}bbbbccccc${'d'.repeat(259)}`],
    ['two', 'hello world'],
  ])('gives back what was compressed: %s', async (sample, text) => {
    expect((await expanded(bytesOf(sample))).toString()).toBe(text);
  });

  it('gives back a text of several codes', async () => {
    expect(
      createHash('sha256')
        .update(await expanded(bytesOf('words')))
        .digest('hex'),
    ).toBe('52edde86c4eace14fcd6dadb7e1221f617066813205c5d5e9d7b34c495c5815d');
  });

  it('refuses every sample that is cut off', async () => {
    const whole = bytesOf('words');
    for (let length = 0; length < whole.length; length += 3) await expect(expanded(whole.subarray(0, length))).rejects.toThrow('bzip2');
  });

  it('notices every damaged byte', async () => {
    const whole = bytesOf('words');
    for (let at = 0; at < whole.length; at++) {
      const damaged = Buffer.from(whole);
      damaged[at]! ^= 0x55;
      // The level only says how large a block may be, and the last bits fill a byte.
      if (at === 3 || at === whole.length - 1) continue;
      await expect(expanded(damaged), `byte ${at}`).rejects.toThrow('bzip2');
    }
  });

  it.each([
    ['text', Buffer.from('hello, this is no archive')],
    ['something behind a stream', Buffer.concat([bytesOf('byte'), Buffer.from('rest of it')])],
    ['a block whose size is a lie', Buffer.concat([Buffer.from('BZh1'), Buffer.from('314159265359', 'hex'), Buffer.alloc(64, 0xff)])],
    ['zeros', Buffer.concat([Buffer.from('BZh9'), Buffer.from('314159265359', 'hex'), Buffer.alloc(4096)])],
  ])('refuses %s', async (_, bytes) => {
    await expect(expanded(bytes)).rejects.toThrow('bzip2');
  });
});
