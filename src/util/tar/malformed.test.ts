import { describe, expect, it } from 'vitest';
import { base256, entry, gnuLong, header, oldGnuSparse, pax, paxRecord, paxSparse, tar } from '../../../testing/odd-tar/index.ts';
import { readTar } from '../../../testing/odd-tar/read.ts';
import { PlimsollError } from '../errors.ts';

/** The code of the error that reading gives, or undefined; any other error fails the test. */
function codeOf(archive: Buffer, ...rest: [number?, { entries: number; pathBytes: number }?]): string | undefined {
  try {
    readTar(archive, ...rest);
    return undefined;
  } catch (error) {
    if (error instanceof PlimsollError) return error.code;
    throw error;
  }
}

const sizeField = (bytes: Buffer | string) => header({ name: 'f', patches: [[124, bytes]] });
const rawPax = (content: string) => tar(entry({ name: 'x', flag: 'x' }, content), entry({ name: 'f' }));
const runs = [{ offset: 10, data: 'abc' }];

describe('a tar that breaks its format', () => {
  it.each([
    ['a wrong checksum', tar(entry({ name: 'f', checksumError: 1 }))],
    ['garbage for a header', Buffer.alloc(1024, 0x41)],
    ['a number that is not octal', tar(sizeField('00000000009\0'))],
    ['a negative size', tar(sizeField(base256(-1n, 12)))],
    ['a size beyond 2^53', tar(sizeField(base256(2n ** 60n, 12)))],
    ['a size beyond 2^53 as PAX', tar(pax([['size', '99999999999999999999']]), entry({ name: 'f' }))],
    ['a PAX size that is negative', tar(pax([['size', '-1']]), entry({ name: 'f' }))],
    ['a NUL in a PAX path', tar(pax([['path', 'a\0b']]), entry({ name: 'f' }))],
    ['a PAX record longer than the header', rawPax('99 path=a\n')],
    ['a PAX record shorter than itself', rawPax('3 path=a\n')],
    ['a PAX record without length', rawPax('path=a\n')],
    ['a PAX record with a length in the thousands of digits', rawPax(`${'1'.repeat(2000)} path=a\n`)],
    ['a PAX record without line feed', rawPax('10 path=ab ')],
    ['a PAX record without key', rawPax('6 =ab\n')],
    ['a PAX record without equals sign', rawPax('8 path\n8 path\n')],
    [
      'too many PAX records',
      tar(entry({ name: 'x', flag: 'x' }, Buffer.concat(Array(10_001).fill(paxRecord('a', 'b')))), entry({ name: 'f' })),
    ],
    ['zeros between entries', Buffer.concat([Buffer.alloc(512), entry({ name: 'f' })])],
    ['a sparse map that goes back', tar(oldGnuSparse('s', [...runs, { offset: 5, data: 'x' }], 100))],
    ['a sparse map beyond the file', tar(oldGnuSparse('s', runs, 12))],
    ['a sparse map that is no list of numbers', tar(pax([['GNU.sparse.map', 'a,b']]), entry({ name: 's' }))],
    ['a sparse map with half a pair', tar(pax([['GNU.sparse.map', '1,2,3']]), entry({ name: 's' }))],
    ['a sparse map that covers less than is stored', tar(pax([['GNU.sparse.map', '0,1']]), entry({ name: 's' }, 'abc'))],
    ['a sparse map in the content without end', brokenContentMap('5\n1\n2\n')],
    ['a sparse map in the content without line feeds', brokenContentMap('1'.repeat(2000))],
    ['a sparse map in the content with a huge count', brokenContentMap('999999999\n')],
    ['a sparse map in content that is not there', brokenContentMap('')],
  ])('%s', (_, archive) => {
    expect(codeOf(archive)).toBe('tar-malformed');
  });

  it.each([
    ['a PAX header beyond 1 MiB', tar(header({ name: 'x', flag: 'x', size: 2 ** 20 + 1 }))],
    [
      'a GNU long name beyond 1 MiB',
      tar(header({ name: 'x', flag: 'L', size: 2 ** 33, magic: 'gnu', patches: [[124, base256(2n ** 40n, 12)]] })),
    ],
    ['a path beyond 4096 bytes', tar(gnuLong('L', 'a/'.repeat(3000)), entry({ name: 'f' }))],
  ])('%s', (_, archive) => {
    expect(codeOf(archive)).toBe('tar-limit');
  });

  it('more entries than allowed', () => {
    const archive = tar(...Array.from({ length: 5 }, () => entry({ name: 'f' })));
    expect(codeOf(archive, 512, { entries: 5, pathBytes: 10 })).toBe(undefined);
    expect(codeOf(archive, 512, { entries: 4, pathBytes: 10 })).toBe('tar-limit');
  });
});

