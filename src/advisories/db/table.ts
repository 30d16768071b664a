import { hash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import type { Bytes } from '../../util/bytes.ts';
import type { SyncRead } from './random-read.ts';
import {
  blockChecksum,
  CHECKSUM_LENGTH,
  FOOTER_FIELDS,
  FOOTER_LENGTH,
  MAGIC,
  MAX_RAW_BLOCK,
  RECORD_LENGTH,
  TABLE_VERSION,
} from './table-format.ts';

/** Why a table cannot be trusted; the caller says which file and what to do. */
export class TableDamage extends Error {
  override readonly name = 'TableDamage';
}

/** Keeps the blocks read last, up to a number of bytes; shared by the tables of one database. */
export class BlockCache {
  readonly #limit: number;
  readonly #blocks = new Map<string, Bytes>();
  #size = 0;

  constructor(limit = 16 * 1024 * 1024) {
    this.#limit = limit;
  }

  get(key: string): Bytes | undefined {
    const block = this.#blocks.get(key);
    if (block !== undefined) {
      this.#blocks.delete(key);
      this.#blocks.set(key, block);
    }
    return block;
  }

  put(key: string, block: Bytes): void {
    this.#blocks.set(key, block);
    this.#size += block.length;
    for (const [oldest, bytes] of this.#blocks) {
      if (this.#size <= this.#limit || oldest === key) break;
      this.#blocks.delete(oldest);
      this.#size -= bytes.length;
    }
  }
}

/**
 * A sorted table opened for reading. Every byte that an answer rests on was checked: the index when opening, a block when
 * it is read first. Anything else than what the writer wrote throws {@link TableDamage}.
 */
export class Table {
  readonly entries: number;
  /** The footer's checksum, hex. */
  readonly root: string;
  readonly #source: SyncRead;
  readonly #name: string;
  readonly #cache: BlockCache;
  readonly #index: Bytes;
  readonly #blocks: number;

  /** `root`: the checksum that the manifest promises. `name` tells the tables of a cache apart. */
  constructor(source: SyncRead, name: string, cache: BlockCache, root?: string) {
    if (source.size < FOOTER_LENGTH) throw new TableDamage('cut off');
    const footer = source.read(source.size - FOOTER_LENGTH, FOOTER_LENGTH);
    if (footer.length !== FOOTER_LENGTH || !footer.subarray(FOOTER_FIELDS + 32).equals(MAGIC))
      throw new TableDamage('no footer: cut off, or not a table');
    const indexOffset = footer.readUIntLE(0, 6);
    const indexLength = footer.readUInt32LE(6);
    const version = footer.readUInt16LE(18);
    if (version !== TABLE_VERSION) throw new TableDamage(`table version ${version}`);
    if (indexOffset + indexLength + FOOTER_LENGTH !== source.size) throw new TableDamage('size differs from the footer');
    const index = source.read(indexOffset, indexLength);
    const actual = hash('sha256', Buffer.concat([index, footer.subarray(0, FOOTER_FIELDS)]), 'hex');
    if (actual !== footer.toString('hex', FOOTER_FIELDS, FOOTER_FIELDS + 32)) throw new TableDamage('checksum of the index');
    if (root !== undefined && actual !== root) throw new TableDamage('not the table that the manifest names');
    this.#source = source;
    this.#name = name;
    this.#cache = cache;
    this.#index = index;
    this.#blocks = footer.readUInt32LE(10);
    this.entries = footer.readUInt32LE(14);
    this.root = actual;
  }

  /** The value of `key`, undefined where the table does not have it. The bytes are shared: do not change them. */
  get(key: Bytes): Bytes | undefined {
    const number = this.#blockOf(key);
    if (number < 0) return undefined;
    const block = this.#block(number);
    for (let at = 0; at < block.length; ) {
      const keyLength = readVarint(block, at);
      const keyStart = keyLength.next;
      const valueLength = readVarint(block, keyStart + keyLength.value);
      const valueEnd = valueLength.next + valueLength.value;
      if (valueEnd > block.length) throw new TableDamage(`entries of block ${number}`);
      const order = key.compare(block, keyStart, keyStart + keyLength.value);
      if (order === 0) return block.subarray(valueLength.next, valueEnd);
      if (order < 0) return undefined;
      at = valueEnd;
    }
    return undefined;
  }

  /** All entries in key order. Does not fill the cache. */
  *[Symbol.iterator](): Generator<{ readonly key: Bytes; readonly value: Bytes }> {
    for (const block of this.blocks()) yield* entriesOf(block);
  }

  /** The inflated blocks in order, for searches that look at bytes first and at entries ({@link entriesOf}) then. */
  *blocks(): Generator<Bytes> {
    for (let number = 0; number < this.#blocks; number++) yield this.#read(number);
  }

  close(): void {
    this.#source.close();
  }

  /** Number of the block that holds `key` if any does; -1 where it sorts before the first. */
  #blockOf(key: Bytes): number {
    let low = 0;
    let high = this.#blocks;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const record = this.#recordAt(middle);
      const keyStart = record + RECORD_LENGTH;
      const keyEnd = keyStart + this.#index.readUInt16LE(keyStart - 2);
      if (key.compare(this.#index, keyStart, keyEnd) >= 0) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #recordAt(number: number): number {
    return this.#blocks * 4 + this.#index.readUInt32LE(number * 4);
  }

  #block(number: number): Bytes {
    const key = `${this.#name}:${number}`;
    const cached = this.#cache.get(key);
    if (cached !== undefined) return cached;
    const block = this.#read(number);
    this.#cache.put(key, block);
    return block;
  }

  #read(number: number): Bytes {
    const at = this.#recordAt(number);
    const offset = this.#index.readUIntLE(at, 6);
    const length = this.#index.readUInt32LE(at + 6);
    const raw = this.#index.readUInt32LE(at + 10);
    const stored = this.#source.read(offset, length);
    const expected = this.#index.subarray(at + 14, at + 14 + CHECKSUM_LENGTH);
    if (stored.length !== length || !blockChecksum(stored).equals(expected)) throw new TableDamage(`checksum of block ${number}`);
    if (raw > MAX_RAW_BLOCK) throw new TableDamage(`size of block ${number}`);
    const block = inflateRawSync(stored, { maxOutputLength: Math.max(raw, 1), chunkSize: Math.max(raw, 64) });
    if (block.length !== raw) throw new TableDamage(`size of block ${number}`);
    return block;
  }
}

/** The entries of one block, in key order. */
export function* entriesOf(block: Bytes): Generator<{ readonly key: Bytes; readonly value: Bytes }> {
  for (let at = 0; at < block.length; ) {
    const keyLength = readVarint(block, at);
    const keyEnd = keyLength.next + keyLength.value;
    const valueLength = readVarint(block, keyEnd);
    const valueEnd = valueLength.next + valueLength.value;
    if (valueEnd > block.length) throw new TableDamage('entries of a block');
    yield { key: block.subarray(keyLength.next, keyEnd), value: block.subarray(valueLength.next, valueEnd) };
    at = valueEnd;
  }
}

function readVarint(bytes: Bytes, at: number): { readonly value: number; readonly next: number } {
  let value = 0;
  let factor = 1;
  for (let offset = at; offset < bytes.length && offset < at + 5; offset++) {
    const byte = bytes[offset]!;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return { value, next: offset + 1 };
    factor *= 128;
  }
  throw new TableDamage('entries of a block');
}
