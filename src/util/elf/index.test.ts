import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildElf } from '../../../testing/elf-builder.ts';
import { memoryAccess } from '../../../testing/memory-access.ts';
import { PlimsollError } from '../errors.ts';
import { readAddress, readExecutable } from './index.ts';

const parts = [
  { address: 0x1000, content: Buffer.from('text'), flags: 5, section: '.text' },
  { address: 0x2000, content: Buffer.from('data of the program'), flags: 6, section: '.go.buildinfo' },
];

describe.each([
  { wide: true, little: true },
  { wide: true, little: false },
  { wide: false, little: true },
  { wide: false, little: false },
])('ELF %j', (form) => {
  const bytes = buildElf({ ...form, parts });

  it('gives sections and segments, and memory at an address', async () => {
    const access = memoryAccess(bytes);
    const program = await readExecutable(access);
    expect(program).toMatchObject({ format: 'elf', littleEndian: form.little });
    expect(program?.segments.map(({ address, writable }) => [address, writable])).toEqual([
      [0x1000, false],
      [0x2000, true],
    ]);
    expect(program?.sections.map(({ name }) => name)).toEqual(['.shstrtab', '.text', '.go.buildinfo']);
    expect((await readAddress(access, program!, 0x2008, 3)).toString()).toBe('the');
    expect((await readAddress(access, program!, 0x2008, 999)).toString()).toBe('the program');
    expect((await readAddress(access, program!, 0x9000, 3)).length).toBe(0);
  });

  it('gives segments without sections where the section headers are gone', async () => {
    const cut = bytes.subarray(0, bytes.length - 8);
    const program = await readExecutable(memoryAccess(cut));
    expect(program?.sections).toEqual([]);
    expect(program?.segments.length).toBe(2);
  });

  it('refuses or bears every flipped byte with a coded error, never otherwise', async () => {
    for (let at = 0; at < bytes.length; at++) {
      for (const value of [0, 0x7f, 0xff]) {
        const copy = Buffer.from(bytes);
        copy[at] = value;
        const outcome = await readExecutable(memoryAccess(copy)).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(PlimsollError);
      }
    }
  });
});

describe('other files', () => {
  it.each([
    ['a script', '#!/bin/sh\n'.repeat(20)],
    ['a DOS program', `MZ${'\0'.repeat(200)}`],
    ['a Java class', `\xca\xfe\xba\xbe${'\0'.repeat(200)}`],
    ['nothing', ''],
  ])('%s is none', async (_what, text) => {
    expect(await readExecutable(memoryAccess(Buffer.from(text, 'latin1')))).toBeUndefined();
  });

  it.each([
    ['an ELF file of an unknown class', `\x7fELF\x05\x01${'\0'.repeat(200)}`],
    ['a PE file with too many sections', `MZ${'\0'.repeat(58)}\x40\0\0\0PE\0\0\0\0\xff\xff${'\0'.repeat(300)}`],
    ['a PE file cut in its header', `MZ${'\0'.repeat(58)}\x40\0\0\0PE\0\0`],
    ['a Mach-O file of endless commands', `\xcf\xfa\xed\xfe${'\0'.repeat(12)}\xff\xff\xff\xff\xff\xff\xff\xff${'\0'.repeat(300)}`],
    ['a Mach-O command without a length', `\xcf\xfa\xed\xfe${'\0'.repeat(12)}\x02\0\0\0\x40\0\0\0${'\0'.repeat(300)}`],
  ])('%s is malformed', async (_what, text) => {
    await expect(readExecutable(memoryAccess(Buffer.from(text, 'latin1')))).rejects.toMatchObject({ code: 'file-malformed' });
  });
});

const readelf = existsSync('/bin/ls') && spawnSync('readelf', ['--version']).status === 0;
it.skipIf(!readelf)('agrees with readelf on a program of this machine (needs binutils and /bin/ls)', async () => {
  const program = await readExecutable(memoryAccess(readFileSync('/bin/ls')));
  const shown = spawnSync('readelf', ['-SW', '/bin/ls'], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } }).stdout;
  const expected = [...shown.matchAll(/^\s*\[\s*\d+\] (\S+)\s+(\S+)\s+([0-9a-f]+) ([0-9a-f]+) ([0-9a-f]+) /gm)]
    .filter(([, , type]) => type !== 'NOBITS')
    .map(([, name, , address, offset, size]) => [name, ...[address, offset, size].map((hex) => Number.parseInt(hex ?? '', 16))]);
  expect(program?.sections.map(({ name, address, offset, size }) => [name, address, offset, size])).toEqual(expected);
});
