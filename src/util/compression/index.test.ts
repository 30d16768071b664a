import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { crc32, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { verified } from '../../oci/verify.ts';
import type { ByteStream } from '../bytes.ts';
import { PlimsollError } from '../errors.ts';
import { decompress, type ExpansionLimits } from './index.ts';

/** `bytes` in chunks whose memory is overwritten when the next one is asked for, as the contract of ByteStream allows. */
async function* chunks(bytes: Buffer, size: number): ByteStream {
  const memory = Buffer.alloc(size);
  for (let at = 0; at < bytes.length; at += size) {
    const length = bytes.copy(memory, 0, at, at + size);
    yield memory.subarray(0, length);
    memory.fill(0xee);
  }
}

async function read(bytes: Buffer, size = 65_536, limits?: ExpansionLimits, vouched = false): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of decompress(chunks(bytes, size), { what: 'the test', vouched, ...(limits ? { limits } : {}) }))
    parts.push(Buffer.from(chunk));
  return Buffer.concat(parts);
}

const codeOf = (bytes: Buffer, size?: number, limits?: ExpansionLimits, vouched = false): Promise<string> =>
  read(bytes, size, limits, vouched).then(
    (content) => `read ${content.length}`,
    (error: unknown) => (error instanceof PlimsollError ? error.code : Promise.reject(error)),
  );

const text = Buffer.from(Array.from({ length: 60_000 }, (_, i) => `line ${i * 7919} of it\n`).join(''));
const half = text.length >> 1;
const gzip = gzipSync(text);
const zstd = zstdCompressSync(text);
const gzipMembers = Buffer.concat([gzipSync(text.subarray(0, half)), gzipSync(''), gzipSync(text.subarray(half))]);
const zstdFrames = Buffer.concat([zstdCompressSync(text.subarray(0, half)), zstdCompressSync(text.subarray(half))]);
/** RFC 8878, 3.1.2: magic 0x184D2A50 to 5F, a size of four bytes, content. */
const skippable = (content: string, nibble = 0): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(0x184d2a50 + nibble, 0);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, Buffer.from(content)]);
};

describe.each([1_000_000, 65_536, 1000, 7])('in chunks of %i bytes', (size) => {
  const content = size === 7 ? text.subarray(0, 3000) : text;
  it.each([
    ['plain', content],
    ['gzip', gzipSync(content)],
    ['gzip of several members', Buffer.concat([gzipSync(content.subarray(0, 999)), gzipSync(content.subarray(999))])],
    ['gzip with zeros behind it', Buffer.concat([gzipSync(content), Buffer.alloc(700)])],
    ['gzip with all that its header may hold', withHeader(content)],
    ['zstd', zstdCompressSync(content)],
    ['zstd of several frames', Buffer.concat([zstdCompressSync(content.subarray(0, 999)), zstdCompressSync(content.subarray(999))])],
    [
      'zstd between skippable frames',
      Buffer.concat([skippable('abc'), zstdCompressSync(content.subarray(0, 9)), skippable('', 15), zstdCompressSync(content.subarray(9)), skippable('z'.repeat(5000), 1)]), // biome-ignore format: one frame after another
    ],
  ])('%s', async (_, bytes) => {
    expect((await read(bytes, size)).equals(content)).toBe(true);
    expect((await read(bytes, size, undefined, true)).equals(content)).toBe(true);
  });
});

describe('what is not a layer', () => {
  it.each([
    ['gzip cut off', gzip.subarray(0, -5)],
    ['gzip cut off in its header', gzip.subarray(0, 8)],
    ['gzip cut off in a later member', gzipMembers.subarray(0, -9)],
    ['gzip with a flipped bit', flipped(gzip)],
    ['gzip with other things behind it', Buffer.concat([gzip, Buffer.from('more')])],
    ['zstd cut off', zstd.subarray(0, -5)],
    ['zstd cut off in a later frame', zstdFrames.subarray(0, -9)],
    ['zstd with a flipped bit', flipped(zstd)],
    ['zstd with other things behind it', Buffer.concat([zstd, Buffer.from('more')])],
    ['zstd with three bytes behind it', Buffer.concat([zstd, Buffer.from('abc')])],
    ['zstd with an announced window of terabytes', Buffer.from('28b52ffd00f80100000000', 'hex')],
  ])('%s', async (_, bytes) => {
    expect(await codeOf(bytes)).toBe('decompression-failed');
    expect(await codeOf(bytes, 501)).toBe('decompression-failed');
    // A checksum is all that a flipped bit may offend: then the digest tells.
    if (_ === 'gzip with a flipped bit') return;
    expect(await codeOf(bytes, undefined, undefined, true)).toBe('decompression-failed');
    expect(await codeOf(bytes, 501, undefined, true)).toBe('decompression-failed');
  });

  it.each([
    ['xz', 'fd377a585a000004'],
    ['bzip2', '425a683931415926'],
    ['lz4', '04224d1864404300'],
  ])('%s is refused by its name', async (_, magic) => {
    expect(await codeOf(Buffer.from(magic, 'hex'))).toBe('compression-unsupported');
  });

  it('nothing is an empty stream', async () => {
    expect(await codeOf(Buffer.alloc(0))).toBe('read 0');
    expect(await codeOf(Buffer.from('abc'))).toBe('read 3');
  });

  it('never gives an error without a code, however it is damaged', async () => {
    for (const whole of [gzipSync(text.subarray(0, 5000)), zstdCompressSync(text.subarray(0, 5000))]) {
      for (let i = 0; i < 150; i++) {
        const copy = Buffer.from(whole);
        const at = (i * 7919) % copy.length;
        copy[at] = (copy[at] as number) ^ (1 << (i % 8));
        for (const vouched of [false, true])
          expect(await codeOf(copy, 100, undefined, vouched)).toMatch(/^(read \d+|decompression-failed|compression-unsupported)$/);
      }
    }
  });
});

