import { closeSync, ftruncateSync, writeSync } from 'node:fs';
import type { Bytes } from '../../util/bytes.ts';
import { tempFailed } from '../../util/temp.ts';

/** Files up to this size stay in memory. */
export const IN_MEMORY = 16 * 1024 * 1024;
/** Bytes of finished files that may wait for their extractors at a time; only sparse files can come to more. */
export const IN_FLIGHT = 4 * IN_MEMORY;
/** What `accept` is shown. */
export const HEAD = 4096;

const EMPTY: Bytes = Buffer.alloc(0);

/** A file's content: bytes, or the descriptor of an unlinked temporary file that the taker closes. */
export type Content = Bytes | number;

/** Sees the first bytes (HEAD of them, or all) as soon as they are there; false ends the assembly. */
export type Judge = (head: Bytes) => boolean;

/**
 * Puts a file together from runs of bytes that come in ascending order; what is left out between them is zeros. A file that
 * comes in one run is not copied; for the others buffers are used again once `recycle` says that their content was read.
 */
export class FileAssembly {
  readonly #tempFile: () => number;
  #free: Bytes[] = [];
  /** Buffers whose content is being read. */
  #handedOut: Bytes[] = [];
  /** Bytes of them. */
  inFlight = 0;
  #size = 0;
  #judge: Judge = () => false;
  #verdict: boolean | undefined;
  #whole: Bytes | undefined;
  #memory: Bytes | undefined;
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
    this.#whole = size === 0 ? EMPTY : undefined;
    this.#buffer = undefined;
    this.#filled = 0;
  }

  /** False once the judge said no: what is added then is not looked at. */
  add(bytes: Bytes, offset: number): boolean {
    if (this.#verdict === false) return false;
    if (offset === 0 && bytes.length === this.#size) this.#whole = bytes;
    else if (this.#fd === undefined) this.#copy(bytes, offset);
    else this.#write(bytes, offset);
    // Set by the judge meanwhile.
    return (this.#verdict as boolean | undefined) !== false;
  }

  /** The content, or undefined where the judge said no. */
  end(): Content | undefined {
    const whole = this.#whole;
    if (whole) return this.#judge(whole.subarray(0, HEAD)) ? whole : undefined;
    if (this.#verdict === undefined) this.#decide(this.#upTo(Math.min(HEAD, this.#size)));
    if (this.#verdict === false) return undefined;
    if (this.#fd === undefined) return this.#handOut();
    const fd = this.#fd;
    this.#fd = undefined;
    guarded(() => ftruncateSync(fd, this.#size)); // a hole at the end
    return fd;
  }

  /** To be called when nobody reads any of the contents given so far. */
  recycle(): void {
    if (this.#handedOut.length === 0) return;
    // Two are enough for files that lie across the ends of chunks: one is read while the next one is filled.
    this.#free = [...this.#free, ...this.#handedOut].sort((a, b) => b.length - a.length).slice(0, 2);
    this.#handedOut = [];
    this.inFlight = 0;
  }

  /** Frees what an unfinished file holds, and all buffers: nobody may read a content any more. */
  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
    this.recycle();
    for (const { buffer } of this.#memory ? [...this.#free, this.#memory] : this.#free) (buffer as ArrayBuffer).transfer(0);
    this.#free = [];
    this.#memory = undefined;
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

  #handOut(): Bytes {
    const content = this.#upTo(this.#size);
    if (this.#memory) this.#handedOut.push(this.#memory);
    this.#memory = undefined;
    this.inFlight += content.length;
    return content;
  }

  /** The buffer, what is not filled of its first `end` bytes being zeroed. */
  #upTo(end: number): Bytes {
    this.#buffer ??= this.#takeBuffer(this.#size > IN_MEMORY ? HEAD : this.#size);
    if (end > this.#filled) this.#buffer.fill(0, this.#filled, end);
    this.#filled = Math.max(this.#filled, end);
    return this.#buffer;
  }

  #takeBuffer(size: number): Bytes {
    if (!this.#memory || this.#memory.length < size) {
      const fits = this.#free.findIndex((buffer) => buffer.length >= size);
      const [free] = fits < 0 ? [] : this.#free.splice(fits, 1);
      this.#memory = free ?? Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(Math.max(size, 65_536))));
    }
    return this.#memory.subarray(0, size);
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
