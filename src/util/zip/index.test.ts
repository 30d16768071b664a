import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { memoryAccess } from '../../../testing/memory-access.ts';
import { PlimsollError } from '../errors.ts';
import { openZip } from './index.ts';

const text = Buffer.from('Manifest-Version: 1.0\r\n'.repeat(50));
const small = Buffer.from(zipSync({ 'META-INF/MANIFEST.MF': text, 'stored.bin': [text, { level: 0 }], 'empty/': new Uint8Array() }));

async function code(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof PlimsollError ? error.code : `not coded: ${String(error)}`;
}

async function readAll(bytes: Uint8Array) {
  const zip = await openZip(memoryAccess(bytes));
  return Promise.all(zip.entries.map(async (entry) => [entry.name, (await zip.read(entry, 1 << 20)).toString()]));
}

/** Overwrites a field of the only entry's central header. */
function patched(bytes: Buffer, field: number, value: number, width: 2 | 4 = 4): Buffer {
  const copy = Buffer.from(bytes);
  const at = copy.lastIndexOf('PK\x01\x02', undefined, 'latin1');
  if (width === 2) copy.writeUInt16LE(value, at + field);
  else copy.writeUInt32LE(value, at + field);
  return copy;
}

describe('reading', () => {
  const expected = [
    ['META-INF/MANIFEST.MF', text.toString()],
    ['stored.bin', text.toString()],
    ['empty/', ''],
  ];

  it('gives stored and deflated entries', async () => {
    expect(await readAll(small)).toEqual(expected);
  });

  it('inflates large entries off the main thread', async () => {
    const large = Buffer.alloc(3 << 20, 'abcdefg');
    const zip = await openZip(memoryAccess(zipSync({ large })));
    expect((await zip.read(zip.entries[0]!, 4 << 20)).equals(large)).toBe(true);
  });

  it('accepts a stub in front and a comment behind, even one that looks like an end record', async () => {
    const comment = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(40)]);
    const commented = Buffer.concat([small, comment]);
    commented.writeUInt16LE(comment.length, small.length - 2);
    expect(await readAll(Buffer.concat([Buffer.from('#!/bin/sh\nexec java -jar "$0"\n'), small]))).toEqual(expected);
    expect(await readAll(commented)).toEqual(expected);
  });

  it('opens a stored archive inside an archive as a window', async () => {
    const outer = await openZip(memoryAccess(zipSync({ 'in.jar': [small, { level: 0 }], 'deflated.jar': small })));
    for (const entry of outer.entries) {
      const inner = await openZip(await outer.open(entry, 1 << 20));
      expect(inner.entries.map((each) => each.name)).toContain('META-INF/MANIFEST.MF');
    }
    const opened = await outer.open(outer.entries[0]!, 0);
    expect((await opened.read(opened.size - 2, 100)).length).toBe(2);
    expect((await opened.read(opened.size + 2, 100)).length).toBe(0);
  });

  it('lists a name twice that is there twice', async () => {
    const twice = Buffer.from(zipSync({ aa: text, bb: text }));
    for (let at = twice.indexOf('bb'); at >= 0; at = twice.indexOf('bb', at)) twice.write('aa', at);
    expect((await openZip(memoryAccess(twice))).entries.map((entry) => entry.name)).toEqual(['aa', 'aa']);
  });

  const python = spawnSync('python3', ['--version']).status === 0;
  it.skipIf(!python)('agrees with Python on zip64, data descriptors and prefixes (needs python3)', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plimsoll-zip-'));
    try {
      execFileSync('python3', ['-c', PYTHON], { cwd: folder });
      for (const name of ['zip64.zip', 'streamed.zip', 'many.zip', 'prefixed64.zip']) {
        const small = name === 'zip64.zip' || name === 'streamed.zip';
        const zip = await openZip(memoryAccess(readFileSync(join(folder, name))));
        expect(zip.entries.length, name).toBe(small ? 2 : 66_000);
        expect(zip.entries[1]?.name, name).toBe(small ? 'b' : '1');
        expect((await zip.read(zip.entries[1]!, 1000)).toString(), name).toBe(small ? 'hello'.repeat(100) : '');
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('refusing', () => {
  const one = Buffer.from(zipSync({ a: text }));

  it.each([
    ['no bytes', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(100_000)],
    ['a cut end', one.subarray(0, one.length - 10)],
    ['a cut front', one.subarray(20)],
    ['a directory of garbage', Buffer.concat([Buffer.alloc(100, 1), one.subarray(one.length - 22)])],
    ['more entries announced than there are', patched(one, 46 + 1 + 10, 9, 2)],
    ['a name longer than the directory', patched(one, 28, 0xffff, 2)],
  ])('%s', async (_what, bytes) => {
    expect(await code(readAll(bytes))).toBe('file-malformed');
  });

  it.each([
    ['an encrypted entry', patched(one, 8, 1, 2), 'file-encrypted'],
    ['an unknown method', patched(one, 10, 12, 2), 'file-unsupported'],
    ['a wrong checksum', patched(one, 16, 1), 'file-malformed'],
    ['a size that deflate cannot reach', patched(one, 24, 1 << 20), 'file-malformed'],
    ['more data than announced', patched(one, 24, 20), 'file-malformed'],
    ['less data than announced', patched(one, 24, text.length + 1), 'file-malformed'],
    ['data beyond the end', patched(one, 20, 1 << 20), 'file-malformed'],
    ['a local header beyond the end', patched(one, 42, 1 << 30), 'file-malformed'],
    ['a local header elsewhere', patched(one, 42, 3), 'file-malformed'],
    ['a zip64 size without its field', patched(one, 24, 0xffffffff), 'file-too-large'],
  ])('%s', async (_what, bytes, expected) => {
    expect(await code(readAll(bytes))).toBe(expected);
  });

  it('too many entries, too long a directory, too large an entry', async () => {
    expect(await code(openZip(memoryAccess(small), { entries: 2 }))).toBe('file-too-large');
    expect(await code(openZip(memoryAccess(small), { directory: 50 }))).toBe('file-too-large');
    const zip = await openZip(memoryAccess(small));
    expect(await code(zip.read(zip.entries[0]!, 10))).toBe('file-too-large');
  });

  it('flipped bits with a coded error or with the right content, never otherwise', async () => {
    for (let at = 0; at < small.length; at++) {
      const copy = Buffer.from(small);
      copy[at] = copy[at]! ^ 0x41;
      const outcome = await readAll(copy).catch((error: unknown) => error);
      if (!Array.isArray(outcome)) expect(outcome).toBeInstanceOf(PlimsollError);
    }
  });
});

const PYTHON = `
import zipfile, io, sys
class Pipe(io.RawIOBase):
    def __init__(self, f): self.f = f
    def writable(self): return True
    def write(self, b): return self.f.write(b)
def two(z, **more):
    for n, c in (('a', b''), ('b', b'hello' * 100)):
        with z.open(zipfile.ZipInfo(n), 'w', **more) as f: f.write(c)
with zipfile.ZipFile('zip64.zip', 'w') as z: two(z, force_zip64=True)
with open('streamed.zip', 'wb') as f, zipfile.ZipFile(Pipe(f), 'w', zipfile.ZIP_DEFLATED) as z: two(z)
with zipfile.ZipFile('many.zip', 'w') as z:
    for i in range(66000): z.writestr(str(i), b'')
open('prefixed64.zip', 'wb').write(b'#!/bin/sh\\n' * 9 + open('many.zip', 'rb').read())
`;
