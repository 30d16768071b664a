import type { ByteStream, Bytes, RandomAccess } from '../../util/bytes.ts';
import { PlimsollError } from '../../util/errors.ts';
import type { FileInfo, OpenFile } from '../types.ts';

/** `head` gives no more than this. */
export const MAX_HEAD = 64 * 1024;

/** A file whose content is in memory, most often in that of the chunk it came with. */
export class MemoryFile implements OpenFile {
  readonly path: string;
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly #content: Bytes;

  constructor(info: FileInfo, content: Bytes) {
    this.path = info.path;
    this.size = info.size;
    this.mode = info.mode;
    this.uid = info.uid;
    this.gid = info.gid;
    this.#content = content;
  }

  async head(n: number): Promise<Bytes> {
    return this.#content.subarray(0, Math.min(n, MAX_HEAD));
  }

  async bytes(limit: number): Promise<Bytes> {
    if (this.size > limit) throw new PlimsollError('file-too-large', { what: this.path, limit });
    return this.#content;
  }

  async *stream(): ByteStream {
    if (this.#content.length > 0) yield this.#content;
  }

  async random(): Promise<RandomAccess> {
    const content = this.#content;
    return { size: content.length, read: async (offset, length) => content.subarray(offset, offset + length) };
  }
}
