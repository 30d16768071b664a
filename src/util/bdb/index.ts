import type { Bytes, RandomAccess } from '../bytes.ts';
import { PlimsollError } from '../errors.ts';

/** A pair of a hash database. Key and value may share memory with the page they were read from. */
export interface BdbPair {
  readonly key: Bytes;
  readonly value: Bytes;
}

export interface BdbLimits {
  /** Bytes of one value. */
  readonly value: number;
}

/** Numbers in the byte order of the machine that wrote the file. */
interface Numbers {
  u16(bytes: Bytes, at: number): number;
  u32(bytes: Bytes, at: number): number;
}

const HASH_MAGIC = 0x00061561;
const METADATA_LENGTH = 512;
const METADATA_TYPE = 8;
/** What versions 3 to 6 of the library write. On pages of type 13 pairs are sorted, on those of type 2 not. */
const VERSIONS: readonly number[] = [7, 8, 9, 10];
const HASH_TYPES: readonly number[] = [2, 13];
const OVERFLOW_TYPE = 7;
const FREE_TYPE = 0;
const PAGE_HEADER = 26;
const IN_PAGE = 1;
const OFF_PAGE = 3;

/**
 * Every pair of a BerkeleyDB hash file, in the order of pages; duplicates of a key (rpm has none) are refused. Source: the
 * library's own description of its pages, dbinc/db_page.h of Berkeley DB 5.3, structs HASHMETA, PAGE, HKEYDATA, HOFFPAGE. Throws
 * file-malformed, file-unsupported, file-encrypted and file-too-large.
 */
export async function* readHashFile(access: RandomAccess, limits: BdbLimits): AsyncGenerator<BdbPair> {
  const file = await HashFile.open(access, limits);
  for (let number = 1; number < file.count; number++) {
    const page = await file.page(number);
    if (typeOf(page) === FREE_TYPE || typeOf(page) === OVERFLOW_TYPE) continue;
    if (!HASH_TYPES.includes(typeOf(page))) throw malformed(`page ${number} of type ${typeOf(page)}`);
    const entries = file.numbers.u16(page, 20);
    if (PAGE_HEADER + 2 * entries > page.length || entries % 2 !== 0) throw malformed(`page ${number} with ${entries} entries`);
    for (let i = 0; i < entries; i += 2) {
      yield { key: await file.item(page, i), value: await file.item(page, i + 1) };
    }
  }
}

/** True for the first bytes of a hash file, of either byte order. */
export function isHashFile(head: Bytes): boolean {
  return head.length >= 16 && (LITTLE.u32(head, 12) === HASH_MAGIC || BIG.u32(head, 12) === HASH_MAGIC);
}

class HashFile {
  readonly #access: RandomAccess;
  readonly #limits: BdbLimits;
  readonly #pageSize: number;
  /** Overflow pages that a value was read from: in a sound file each belongs to one. */
  readonly #claimed: Uint8Array;
  readonly numbers: Numbers;
  readonly count: number;

  private constructor(access: RandomAccess, limits: BdbLimits, numbers: Numbers, pageSize: number, count: number) {
    this.#access = access;
    this.#limits = limits;
    this.#pageSize = pageSize;
    this.#claimed = new Uint8Array(count);
    this.numbers = numbers;
    this.count = count;
  }

  static async open(access: RandomAccess, limits: BdbLimits): Promise<HashFile> {
    const meta = await access.read(0, METADATA_LENGTH);
    if (meta.length < METADATA_LENGTH || !isHashFile(meta)) throw malformed('no hash database');
    const numbers = LITTLE.u32(meta, 12) === HASH_MAGIC ? LITTLE : BIG;
    const version = numbers.u32(meta, 16);
    if (!VERSIONS.includes(version)) throw unsupported(`format ${version}`);
    if (meta[24] !== 0) throw new PlimsollError('file-encrypted', { what: WHAT });
    if (typeOf(meta) !== METADATA_TYPE) throw malformed(`metadata of type ${typeOf(meta)}`);
    // Checksums and partitions change the form of pages; rpm never asks for them.
    if (meta[26] !== 0) throw unsupported(`metadata flags ${meta[26]}`);
    const pageSize = numbers.u32(meta, 20);
    if (pageSize < 512 || pageSize > 65_536 || (pageSize & (pageSize - 1)) !== 0) throw malformed(`page size ${pageSize}`);
    const count = numbers.u32(meta, 32) + 1;
    const there = Math.floor(access.size / pageSize);
    if (count > there) throw malformed(`${count} pages announced, ${there} found`);
    return new HashFile(access, limits, numbers, pageSize, count);
  }

  async page(number: number): Promise<Bytes> {
    const page = await this.#access.read(number * this.#pageSize, this.#pageSize);
    if (page.length < this.#pageSize) throw malformed(`page ${number} is cut off`);
    return page;
  }

  /** Items lie from the end of a page to its front, so that each one ends where the one before begins. */
  async item(page: Bytes, index: number): Promise<Bytes> {
    const start = this.numbers.u16(page, PAGE_HEADER + 2 * index);
    const end = index === 0 ? page.length : this.numbers.u16(page, PAGE_HEADER + 2 * (index - 1));
    if (start < PAGE_HEADER || start >= end || end > page.length) throw malformed('an item outside its page');
    if (page[start] === IN_PAGE) return page.subarray(start + 1, end);
    if (page[start] !== OFF_PAGE || end - start < 12) throw malformed(`an item of type ${page[start]}`);
    return this.#overflow(this.numbers.u32(page, start + 4), this.numbers.u32(page, start + 8));
  }

  async #overflow(first: number, length: number): Promise<Bytes> {
    if (length > this.#limits.value) throw new PlimsollError('file-too-large', { what: `value of a ${WHAT}`, limit: this.#limits.value });
    if (length > this.#access.size) throw malformed('a value longer than the file');
    const value = Buffer.allocUnsafe(length);
    let done = 0;
    for (let number = first; done < length; ) {
      if (number < 1 || number >= this.count) throw malformed(`a value on page ${number} of ${this.count}`);
      if (this.#claimed[number] !== 0) throw malformed(`page ${number} is used twice`);
      this.#claimed[number] = 1;
      const page = await this.page(number);
      const here = this.numbers.u16(page, 22);
      if (typeOf(page) !== OVERFLOW_TYPE || here === 0 || PAGE_HEADER + here > page.length) throw malformed(`page ${number} of a value`);
      done += page.copy(value, done, PAGE_HEADER, PAGE_HEADER + here);
      number = this.numbers.u32(page, 16);
    }
    return value;
  }
}

const WHAT = 'BerkeleyDB file';
const LITTLE: Numbers = { u16: (bytes, at) => bytes.readUInt16LE(at), u32: (bytes, at) => bytes.readUInt32LE(at) };
const BIG: Numbers = { u16: (bytes, at) => bytes.readUInt16BE(at), u32: (bytes, at) => bytes.readUInt32BE(at) };

function typeOf(page: Bytes): number {
  return page[25] as number;
}

function malformed(detail: string): PlimsollError {
  return new PlimsollError('file-malformed', { what: WHAT, detail });
}

function unsupported(detail: string): PlimsollError {
  return new PlimsollError('file-unsupported', { what: WHAT, detail });
}
