import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { allOf } from '../../../testing/all-of.ts';
import { memoryAccess } from '../../../testing/memory-access.ts';
import { mutations, outcomeOf } from '../../../testing/mutations.ts';
import { blobsByMark, ndbDatabase } from '../../../testing/rpm-databases.ts';
import { readAhead } from '../read-ahead.ts';
import { isNdb, readNdb } from './index.ts';

const SAMPLE = fileURLToPath(new URL('../../../../shared/data/rpmdb/sle15-bci-Packages.db', import.meta.url));
const BLOBS = [Buffer.alloc(1, 1), Buffer.alloc(100, 2), Buffer.alloc(5000, 3)];

function readAll(bytes: Buffer, limit = 1 << 20): Promise<Buffer[]> {
  return allOf(readNdb(readAhead(memoryAccess(bytes)), { blob: limit }));
}

describe('ndb databases', () => {
  it('give what was put in', async () => {
    const bytes = ndbDatabase(BLOBS);
    expect(isNdb(bytes)).toBe(true);
    expect(await readAll(bytes)).toEqual(BLOBS);
    expect(await readAll(ndbDatabase([]))).toEqual([]);
  });

  it.skipIf(!existsSync(SAMPLE))('of a real image give every blob that has the mark of one (needs ../shared/data/rpmdb)', async () => {
    const bytes = readFileSync(SAMPLE);
    const byMark = blobsByMark(bytes);
    expect(byMark.length).toBe(35);
    expect((await readAll(bytes)).map((blob) => blob.toString('hex'))).toEqual(byMark.map((blob) => blob.toString('hex')));
  });

  it('are read or refused with a coded error when damaged, never otherwise', async () => {
    for (const bytes of mutations(ndbDatabase(BLOBS))) {
      expect(await outcomeOf(readAll(bytes))).toMatch(/^(ok|file-malformed|file-unsupported|file-too-large)$/);
    }
  });

  it.each([
    ['no header', Buffer.alloc(4096), 'file-malformed'],
    ['another version', edited((copy) => copy.writeUInt32LE(1, 4)), 'file-unsupported'],
    ['more pages of slots than there are', edited((copy) => copy.writeUInt32LE(1000, 12)), 'file-malformed'],
    ['a slot without its mark', edited((copy) => copy.write('Slut', 48)), 'file-malformed'],
    ['a slot that points elsewhere', edited((copy) => copy.writeUInt32LE(257, 40)), 'file-malformed'],
    ['two slots that point to one long blob', edited((copy) => void copy.copy(copy, 80, 64, 80)), 'file-malformed'],
    ['a blob longer than its room', edited((copy) => copy.writeUInt32LE(500, 4096 + 12)), 'file-malformed'],
    ['the end missing', ndbDatabase(BLOBS).subarray(0, 5000), 'file-malformed'],
  ])('are refused with %s', async (_, bytes, code) => {
    expect(await outcomeOf(readAll(bytes))).toBe(code);
  });

  it('are refused with a blob beyond the limit', async () => {
    expect(await outcomeOf(readAll(ndbDatabase(BLOBS), 4000))).toBe('file-too-large');
  });
});

function edited(edit: (copy: Buffer) => void): Buffer {
  const copy = ndbDatabase(BLOBS);
  edit(copy);
  return copy;
}
