import type { ByteStream, Bytes } from '../bytes.ts';

/**
 * Cuts a zstd stream so that no chunk reaches beyond the end of a frame, and leaves skippable frames out. Needed because
 * Node's decompressor ends with the first frame of a chunk and drops the rest of it without a word, while layers of many
 * frames are common (zstd:chunked, pzstd). What is not zstd is passed on for the decompressor to refuse.
 * Source: RFC 8878, 3.1.1 "Zstandard Frames", 3.1.2 "Skippable Frames".
 */
export async function* zstdFrames(source: ByteStream): ByteStream {
  const reader = new FrameReader();
  let held: Bytes = Buffer.alloc(0);
  for await (const next of source) {
    const chunk = held.length > 0 ? Buffer.concat([held, next]) : next;
    let start = 0;
    while (start < chunk.length && !(reader.betweenFrames && chunk.length - start < 4)) {
      const run = reader.next(chunk, start);
      if (run.keep) yield chunk.subarray(start, run.end);
      start = run.end;
    }
    held = Buffer.from(chunk.subarray(start));
  }
  if (held.length > 0) yield held;
}

const FIELD = { skippableSize: 4, descriptor: 1, blockHeader: 3 } as const;

/** Follows frame and block headers through a stream that comes in pieces. */
class FrameReader {
  betweenFrames = true;
  #field: keyof typeof FIELD = 'descriptor';
  /** The field's value so far, and how many of its bytes that is. */
  #value = 0;
  #have = 0;
  /** Bytes to pass over before the next field. */
  #pass = 0;
  #skippable = false;
  #lastBlock = false;
  #checksum = false;

  /** The longest run from `start` that stays within one frame; `keep` is false for a skippable frame. */
  next(chunk: Bytes, start: number): { end: number; keep: boolean } {
    let at = start;
    if (this.betweenFrames) {
      if (!this.#beginFrame(chunk.readUInt32LE(start))) return { end: chunk.length, keep: true };
      at += 4;
    }
    const keep = !this.#skippable;
    while (at < chunk.length && !this.betweenFrames) {
      if (this.#pass > 0) {
        const n = Math.min(this.#pass, chunk.length - at);
        this.#pass -= n;
        at += n;
      } else {
        this.#value += (chunk[at++] as number) * 256 ** this.#have;
        if (++this.#have === FIELD[this.#field]) this.#readField();
      }
      if (this.#pass === 0 && this.#have === 0 && this.#lastBlock) this.betweenFrames = true;
    }
    return { end: at, keep };
  }

  #beginFrame(magic: number): boolean {
    this.#skippable = (magic & 0xfffffff0) >>> 0 === 0x184d2a50;
    if (!this.#skippable && magic !== 0xfd2fb528) return false;
    this.betweenFrames = false;
    this.#lastBlock = false;
    this.#field = this.#skippable ? 'skippableSize' : 'descriptor';
    return true;
  }

  #readField(): void {
    const value = this.#value;
    this.#value = 0;
    this.#have = 0;
    if (this.#field === 'blockHeader') {
      this.#lastBlock = (value & 1) !== 0;
      const runLength = ((value >>> 1) & 3) === 1;
      this.#pass = (runLength ? 1 : value >>> 3) + (this.#lastBlock && this.#checksum ? 4 : 0);
    } else if (this.#field === 'descriptor') {
      const single = (value & 0x20) !== 0;
      const contentSize = value >>> 6 === 0 ? Number(single) : 1 << (value >>> 6);
      this.#pass = (single ? 0 : 1) + ([0, 1, 2, 4][value & 3] as number) + contentSize;
      this.#checksum = (value & 4) !== 0;
      this.#field = 'blockHeader';
    } else {
      this.#pass = value;
      this.#lastBlock = true;
    }
  }
}
