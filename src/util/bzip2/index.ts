import type { ByteStream, Bytes } from '../bytes.ts';
import { type BitReader, BitSource } from './bits.ts';
import { blockCrc, CodeTable, inverseTransform } from './block.ts';

/** Beginning of a block (BCD of pi) and of the trailer (BCD of its root). */
const BLOCK = 0x314159265359;
const TRAILER = 0x177245385090;
const GROUP = 50;
const MAX_SELECTORS = 18_002;

/**
 * What a bzip2 stream holds, block by block; several streams in a row are one, as `bzip2 -dc` has it. Each block and each stream is
 * checked against its checksum. There is no standard; the form is that of bzip2 1.0 (Julian Seward), described at
 * https://github.com/dsnet/compress/blob/master/doc/bzip2-format.pdf.
 *
 * @throws Error where the stream is none, is damaged or ends early
 */
export async function* bunzip2(source: ByteStream): ByteStream {
  const bits = new BitSource(source);
  let streams = 0;
  while (streams === 0 || (await bits.more())) {
    await bits.fill(4);
    const magic = bits.read(24);
    const level = bits.read(8) - 0x30;
    if (magic !== 0x425a68 || level < 1 || level > 9) throw new Error(streams === 0 ? 'not bzip2' : 'bzip2: something follows the stream');
    let combined = 0;
    for (;;) {
      await bits.fill(10);
      const marker = bits.read(24) * 0x1000000 + bits.read(24);
      const crc = bits.read(16) * 0x10000 + bits.read(16);
      if (marker === TRAILER) {
        if (combined !== crc) throw new Error('bzip2: the checksum of the stream is wrong');
        break;
      }
      if (marker !== BLOCK) throw new Error('bzip2: no block where one should begin');
      // The longest block takes less than this; what is not there is told by the reader.
      await bits.fill(level * 100_000 * 3);
      const block = readBlock(bits, level * 100_000);
      if (blockCrc(block) !== crc) throw new Error('bzip2: the checksum of a block is wrong');
      combined = ((combined << 1) | (combined >>> 31)) ^ crc;
      combined >>>= 0;
      yield block;
    }
    bits.align();
    streams += 1;
  }
}

function readBlock(bits: BitReader, size: number): Bytes {
  if (bits.read(1) === 1) throw new Error('bzip2: randomised blocks, which no program has written since 1998');
  const origin = bits.read(24);
  const symbols = usedBytes(bits);
  const alphabet = symbols.length + 2;
  const groups = bits.read(3);
  const count = bits.read(15);
  if (symbols.length === 0 || groups < 2 || groups > 6 || count === 0) throw new Error('bzip2: a block without codes');
  const selectors = readSelectors(bits, groups, count);
  const tables = Array.from({ length: groups }, () => readTable(bits, alphabet));
  const transformed = readSymbols(bits, { symbols, selectors, tables, size });
  if (origin >= transformed.length) throw new Error('bzip2: a block that begins outside itself');
  return expandRuns(inverseTransform(transformed, origin));
}

function usedBytes(bits: BitReader): number[] {
  const ranges = bits.read(16);
  const used: number[] = [];
  for (let high = 0; high < 16; high++) {
    if ((ranges & (0x8000 >> high)) === 0) continue;
    const low = bits.read(16);
    for (let i = 0; i < 16; i++) if ((low & (0x8000 >> i)) !== 0) used.push(high * 16 + i);
  }
  return used;
}

/** Which table codes each group of fifty symbols, moved to front. */
function readSelectors(bits: BitReader, groups: number, count: number): Uint8Array {
  const order = Array.from({ length: groups }, (_, i) => i);
  const selectors = new Uint8Array(Math.min(count, MAX_SELECTORS));
  for (let i = 0; i < count; i++) {
    let at = 0;
    while (bits.read(1) === 1) if (++at >= groups) throw new Error('bzip2: a selector of no table');
    const [table = 0] = order.splice(at, 1);
    order.unshift(table);
    if (i < selectors.length) selectors[i] = table;
  }
  return selectors;
}

function readTable(bits: BitReader, alphabet: number): CodeTable {
  const lengths = new Uint8Array(alphabet);
  let length = bits.read(5);
  for (let symbol = 0; symbol < alphabet; symbol++) {
    for (;;) {
      if (length < 1 || length > 20) throw new Error('bzip2: a code of no length');
      if (bits.read(1) === 0) break;
      length += bits.read(1) === 0 ? 1 : -1;
    }
    lengths[symbol] = length;
  }
  return new CodeTable(lengths);
}

interface Coding {
  readonly symbols: readonly number[];
  readonly selectors: Uint8Array;
  readonly tables: readonly CodeTable[];
  readonly size: number;
}

/** Undoes the Huffman code, the runs of zeros and the move to front. */
function readSymbols(bits: BitReader, { symbols, selectors, tables, size }: Coding): Uint8Array {
  const end = symbols.length + 1;
  const front = Uint8Array.from(symbols);
  const out = new Uint8Array(size);
  let length = 0;
  let run = 0;
  let weight = 1;
  for (let group = 0; ; group++) {
    const table = tables[selectors[group] ?? -1];
    if (group >= selectors.length || !table) throw new Error('bzip2: a block longer than its codes');
    for (let i = 0; i < GROUP; i++) {
      const symbol = table.next(bits);
      if (symbol <= 1) {
        run += weight << symbol;
        weight <<= 1;
        if (run > size) throw new Error('bzip2: a block longer than its size');
        continue;
      }
      if (run > 0) {
        if (length + run > size) throw new Error('bzip2: a block longer than its size');
        out.fill(front[0]!, length, length + run);
        length += run;
        run = 0;
        weight = 1;
      }
      if (symbol === end) return out.subarray(0, length);
      if (length >= size) throw new Error('bzip2: a block longer than its size');
      const byte = front[symbol - 1]!;
      front.copyWithin(1, 0, symbol - 1);
      front[0] = byte;
      out[length++] = byte;
    }
  }
}

/** Four equal bytes are followed by how many more of them there are. */
function expandRuns(block: Uint8Array): Bytes {
  let out = Buffer.allocUnsafe(block.length * 2);
  let length = 0;
  let same = 0;
  let last = -1;
  for (const byte of block) {
    const repeat = same === 4 ? byte : 1;
    if (length + repeat > out.length) out = Buffer.concat([out, Buffer.allocUnsafe(out.length + repeat)]);
    if (same === 4) {
      out.fill(last, length, length + repeat);
      same = 0;
      last = -1;
    } else {
      out[length] = byte;
      same = byte === last ? same + 1 : 1;
      last = byte;
    }
    length += repeat;
  }
  return out.subarray(0, length);
}
