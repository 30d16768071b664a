import { describe, expect, it } from 'vitest';
import { allOf } from '../../../testing/all-of.ts';
import { memoryAccess } from '../../../testing/memory-access.ts';
import { mutations, outcomeOf } from '../../../testing/mutations.ts';
import { hashFile, haveBerkeleyDb } from '../../../testing/rpm-databases.ts';
import { readAhead } from '../read-ahead.ts';
import { isHashFile, readHashFile } from './index.ts';

const LIMITS = { value: 1 << 20 };

async function readAll(bytes: Buffer, limits = LIMITS): Promise<string[]> {
  const pairs = await allOf(readHashFile(readAhead(memoryAccess(bytes)), limits));
  return pairs.map(({ key, value }) => `${key.toString('hex')} ${value.toString('hex')}`).sort();
}

describe.skipIf(!haveBerkeleyDb)('files of Berkeley DB 5.3 (needs db5.3_load)', () => {
  // From nothing to values of many overflow pages, and pairs enough for buckets that were split and that overflow.
  const pairs = (pageSize: number) =>
    [0, 1, 50, pageSize / 4, pageSize, 3 * pageSize, 30 * pageSize + 5, ...Array.from({ length: 400 }, (_, i) => i % 60)].map(
      (length, i) => [Buffer.from(`key ${i}`), Buffer.alloc(length, i + 1)] as const,
    );

  describe.each([
    [512, 1234],
    [512, 4321],
    [4096, 1234],
    [4096, 4321],
    [65_536, 1234],
  ] as const)('pages of %i bytes, byte order %i', (pageSize, order) => {
    it('give what was put in', async () => {
      const put = pairs(pageSize);
      const bytes = hashFile(put, { pageSize, order });
      expect(isHashFile(bytes)).toBe(true);
      const read = readHashFile(memoryAccess(bytes), { value: 40 * pageSize });
      const got = (await allOf(read)).map(({ key, value }) => `${key} ${value.toString('hex')}`);
      expect(got.sort()).toEqual(put.map(([key, value]) => `${key} ${value.toString('hex')}`).sort());
    });
  });

  it('are read or refused with a coded error when damaged, never otherwise', async () => {
    const small = hashFile(pairs(512).slice(0, 60), { pageSize: 512 });
    for (const bytes of mutations(small)) {
      expect(await outcomeOf(readAll(bytes))).toMatch(/^(ok|file-malformed|file-unsupported|file-encrypted|file-too-large)$/);
    }
  });

  it('are refused where they are of another kind, cut, or longer than the limit', async () => {
    const bytes = hashFile(pairs(512), { pageSize: 512 });
    const edited = (at: number, value: number) => Buffer.concat([bytes.subarray(0, at), Buffer.of(value), bytes.subarray(at + 1)]);
    expect(await outcomeOf(readAll(edited(24, 1)))).toBe('file-encrypted');
    expect(await outcomeOf(readAll(edited(26, 1)))).toBe('file-unsupported');
    expect(await outcomeOf(readAll(edited(16, 3)))).toBe('file-unsupported');
    expect(await outcomeOf(readAll(edited(25, 9)))).toBe('file-malformed');
    expect(await outcomeOf(readAll(edited(512 + 25, 5)))).toBe('file-malformed');
    expect(await outcomeOf(readAll(bytes.subarray(0, bytes.length - 512)))).toBe('file-malformed');
    expect(await outcomeOf(readAll(bytes, { value: 1000 }))).toBe('file-too-large');
  });

  it('cannot share or circle pages of values', async () => {
    const bytes = hashFile([[Buffer.from('a'), Buffer.alloc(2000, 1)]], { pageSize: 512 });
    for (let page = 1; page < bytes.length / 512; page++) {
      const at = page * 512;
      if (bytes[at + 25] === 7) bytes.writeUInt32LE(page, at + 16);
    }
    expect(await outcomeOf(readAll(bytes))).toBe('file-malformed');
  });
});

describe('other files', () => {
  it.each([Buffer.alloc(0), Buffer.alloc(100), Buffer.alloc(5000, 0xff), Buffer.from('SQLite format 3\0')])(
    'are refused',
    async (bytes) => {
      expect(isHashFile(bytes)).toBe(false);
      expect(await outcomeOf(readAll(bytes))).toBe('file-malformed');
    },
  );
});
