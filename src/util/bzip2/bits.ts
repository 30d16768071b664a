import type { ByteStream, Bytes } from '../bytes.ts';

export interface BitReader {
  /** The next bits, up to 24, as a number; the first one is the highest. */
  read(count: number): number;
}

/** A stream of bytes, read bit by bit; what has to be at hand is fetched before. */
export class BitSource implements BitReader {
  readonly #source: AsyncIterator<Bytes>;
  #bytes: Bytes = Buffer.alloc(0);
  #at = 0;
  #held = 0;
  #count = 0;
  #ended = false;

  constructor(source: ByteStream) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Has so many bytes at hand, or all that there are. */
  async fill(length: number): Promise<void> {
    const pieces = [this.#bytes.subarray(this.#at)];
    let have = pieces[0]!.length;
    if (have >= length || this.#ended) return;
    while (have < length) {
      const next = await this.#source.next();
      this.#ended = next.done === true;
      if (next.done) break;
      pieces.push(Buffer.from(next.value));
      have += next.value.length;
    }
    this.#bytes = Buffer.concat(pieces);
    this.#at = 0;
  }

  /** True where at least one more byte follows. */
  async more(): Promise<boolean> {
    await this.fill(1);
    return this.#at < this.#bytes.length;
  }

  read(count: number): number {
    while (this.#count < count) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new Error('bzip2: the stream is cut off');
      this.#held = ((this.#held << 8) | byte) >>> 0;
      this.#count += 8;
    }
    this.#count -= count;
    const found = (this.#held >>> this.#count) & ((1 << count) - 1);
    this.#held &= (1 << this.#count) - 1;
    return found;
  }

  /** Leaves out the rest of a byte that was begun. */
  align(): void {
    this.#count -= this.#count % 8;
    this.#held &= (1 << this.#count) - 1;
  }
}
