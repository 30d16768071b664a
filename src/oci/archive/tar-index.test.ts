import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeTar } from '../../../testing/image-builder/index.ts';
import type { RandomAccess } from '../../util/bytes.ts';
import { PlimsollError } from '../../util/errors.ts';
import { indexTar } from './tar-index.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-tar-index-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const memory = (bytes: Buffer): RandomAccess => ({
  size: bytes.length,
  read: async (offset, length) => bytes.subarray(offset, offset + length),
});

async function read(tar: Buffer, name: string): Promise<string | undefined> {
  const range = (await indexTar(memory(tar), 'it')).find(name);
  return range && tar.toString('utf8', range.start, range.end);
}

describe('archives that GNU tar made', () => {
  const long = `${'d'.repeat(120)}/${'f'.repeat(150)}`;
  mkdirSync(join(work, 'src', 'd'.repeat(120)), { recursive: true });
  writeFileSync(join(work, 'src', long), 'deep');
  writeFileSync(join(work, 'src', '층.tar'), 'layer');
  symlinkSync(long, join(work, 'src', 'link'));

  it.each(['gnu', 'pax', 'posix', 'oldgnu'])('%s: long names, long links, other letters', async (format) => {
    const path = join(work, `${format}.tar`);
    execFileSync('tar', [`--format=${format}`, '-C', join(work, 'src'), '-cf', path, '.']);
    const tar = readFileSync(path);
    expect(await read(tar, long)).toBe('deep');
    expect(await read(tar, 'link')).toBe('deep');
    expect(await read(tar, '층.tar')).toBe('layer');
    expect(await read(tar, 'd'.repeat(120))).toBeUndefined();
  });
});

describe('names', () => {
  it('the last entry of a name counts, with and without ./', async () => {
    const tar = writeTar([
      { path: 'a', content: 'old' },
      { path: './a', content: 'new' },
    ]);
    expect(await read(tar, 'a')).toBe('new');
    expect(await read(tar, './a')).toBe('new');
  });

  it('that leave the root cannot be asked for', async () => {
    const tar = writeTar([
      { path: '../a', content: 'x' },
      { path: 'b/../../a', content: 'x' },
      { path: 'up', type: 'symlink', target: '../../a' },
    ]);
    for (const name of ['../a', 'a', 'b/../../a', 'up']) expect(await read(tar, name)).toBeUndefined();
  });
});

describe('malformed archives', () => {
  const tar = writeTar([
    { path: 'n'.repeat(130), content: 'x'.repeat(600) },
    { path: 'link', type: 'symlink', target: 'n'.repeat(130) },
    { path: 'manifest.json', content: '[]' },
  ]);

  it('cut anywhere: a coded error, or the entries before the end', async () => {
    for (let length = 0; length < tar.length; length += 37) {
      await indexTar(memory(tar.subarray(0, length)), 'it').catch((error) => expect(error).toBeInstanceOf(PlimsollError));
    }
    await expect(indexTar(memory(tar.subarray(0, 700)), 'it')).rejects.toMatchObject({ code: 'archive-invalid' });
  });

  it('any byte changed, checksums put right again: a coded error or an index', async () => {
    for (let at = 0; at < tar.length; at += 3) {
      const changed = Buffer.from(tar);
      changed[at] = (at * 131 + 97) & 0xff;
      fixChecksum(changed, at - (at % 512));
      await indexTar(memory(changed), 'it').catch((error) => expect(error).toBeInstanceOf(PlimsollError));
    }
  });

  it('a size that is larger than the file', async () => {
    const changed = Buffer.from(writeTar([{ path: 'a', content: 'x' }]));
    changed.write('77777777777', 124, 'latin1');
    fixChecksum(changed, 0);
    await expect(indexTar(memory(changed), 'it')).rejects.toMatchObject({ code: 'archive-invalid' });
  });

  function fixChecksum(bytes: Buffer, block: number): void {
    if (bytes[block] === 0 || block + 512 > bytes.length) return;
    bytes.write('        ', block + 148, 'latin1');
    let sum = 0;
    for (let i = block; i < block + 512; i++) sum += bytes[i]!;
    bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, block + 148, 'latin1');
  }
});