function brokenContentMap(map: string): Buffer {
  const fields = [
    ['GNU.sparse.major', '1'],
    ['GNU.sparse.minor', '0'],
    ['GNU.sparse.realsize', '100'],
  ] as const;
  return tar(pax(fields), entry({ name: 's' }, map));
}

describe('a tar that was cut off', () => {
  const pieces = [
    pax([['path', 'p'.repeat(700)]]),
    entry({ name: 'f' }, 'x'.repeat(1300)),
    gnuLong('L', 'l'.repeat(600)),
    entry({ name: 'f' }, 'y'),
    oldGnuSparse(
      's',
      Array.from({ length: 30 }, (_, i) => ({ offset: i * 10, data: 'z' })),
      1000,
    ),
    paxSparse('1.0', 't', runs, 1000),
  ];
  const archive = tar(...pieces);

  it('is refused with a code wherever the cut is, but between entries and in padding', () => {
    let fine = 0;
    for (let cut = 0; cut <= archive.length; cut += cut % 512 < 3 || cut % 512 > 508 ? 1 : 37) {
      const code = codeOf(archive.subarray(0, cut), 1000);
      if (code === undefined) fine++;
      else expect(code).toBe('tar-truncated');
    }
    expect(fine).toBeGreaterThan(4);
    expect(codeOf(archive.subarray(0, 512 + 100))).toBe('tar-truncated');
    expect(codeOf(pieces[0]!)).toBe('tar-truncated'); // an extended header of nothing
  });
});

describe('mutated tars', () => {
  const archive = tar(
    pax([
      ['path', 'long/name'],
      ['mtime', '1.5'],
    ]),
    entry({ name: 'f', mode: 0o755 }, 'x'.repeat(700)),
    gnuLong('K', 'target'),
    entry({ name: 'l', flag: '2', magic: 'gnu' }),
    oldGnuSparse('s', runs, 100),
    paxSparse('0.0', 't', runs, 100),
    paxSparse('0.1', 'u', runs, 100),
    paxSparse('1.0', 'v', runs, 100),
  );

  it('are read or refused with a code, never anything else', () => {
    const next = generator(7);
    for (let round = 0; round < 3000; round++) {
      const copy = Buffer.from(archive);
      for (let i = 0; i <= round % 4; i++) mutate(copy, next);
      expect(codeOf(copy, 1 + (next() % 3000)) ?? 'tar-malformed').toMatch(/^tar-(malformed|truncated|limit)$/);
    }
  });
});

/** Changes a byte, and makes the checksums right again so that the change gets past them. */
function mutate(archive: Buffer, next: () => number): void {
  archive[next() % archive.length] = [0, 0x20, 0x2d, 0x30, 0x37, 0x39, 0x53, 0x78, 0x80, 0xff][next() % 10] as number;
  for (let at = 0; at + 512 <= archive.length; at += 512) {
    if (archive.toString('latin1', at + 257, at + 262) !== 'ustar') continue;
    archive.write('        ', at + 148, 'latin1');
    const sum = archive.subarray(at, at + 512).reduce((total, byte) => total + byte, 0);
    archive.write(`${sum.toString(8).padStart(6, '0')}\0 `, at + 148, 'latin1');
  }
}

/** Park and Miller's minimal standard generator: the same numbers on every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
}
