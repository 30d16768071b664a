import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileStream, folderStore, handleStream, readWhole } from './file-store.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-file-store-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

// Longer than several reads, no read like another.
const content = Buffer.alloc(3_000_001);
for (let at = 0; at + 4 <= content.length; at += 4) content.writeUInt32LE(at, at);
writeFileSync(join(work, 'large'), content);
writeFileSync(join(work, 'empty'), '');

describe('a file as a stream', () => {
  it('comes in chunks that are right until the next one is asked for', async () => {
    let at = 0;
    for await (const chunk of fileStream(join(work, 'large'))) {
      await new Promise(setImmediate); // the read ahead has its chance to spoil it
      expect(chunk.equals(content.subarray(at, at + chunk.length))).toBe(true);
      at += chunk.length;
    }
    expect(at).toBe(content.length);
    for await (const _ of fileStream(join(work, 'empty'))) expect.unreachable();
  });

  it('a part of it, and one that lies beyond the end', async () => {
    const file = await open(join(work, 'large'));
    const part = async (start: number, end: number): Promise<Buffer> => {
      const chunks: Buffer[] = [];
      for await (const chunk of handleStream(file, { start, end })) chunks.push(Buffer.from(chunk));
      return Buffer.concat(chunks);
    };
    expect((await part(5, 1_500_000)).equals(content.subarray(5, 1_500_000))).toBe(true);
    expect((await part(2_999_999, 9_000_000)).equals(content.subarray(2_999_999))).toBe(true);
    expect((await part(9_000_000, 9_000_001)).length).toBe(0);
    await file.close();
  });

  it('tells of a read that fails when the chunk is asked for, and may be left before', async () => {
    const file = await open(join(work, 'large'));
    for await (const _ of handleStream(file)) break;
    const stream = handleStream(file)[Symbol.asyncIterator]();
    await file.close();
    await expect(stream.next()).rejects.toMatchObject({ code: 'EBADF' });
  });

  it('whole', async () => {
    const store = folderStore(work);
    expect((await readWhole(store, 'large', 4_000_000))?.equals(content)).toBe(true);
    await expect(readWhole(store, 'large', 3_000_000)).rejects.toMatchObject({ code: 'manifest-too-large' });
    expect(await readWhole(store, 'absent', 1)).toBeUndefined();
  });
});
