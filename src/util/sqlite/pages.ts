import type { Bytes, RandomAccess } from '../bytes.ts';
import { PlimsollError } from '../errors.ts';

const MAGIC = 'SQLite format 3\0';
export const HEADER_LENGTH = 100;
const UTF8 = 1;

/**
 * The pages of a database file. Every page can be claimed once only: in a sound file each belongs to one b-tree or one chain of
 * overflow pages, so whoever follows links that go in circles or share pages is stopped, and no more is read than there is.
 */
export class Pages {
  readonly #access: RandomAccess;
  readonly #claimed: Uint8Array;
  readonly #pageSize: number;
  /** Bytes of a page that hold content; the rest is reserved for extensions. */
  readonly usable: number;
  readonly count: number;

  private constructor(access: RandomAccess, pageSize: number, usable: number, count: number) {
    this.#access = access;
    this.#pageSize = pageSize;
    this.usable = usable;
    this.count = count;
    this.#claimed = new Uint8Array(count + 1);
  }

  /** Source: sqlite.org/fileformat2.html, 1.3 "The Database Header". */
  static async open(access: RandomAccess): Promise<Pages> {
    const header = await access.read(0, HEADER_LENGTH);
    if (!isSqlite(header)) throw malformed('no SQLite header');
    const stated = header.readUInt16BE(16);
    const pageSize = stated === 1 ? 65_536 : stated;
    const usable = pageSize - (header[20] as number);
    if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0 || usable < 480) throw malformed(`page size ${stated}`);
    // 0 stands there until the first table is made. UTF-16 is for texts only, which rpm has none of but in its schema.
    const encoding = header.readUInt32BE(56);
    if (encoding > UTF8) throw new PlimsollError('file-unsupported', { what: WHAT, detail: 'texts in UTF-16' });
    const there = Math.floor(access.size / pageSize);
    // The stated number holds where the file was last written by a library that keeps it up to date.
    const trusted = header.readUInt32BE(24) === header.readUInt32BE(92);
    const count = trusted && header.readUInt32BE(28) > 0 ? header.readUInt32BE(28) : there;
    if (count > there) throw malformed(`${count} pages announced, ${there} found`);
    return new Pages(access, pageSize, usable, count);
  }

  /** Page 1 is the first one. Its content, without what is reserved. */
  async claim(number: number): Promise<Bytes> {
    if (number < 1 || number > this.count) throw malformed(`page ${number} of ${this.count}`);
    if (this.#claimed[number] !== 0) throw malformed(`page ${number} is used twice`);
    this.#claimed[number] = 1;
    const page = await this.#access.read((number - 1) * this.#pageSize, this.usable);
    if (page.length < this.usable) throw malformed(`page ${number} is cut off`);
    return page;
  }
}

/** True for the first bytes of a SQLite 3 database. */
export function isSqlite(head: Bytes): boolean {
  return head.length >= HEADER_LENGTH && head.toString('latin1', 0, MAGIC.length) === MAGIC;
}

const WHAT = 'SQLite database';

export function malformed(detail: string): PlimsollError {
  return new PlimsollError('file-malformed', { what: WHAT, detail });
}
