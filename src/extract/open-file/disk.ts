import { read } from 'node:fs';
import { promisify } from 'node:util';
import type { ByteStream, Bytes, RandomAccess } from '../../util/bytes.ts';
import { PlimsollError } from '../../util/errors.ts';
import type { FileInfo, OpenFile } from '../types.ts';
import { MAX_HEAD } from './memory.ts';

const CHUNK = 256 * 1024;
const readAt = promisify(read);

/** A file on disk: of a scanned folder, or a large one of a layer that was written to a temporary file. */
export class DiskFile implements OpenFile {
  readonly path: string;
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly #fd: number;

  /** `fd` stays open until the caller closes it. */
  constructor(info: FileInfo, fd: number) {
    this.path = info.path;
    this.size = info.size;
    this.mode = info.mode;
    this.uid = info.uid;
    this.gid = info.gid;
    this.#fd = fd;
  }

  head(n: number): Promise<Bytes> {
    return this.#read(0, Math.min(n, MAX_HEAD));
  }

  async bytes(limit: number): Promise<Bytes> {
    if (this.size > limit) throw new PlimsollError('file-too-large', { what: this.path, limit });
    return this.#read(0, this.size);
  }

  async *stream(): ByteStream {
    for (let at = 0; at < this.size; at += CHUNK) yield await this.#read(at, CHUNK);
  }

  async random(): Promise<RandomAccess> {
    return { size: this.size, read: (offset, length) => this.#read(offset, length) };
  }

  /** The bytes that are there, within the size that was stated when the file was found: it may change under us. */
  async #read(offset: number, length: number): Promise<Bytes> {
    const wanted = Math.max(0, Math.min(length, this.size - offset));
    const buffer = Buffer.allocUnsafe(wanted);
    let have = 0;
    while (have < wanted) {
      const { bytesRead } = await readAt(this.#fd, buffer, have, wanted - have, offset + have);
      if (bytesRead === 0) break;
      have += bytesRead;
    }
    return buffer.subarray(0, have);
  }
}
