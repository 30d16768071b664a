import { closeSync, ftruncateSync, writeSync } from 'node:fs';
import type { Bytes } from '../../util/bytes.ts';
import { tempFailed } from '../../util/temp.ts';

/** Files up to this size stay in memory. */
export const IN_MEMORY = 16 * 1024 * 1024;
/** What `accept` is shown. */
export const HEAD = 4096;

/** A file's content: bytes, or the descriptor of an unlinked temporary file that the taker closes. */
export type Content = Bytes | number;

/** Sees the first bytes (HEAD of them, or all) as soon as they are there; false ends the assembly. */
export type Judge = (head: Bytes) => boolean;

/**
 * Puts a file together from runs of bytes that come in ascending order; what is left out between them is zeros. A file that
 * comes in one run is not copied. Two buffers are used in turn for those that are: a content is valid until the one after
 * next, and the walk waits for the extractors between chunks.
 */
export class FileAssembly {
  readonly #tempFile: () => number;
  readonly #scratch: [Bytes, Bytes] = [Buffer.alloc(0), Buffer.alloc(0)];
  #turn = 0;
  #size = 0;
  #judge: Judge = () => false;
  #verdict: boolean | undefined;
  #whole: Bytes | undefined;
  #buffer: Bytes | undefined;
  /** Bytes of `#buffer` that are valid. */
  #filled = 0;
  #fd: number | undefined;

  constructor(tempFile: () => number) {
    this.#tempFile = tempFile;
  }

  begin(size: number, judge: Judge): void {
    this.#size = size;
    this.#judge = judge;
    this.#verdict = undefined;
    this.#whole = undefined;
    this.#buffer = undefined;
    this.#filled = 0;
  }

  add(bytes: Bytes, offset: number): void {
    if (this.#verdict === false) return;
    if (offset === 0 && bytes.length === this.#size) this.#whole = bytes;
    else if (this.#fd === undefined) this.#copy(bytes, offset);
    else this.#write(bytes, offset);
  }

  /** The content, or undefined where the judge said no. */
  end(): Content | undefined {
    const whole = this.#whole;
    if (whole) return this.#judge(whole.subarray(0, HEAD)) ? whole : undefined;
    if (this.#verdict === undefined) this.#decide(this.#upTo(Math.min(HEAD, this.#size)));
    if (this.#verdict === false) return undefined;
    if (this.#fd === undefined) return this.#upTo(this.#size);
    const fd = this.#fd;
    this.#fd = undefined;
    guarded(() => ftruncateSync(fd, this.#size)); // a hole at the end
    return fd;
  }

  /** Frees what an unfinished file holds. */
  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  #copy(bytes: Bytes, offset: number): void {
    const wanted = Math.min(HEAD, this.#size);
    const end = offset + bytes.length;
    // A large file is gathered no further than its head before it is known to be wanted.
    const room = this.#size > IN_MEMORY ? HEAD : this.#size;
    const buffer = this.#upTo(Math.min(offset, room));
    bytes.copy(buffer, offset, 0, Math.max(0, room - offset));
    this.#filled = Math.max(this.#filled, Math.min(end, room));
    if (this.#verdict !== undefined || end < wanted) return;
    this.#decide(buffer.subarray(0, wanted));
    if (this.#fd !== undefined) this.#write(bytes, offset);
  }

  #decide(head: Bytes): void {
    this.#verdict = this.#judge(head.subarray(0, HEAD));
    if (!this.#verdict || this.#size <= IN_MEMORY) return;
    this.#fd = this.#tempFile();
    this.#write(head, 0);
  }

  /** The buffer, what is not filled of its first `end` bytes being zeroed. */
  #upTo(end: number): Bytes {
    this.#buffer ??= this.#nextScratch();
    if (end > this.#filled) this.#buffer.fill(0, this.#filled, end);
    this.#filled = Math.max(this.#filled, end);
    return this.#buffer;
  }

  #nextScratch(): Bytes {
    const size = this.#size > IN_MEMORY ? HEAD : this.#size;
    this.#turn = 1 - this.#turn;
    const at = this.#turn as 0 | 1;
    if (this.#scratch[at].length < size) this.#scratch[at] = Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(Math.max(size, 65_536))));
    return this.#scratch[at].subarray(0, size);
  }

  #write(bytes: Bytes, offset: number): void {
    const fd = this.#fd as number;
    guarded(() => {
      for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done, offset + done);
    });
  }
}

function guarded(work: () => void): void {
  try {
    work();
  } catch (error) {
    throw tempFailed('the temporary folder', error);
  }
}
