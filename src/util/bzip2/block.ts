import type { BitReader } from './bits.ts';

const MAX_LENGTH = 20;

/** A canonical Huffman code, told by the lengths of its words. */
export class CodeTable {
  /** Of each length: the first word of the next length, and what to take off it for a place in `#symbols`. */
  readonly #limits = new Int32Array(MAX_LENGTH + 2);
  readonly #offsets = new Int32Array(MAX_LENGTH + 2);
  readonly #symbols: Uint16Array;

  constructor(lengths: Uint8Array) {
    const counts = new Int32Array(MAX_LENGTH + 2);
    for (const length of lengths) counts[length]!++;
    this.#symbols = Uint16Array.from([...lengths.keys()].sort((a, b) => lengths[a]! - lengths[b]! || a - b));
    let code = 0;
    let index = 0;
    for (let length = 1; length <= MAX_LENGTH; length++) {
      this.#offsets[length] = code - index;
      code += counts[length]!;
      index += counts[length]!;
      this.#limits[length] = code;
      if (code > 2 ** length) throw new Error('bzip2: more code words than there can be');
      code <<= 1;
    }
  }

  next(bits: BitReader): number {
    let code = 0;
    for (let length = 1; length <= MAX_LENGTH; length++) {
      code = (code << 1) | bits.read(1);
      if (code < this.#limits[length]!) {
        const symbol = this.#symbols[code - this.#offsets[length]!];
        if (symbol !== undefined) return symbol;
      }
    }
    throw new Error('bzip2: a word of no code');
  }
}

/** Undoes the Burrows-Wheeler transform. */
export function inverseTransform(last: Uint8Array, origin: number): Uint8Array {
  const starts = new Uint32Array(257);
  for (const byte of last) starts[byte + 1]!++;
  for (let byte = 0; byte < 256; byte++) starts[byte + 1]! += starts[byte]!;
  const next = new Uint32Array(last.length);
  for (let i = 0; i < last.length; i++) next[starts[last[i]!]!++] = i;
  const out = new Uint8Array(last.length);
  let at = next[origin]!;
  for (let i = 0; i < out.length; i++) {
    out[i] = last[at]!;
    at = next[at]!;
  }
  return out;
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let i = 0; i < 8; i++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc >>> 0;
});

/** CRC-32 of what comes out, the highest bit first. */
export function blockCrc(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc << 8) ^ CRC[((crc >>> 24) ^ byte) & 0xff]!;
  return ~crc >>> 0;
}
