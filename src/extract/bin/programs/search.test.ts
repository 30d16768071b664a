import { describe, expect, it } from 'vitest';
import { buildElf } from '../../../../testing/elf-builder.ts';
import { memoryAccess } from '../../../../testing/memory-access.ts';
import type { RandomAccess } from '../../../util/bytes.ts';
import { findProgram } from './search.ts';
import type { BinaryRule } from './types.ts';

const MIB = 1 << 20;
const rule: BinaryRule = {
  id: 'tool',
  files: /^tool$/,
  signatures: [
    { anchor: 'tool/', before: 4, pattern: /the tool\/(?<version>\d\.\d)\0/ },
    {
      anchor: '9.',
      before: 1,
      pattern: /^[^\w.](?<version>9\.\d)\0/,
      confirm: (version) => ({ anchor: 'sure ', pattern: new RegExp(`^sure ${version}`) }),
    },
  ],
};

const versionIn = async (access: RandomAccess): Promise<string | undefined> => (await findProgram(access, rule))?.version;

/** Counts what is read. */
function counting(content: Buffer): { readonly access: RandomAccess; read: number } {
  const memory = memoryAccess(content);
  const count = {
    read: 0,
    access: {
      size: memory.size,
      read: (offset: number, length: number) => {
        count.read += Math.min(length, memory.size - offset);
        return memory.read(offset, length);
      },
    },
  };
  return count;
}

describe('a text', () => {
  it('is found wherever the pieces are cut', async () => {
    for (let offset = MIB - 20; offset <= MIB + 4; offset++) {
      const content = Buffer.alloc(2 * MIB + 10);
      content.write('the tool/1.2\0', offset);
      expect(await versionIn(memoryAccess(content)), `${offset}`).toBe('1.2');
    }
  });

  it('is found at both ends of a file', async () => {
    expect(await versionIn(memoryAccess(Buffer.from('the tool/1.2\0')))).toBe('1.2');
    expect(await versionIn(memoryAccess(Buffer.from('the tool/1.2')))).toBeUndefined();
  });

  it('that needs another is found in another piece', async () => {
    const content = Buffer.alloc(3 * MIB);
    content.write('9.1\0', 5);
    content.write('9.2\0', MIB);
    content.write('sure 9.2', 2 * MIB + 7);
    expect(await versionIn(memoryAccess(content))).toBe('9.2');
    content.write('sure 9.1', 2 * MIB + 70);
    expect(await versionIn(memoryAccess(content))).toBeUndefined();
  });

  it('in code is not looked for where there are sections', async () => {
    const text = Buffer.from('the tool/1.2\0');
    const parts = [
      { address: 0x1000, content: text, flags: 5, section: '.text' },
      { address: 0x2000, content: Buffer.alloc(50, 1), flags: 4, section: '.rodata' },
    ];
    expect(await versionIn(memoryAccess(buildElf({ wide: true, little: true, parts })))).toBeUndefined();
    expect(await versionIn(memoryAccess(buildElf({ wide: true, little: true, parts: parts.slice(0, 1) })))).toBe('1.2');
  });

  it('hides behind no broken header', async () => {
    const elf = buildElf({ wide: true, little: true, parts: [{ address: 0x1000, content: Buffer.from('the tool/1.2\0'), flags: 4 }] });
    elf.writeUInt16LE(0xffff, 56); // program headers without end
    expect(await versionIn(memoryAccess(elf))).toBe('1.2');
  });
});

describe('a hostile file', () => {
  it('is read twice at most, whatever its section headers say', async () => {
    const content = Buffer.alloc(MIB, 0x39);
    const parts = Array.from({ length: 200 }, (_, i) => ({ address: 0x1000 * i, content: Buffer.alloc(0), flags: 4, section: '.rodata' }));
    const elf = buildElf({ wide: true, little: true, parts: [{ address: 0, content, flags: 4, section: '.rodata' }, ...parts] });
    const headers = Number(elf.readBigUInt64LE(40));
    for (let section = 1; section < 200; section++) elf.copy(elf, headers + section * 64, headers + 64, headers + 128);
    const count = counting(elf);
    expect(await versionIn(count.access)).toBeUndefined();
    expect(count.read).toBeLessThan(2.5 * elf.length);
  });

  it('full of anchors, or of versions that nothing confirms, has no version', async () => {
    expect(await versionIn(memoryAccess(Buffer.from('tool/'.repeat(2 * MIB))))).toBeUndefined();
    expect(await versionIn(memoryAccess(Buffer.from('\x009.1\x009.2\x009.3'.repeat(MIB))))).toBeUndefined();
  });
});
