import { describe, expect, it } from 'vitest';
import { base256, entry, gnuLong, header, oldGnuSparse, pax, paxSparse, tar } from '../../../testing/odd-tar/index.ts';
import { readTar } from '../../../testing/odd-tar/read.ts';
import { tarText } from './header.ts';

const names = (archive: Buffer): string[] => readTar(archive).map((one) => one.name);

describe('names', () => {
  it('joins prefix and name of ustar, within star up to 131 bytes, of GNU never', () => {
    expect(names(tar(entry({ name: 'b', prefix: 'a' })))).toEqual(['a/b']);
    expect(names(tar(entry({ name: 'b', prefix: `${'p'.repeat(131)}times`, magic: 'star' })))).toEqual([`${'p'.repeat(131)}/b`]);
    expect(names(tar(entry({ name: 'b', prefix: 'a', magic: 'gnu' })))).toEqual(['b']);
    expect(names(tar(entry({ name: 'b', prefix: 'a', magic: 'v7' })))).toEqual(['b']);
  });

  it('takes long names and links of PAX and GNU for the next entry only', () => {
    const long = 'n'.repeat(300);
    const link = { name: 'short', flag: '1', linkName: 'x' };
    expect(names(tar(pax([['path', long]]), entry({ name: 'short' }), entry({ name: 'next' })))).toEqual([long, 'next']);
    expect(names(tar(gnuLong('L', long), entry({ name: 'short' }), entry({ name: 'next' })))).toEqual([long, 'next']);
    for (const piece of [pax([['linkpath', long]]), gnuLong('K', long)]) {
      expect(readTar(tar(piece, entry(link), entry(link))).map((one) => one.linkName)).toEqual([long, 'x']);
    }
  });

  it('does with global PAX headers what unpackers of images do: nothing', () => {
    expect(names(tar(pax([['path', 'global']], 'g'), entry({ name: 'own' })))).toEqual(['own']);
  });

  it('reads an empty PAX value as "as in the header"', () => {
    expect(names(tar(pax([['path', '']]), entry({ name: 'own' })))).toEqual(['own']);
  });

  it('keeps names apart that are not UTF-8', () => {
    expect(names(tar(entry({ name: Buffer.from([0x61, 0xff, 0xc3, 0xa9]) })))).toEqual(['a\udcff\u00e9']);
    expect(tarText(Buffer.from('caf\xe9', 'latin1'), 0, 4)).toBe('caf\udce9');
    expect(tarText(Buffer.from('\ufffd'), 0, 3)).toBe('\ufffd');
  });
});

describe('types', () => {
  it('takes a v7 name with a slash at its end for a directory, and old flags for files', () => {
    const types = readTar(
      tar(
        entry({ name: 'd/', flag: '\0' }),
        entry({ name: 'f', flag: '\0' }),
        entry({ name: 'c', flag: '7' }),
        entry({ name: 'b', flag: '4' }),
      ),
    ).map((one) => one.type);
    expect(types).toEqual(['directory', 'file', 'file', 'other']);
  });

  it('takes no content after links, whatever size they state', () => {
    const archive = tar(header({ name: 'l', flag: '1', linkName: 'f', size: 4000 }), entry({ name: 'f' }, 'x'));
    expect(readTar(archive).map(({ name, size }) => [name, size])).toEqual([
      ['l', 0],
      ['f', 1],
    ]);
  });

  it('steps over the content of types it does not know', () => {
    expect(names(tar(entry({ name: 'v', flag: 'V' }, 'content'), entry({ name: 'f' })))).toEqual(['v', 'f']);
  });
});

describe('numbers', () => {
  it('reads base 256, and a size from PAX over that of the header', () => {
    const big = entry({ name: 'f', patches: [[108, base256(3_000_000_000n, 8)]] }, 'x');
    expect(readTar(tar(big))[0]?.uid).toBe(3_000_000_000);
    const archive = tar(pax([['size', '3']]), header({ name: 'f', size: 0 }), Buffer.from('abc'.padEnd(512, '\0')));
    expect(String(readTar(archive)[0]?.content)).toBe('abc');
  });

  it('accepts fields without terminator, with leading spaces, and empty', () => {
    const archive = tar(entry({ name: 'f', patches: [[124, '000000000001'], [100, '   755 \0'], [108, '\0\0\0\0\0\0\0\0']], size: 1 }, 'x')); // biome-ignore format: fields
    expect(readTar(archive)[0]).toMatchObject({ size: 1, mode: 0o755, uid: 0 });
  });

  it('accepts checksums over signed bytes', () => {
    const block = header({ name: Buffer.from([0xe9, 0xe9]) });
    const signed = block.reduce((sum, byte, i) => sum + (i >= 148 && i < 156 ? 0x20 : (byte << 24) >> 24), 0);
    block.write(`${signed.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    expect(readTar(tar(block))).toHaveLength(1);
  });
});

describe('sparse files', () => {
  const runs = [
    { offset: 0, data: 'begin' },
    { offset: 5000, data: 'middle'.repeat(100) },
    { offset: 19_997, data: 'end' },
  ];
  const many = Array.from({ length: 60 }, (_, i) => ({ offset: i * 1000 + 7, data: `<${i}>` }));
  const whole = (parts: typeof runs, size: number): string => {
    const content = Buffer.alloc(size);
    for (const { offset, data } of parts) content.write(data, offset);
    return content.toString('latin1');
  };
  const writers = {
    'old GNU': oldGnuSparse,
    'PAX 0.0': paxSparse.bind(undefined, '0.0'),
    'PAX 0.1': paxSparse.bind(undefined, '0.1'),
    'PAX 1.0': paxSparse.bind(undefined, '1.0'),
  };

  it.each(Object.entries(writers))('%s, in any chunking', (_, write) => {
    const archive = tar(write('s', runs, 20_000), write('many', many, 70_000), write('hole', [], 9000), entry({ name: 'next' }, 'x'));
    const expected = [
      ['s', whole(runs, 20_000)],
      ['many', whole(many, 70_000)],
      ['hole', '\0'.repeat(9000)],
      ['next', 'x'],
    ];
    for (const chunk of [archive.length, 512, 4096, 1000, 7]) {
      expect(readTar(archive, chunk).map(({ name, content }) => [name, content.toString('latin1')])).toEqual(expected);
    }
  });

  it('keeps the mode of a sparse file whose header came in an earlier chunk', () => {
    expect(readTar(tar(oldGnuSparse('s', many, 70_000)), 100)[0]?.mode).toBe(0o644);
  });
});

describe('the end', () => {
  it('is two blocks of zeros, whatever follows them', () => {
    expect(names(Buffer.concat([tar(entry({ name: 'f' })), entry({ name: 'hidden' })]))).toEqual(['f']);
  });

  it('may be missing, and so may the padding of the last entry', () => {
    expect(names(entry({ name: 'f' }, 'x'))).toEqual(['f']);
    expect(names(entry({ name: 'f' }, 'x').subarray(0, 513))).toEqual(['f']);
    expect(names(Buffer.concat([entry({ name: 'f' }), Buffer.alloc(512)]))).toEqual(['f']);
    expect(names(Buffer.alloc(0))).toEqual([]);
  });
});