describe('bombs', () => {
  const zeros = Buffer.alloc(4_000_000);
  it.each([
    ['gzip', gzipSync(zeros)],
    ['zstd', zstdCompressSync(zeros)],
  ])('%s is refused by its ratio and by its size', async (_, bomb) => {
    expect(await codeOf(bomb, 100, { output: 1e9, ratio: 200, ratioFrom: 1_000_000 })).toBe('decompression-bomb');
    expect(await codeOf(bomb, 100, { output: 1e9, ratio: 200, ratioFrom: 1_000_000 }, true)).toBe('decompression-bomb');
    expect(await codeOf(bomb, 100, { output: 1_000_000, ratio: 1e9, ratioFrom: 0 })).toBe('decompression-bomb');
    expect(await codeOf(bomb, 100, { output: 1e9, ratio: 200, ratioFrom: 1e8 })).toBe('read 4000000');
  });
});

describe.each([false, true])('a digest (vouched for: %s)', (vouched) => {
  const layer = gzipSync(text);
  const codeAgainst = async (stored: Buffer, named: Buffer): Promise<string> => {
    const digest = `sha256:${createHash('sha256').update(named).digest('hex')}` as const;
    const stream = verified(chunks(stored, 5000), { digest, size: stored.length }, 'it');
    try {
      for await (const _ of decompress(stream, { what: 'it', vouched }));
      return 'read';
    } catch (error) {
      return (error as PlimsollError).code;
    }
  };

  it('of other bytes is told, whatever stands behind the content', async () => {
    expect(await codeAgainst(layer, layer)).toBe('read');
    for (const behind of [0, 1, 100, 2_000_000]) {
      const stored = Buffer.concat([layer, Buffer.alloc(behind)]);
      expect(await codeAgainst(stored, stored)).toBe('read');
      expect(await codeAgainst(stored, Buffer.concat([layer, Buffer.alloc(behind, 1)]))).toBe(behind === 0 ? 'read' : 'digest-mismatch');
    }
  });

  it('or the compression tells of any flipped bit', async () => {
    for (let i = 0; i < 200; i++) {
      const copy = Buffer.from(layer);
      const at = (i * 7919) % copy.length;
      copy[at] = (copy[at] as number) ^ (1 << (i % 8));
      expect(await codeAgainst(copy, layer)).toMatch(/^(digest-mismatch|decompression-failed|compression-unsupported)$/);
    }
  });
});

describe('the source', () => {
  it('keeps its own error', async () => {
    async function* failing(): ByteStream {
      yield gzip.subarray(0, 100);
      throw new PlimsollError('offline', { what: 'the registry' });
    }
    await expect(async () => {
      for await (const _ of decompress(failing(), { what: 'x' }));
    }).rejects.toMatchObject({ code: 'offline' });
    await expect(async () => {
      for await (const _ of decompress(failing(), { what: 'x', vouched: true }));
    }).rejects.toMatchObject({ code: 'offline' });
  });

  it.each([
    ['plain', text],
    ['gzip', gzip],
    ['zstd', zstd],
  ])('is closed when the reader of %s stops early', async (_, bytes) => {
    let closed = false;
    async function* source(): ByteStream {
      try {
        yield* chunks(bytes, 1000);
      } finally {
        closed = true;
      }
    }
    for (const vouched of [false, true]) {
      closed = false;
      for await (const _chunk of decompress(source(), { what: 'x', vouched })) break;
      expect(closed).toBe(true);
    }
  });
});

const have = (command: string): boolean => spawnSync(command, ['--version']).status === 0;

describe.skipIf(!have('gzip') || !have('zstd'))('what the real tools write (needs gzip and zstd)', () => {
  it.each([
    ['gzip', '-9'],
    ['gzip', '-1'],
    ['zstd', '-19'],
    ['zstd', '--no-check'],
    ['zstd', '--long=27'],
  ])('%s %s', async (tool, option) => {
    const bytes = execFileSync(tool, [option, '-c', '-q'], { input: text });
    expect((await read(bytes, 5000)).equals(text)).toBe(true);
    expect((await read(bytes, 5000, undefined, true)).equals(text)).toBe(true);
  });
});

/** Extra field, name, comment and checksum of the header. Source: RFC 1952, 2.3.1. */
function withHeader(content: Buffer): Buffer {
  const plain = gzipSync(content);
  const head = Buffer.concat([plain.subarray(0, 10), Buffer.from([5, 0, 1, 2, 3, 4, 5]), Buffer.from('name\0and more\0')]);
  head[3] = 2 | 4 | 8 | 16;
  const checksum = Buffer.alloc(2);
  checksum.writeUInt16LE(crc32(head) & 0xffff);
  return Buffer.concat([head, checksum, plain.subarray(10)]);
}

function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const middle = copy.length >> 1;
  copy[middle] = (copy[middle] as number) ^ 0x10;
  return copy;
}
