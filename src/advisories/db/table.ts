import { hash } from 'node:crypto';
import { constants, inflateRawSync } from 'node:zlib';
import type { Bytes } from '../../util/bytes.ts';
import { hashOfKey, mayHold } from './name-filter.ts';
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

  has(key: string): boolean {
    return this.#blocks.has(key);
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

/** What the index says of a block. */
interface BlockInfo {
  readonly number: number;
  readonly offset: number;
  readonly stored: number;
  readonly raw: number;
  readonly checksum: Bytes;
}

/** Blocks are inflated together up to so many bytes. */
const BATCH_BYTES = 512 * 1024;
/** Bytes between two blocks that are rather read than skipped. */
const SMALL_GAP = 16 * 1024;

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
  readonly #filter: Bytes;

  /** `root`: the checksum that the manifest promises. `name` tells the tables of a cache apart. */
  constructor(source: SyncRead, name: string, cache: BlockCache, root?: string) {
    if (source.size < FOOTER_LENGTH) throw new TableDamage('cut off');
    const footer = source.read(source.size - FOOTER_LENGTH, FOOTER_LENGTH);
    if (footer.length !== FOOTER_LENGTH || !footer.subarray(FOOTER_FIELDS + 32).equals(MAGIC))
      throw new TableDamage('no footer: cut off, or not a table');
    const indexOffset = footer.readUIntLE(0, 6);
    const indexLength = footer.readUInt32LE(6);
    const filterLength = footer.readUInt32LE(18);
    const version = footer.readUInt16LE(22);
    if (version !== TABLE_VERSION) throw new TableDamage(`table version ${version}`);
    if (indexOffset + indexLength + FOOTER_LENGTH !== source.size) throw new TableDamage('size differs from the footer');
    const index = source.read(indexOffset, indexLength);
    const actual = hash('sha256', Buffer.concat([index, footer.subarray(0, FOOTER_FIELDS)]), 'hex');
    if (actual !== footer.toString('hex', FOOTER_FIELDS, FOOTER_FIELDS + 32)) throw new TableDamage('checksum of the index');
    if (root !== undefined && actual !== root) throw new TableDamage('not the table that the manifest names');
    if (filterLength > indexLength) throw new TableDamage('size of the filter');
    this.#source = source;
    this.#name = name;
    this.#cache = cache;
    this.#index = index;
    this.#blocks = footer.readUInt32LE(10);
    this.#filter = index.subarray(indexLength - filterLength);
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
    for (const batch of this.#batches(Array.from({ length: this.#blocks }, (_, number) => number))) yield* this.#read(batch);
  }

  /** Reads the blocks that these keys are in, each once and many at a time: `get` finds them in the cache then. */
  load(keys: Iterable<Bytes>): void {
    const wanted = new Set<number>();
    for (const key of keys) {
      const number = this.#blockOf(key);
      if (number >= 0 && !this.#cache.has(this.#cacheKey(number))) wanted.add(number);
    }
    for (const batch of this.#batches([...wanted].sort((a, b) => a - b))) {
      this.#read(batch).forEach((block, i) => void this.#cache.put(this.#cacheKey(batch[i]!.number), block));
    }
  }

  close(): void {
    this.#source.close();
  }

  /** Number of the block that holds `key` if any does; -1 where none does by the filter, or where it sorts before the first. */
  #blockOf(key: Bytes): number {
    if (!mayHold(this.#filter, hashOfKey(key))) return -1;
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

  #cacheKey(number: number): string {
    return `${this.#name}:${number}`;
  }

  #block(number: number): Bytes {
    const key = this.#cacheKey(number);
    const cached = this.#cache.get(key);
    if (cached !== undefined) return cached;
    const [block] = this.#read([this.#infoOf(number)]) as [Bytes];
    this.#cache.put(key, block);
    return block;
  }

  #infoOf(number: number): BlockInfo {
    const at = this.#recordAt(number);
    const raw = this.#index.readUInt32LE(at + 10);
    if (raw > MAX_RAW_BLOCK) throw new TableDamage(`size of block ${number}`);
    return {
      number,
      offset: this.#index.readUIntLE(at, 6),
      stored: this.#index.readUInt32LE(at + 6),
      raw,
      checksum: this.#index.subarray(at + 14, at + 14 + CHECKSUM_LENGTH),
    };
  }

  /** Blocks in ascending order, so many at a time as are to be inflated together. */
  *#batches(numbers: readonly number[]): Generator<readonly BlockInfo[]> {
    let batch: BlockInfo[] = [];
    let size = 0;
    for (const number of numbers) {
      const info = this.#infoOf(number);
      if (size > 0 && size + info.raw > BATCH_BYTES) {
        yield batch;
        [batch, size] = [[], 0];
      }
      batch.push(info);
      size += info.raw;
    }
    if (batch.length > 0) yield batch;
  }

  /** The checked and inflated blocks of a batch. */
  #read(batch: readonly BlockInfo[]): readonly Bytes[] {
    const stored = this.#stored(batch);
    const raw = batch.reduce((sum, info) => sum + info.raw, 0);
    const all = inflateRawSync(stored.length === 1 ? stored[0]! : Buffer.concat(stored), {
      // They end with a flush, not with the end of a stream; what is missing is missing below.
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: Math.max(raw, 1),
      chunkSize: raw + 64,
    });
    if (all.length !== raw) throw new TableDamage(`size of block ${batch[0]?.number}${batch.length > 1 ? ' or one after it' : ''}`);
    let at = 0;
    return batch.map((info) => all.subarray(at, (at += info.raw)));
  }

  /** The bytes of a batch's blocks as they are in the file, checked. What lies near each other is read at once. */
  #stored(batch: readonly BlockInfo[]): readonly Bytes[] {
    const stored: Bytes[] = [];
    for (let from = 0; from < batch.length; ) {
      const start = batch[from]!.offset;
      let to = from;
      let end = start;
      for (; to < batch.length && (to === from || batch[to]!.offset - end <= SMALL_GAP); to++) end = batch[to]!.offset + batch[to]!.stored;
      const bytes = this.#source.read(start, end - start);
      for (; from < to; from++) {
        const { number, offset, stored: length, checksum } = batch[from]!;
        const block = bytes.subarray(offset - start, offset - start + length);
        if (block.length !== length || !blockChecksum(block).equals(checksum)) throw new TableDamage(`checksum of block ${number}`);
        stored.push(block);
      }
    }
    return stored;
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
