import { createHash, type Hash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Bytes } from '../../util/bytes.ts';
import { fields } from '../../util/fields.ts';

/** What the bytes of a file that is not whole yet are the beginning of. */
export interface PartialOf {
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
}

const BUFFER = 1 << 20;
/** From here on a file is worth the wait until it is on disk for sure; the loss of a smaller one is seen by its size. */
const FLUSH_FROM = 1 << 20;

/**
 * A file that is being fetched, below a name of the mirror's own. It outlives the process: the next one goes on where this one
 * broke off, if upstream still has the same file.
 */
export class Partial {
  readonly path: string;
  readonly #about: string;
  #fd: number | undefined;
  #hash: Hash = createHash('sha256');
  #size = 0;
  #of: PartialOf | undefined;

  constructor(folder: string, name: string) {
    const id = createHash('sha256').update(name).digest('hex').slice(0, 24);
    this.path = join(folder, `.partial-${id}`);
    this.#about = `${this.path}.json`;
    mkdirSync(folder, { recursive: true });
    this.#of = this.#read();
    if (this.#of !== undefined) this.#take();
  }

  /** Bytes that are here already. */
  get size(): number {
    return this.#size;
  }

  /** What they are the beginning of; undefined where there are none. */
  get of(): PartialOf | undefined {
    return this.#size === 0 ? undefined : this.#of;
  }

  /** Begins anew. */
  start(of: PartialOf): void {
    this.#fd ??= openSync(this.path, 'w+', 0o644);
    ftruncateSync(this.#fd);
    this.#hash = createHash('sha256');
    this.#size = 0;
    this.#of = of;
    writeFileSync(this.#about, JSON.stringify(of));
  }

  write(chunk: Bytes): void {
    for (let at = 0; at < chunk.length; ) at += writeSync(this.#fd!, chunk, at, chunk.length - at, this.#size + at);
    this.#hash.update(chunk);
    this.#size += chunk.length;
  }

  /** Ends the writing; the file at `path` is whole. */
  finish(): { readonly sha256: string; readonly size: number } {
    if (this.#size >= FLUSH_FROM) fsyncSync(this.#fd!);
    this.close();
    return { sha256: this.#hash.digest('hex'), size: this.#size };
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  /** Removes what is left of it. */
  remove(): void {
    this.close();
    this.#size = 0;
    this.#of = undefined;
    rmSync(this.path, { force: true });
    rmSync(this.#about, { force: true });
  }

  #read(): PartialOf | undefined {
    try {
      const { url, etag, lastModified } = fields(JSON.parse(readFileSync(this.#about, 'utf8')));
      if (typeof url !== 'string') return undefined;
      return {
        url,
        ...(typeof etag === 'string' ? { etag } : {}),
        ...(typeof lastModified === 'string' ? { lastModified } : {}),
      };
    } catch {
      return undefined;
    }
  }

  /** Reads what an earlier process left: the checksum needs all of it. */
  #take(): void {
    try {
      this.#fd = openSync(this.path, 'r+');
    } catch {
      return;
    }
    const buffer = Buffer.allocUnsafe(BUFFER);
    for (let length = -1; length !== 0; this.#size += length) {
      length = readSync(this.#fd, buffer, 0, BUFFER, this.#size);
      this.#hash.update(buffer.subarray(0, length));
    }
  }
}
