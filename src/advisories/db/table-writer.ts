import { createHash, hash } from 'node:crypto';
import { constants, deflateRawSync } from 'node:zlib';
import type { Bytes } from '../../util/bytes.ts';
import { hashOfKey, makeFilter } from './name-filter.ts';
import {
  blockChecksum,
  FOOTER_FIELDS,
  FOOTER_LENGTH,
  MAGIC,
  MAX_KEY,
  RECORD_LENGTH,
  TABLE_VERSION,
  varintLength,
  writeVarint,
} from './table-format.ts';

/** Where a table's bytes go: a file or memory. */
export interface TableSink {
  write(bytes: Bytes): void;
}

/** What names a finished table. */
export interface TableSummary {
  /** Bytes. */
  readonly size: number;
  /** SHA-256 of the whole file, hex. */
  readonly sha256: string;
  /** The footer's checksum, hex: knowing it, a reader trusts no byte it has not checked. */
  readonly root: string;
  readonly entries: number;
}

interface Block {
  readonly firstKey: Bytes;
  readonly offset: number;
  readonly stored: number;
  readonly raw: number;
  readonly checksum: Bytes;
}

const DEFAULT_BLOCK = 4096;

/** Writes a sorted table front to back. Keys must come in strictly ascending byte order. */
export class TableWriter {
  readonly #sink: TableSink;
  readonly #blockSize: number;
  readonly #digest = createHash('sha256');
  readonly #blocks: Block[] = [];
  /** The entries of the block in the making. */
  #pending: Bytes;
  #pendingLength = 0;
  #firstKey: Bytes | undefined;
  #lastKey: Bytes | undefined;
  #offset = 0;
  #entries = 0;
  /** Of the keys, where there is to be a filter. */
  #hashes: number[] | undefined;

  constructor(sink: TableSink, blockSize = DEFAULT_BLOCK) {
    this.#sink = sink;
    this.#blockSize = blockSize;
    this.#pending = Buffer.allocUnsafe(blockSize);
  }

  /** Has the table tell absent keys without reading a block. To be called before the first entry. */
  filterKeys(): void {
    if (this.#entries > 0) throw new RangeError('the filter must hold all keys');
    this.#hashes = [];
  }

  add(key: Bytes, value: Bytes): void {
    if (key.length > MAX_KEY) throw new RangeError(`key of ${key.length} bytes`);
    if (this.#lastKey !== undefined && Buffer.compare(this.#lastKey, key) >= 0) throw new RangeError('keys are not in order');
    const length = varintLength(key.length) + key.length + varintLength(value.length) + value.length;
    if (this.#pendingLength > 0 && this.#pendingLength + length > this.#blockSize) this.#flush();
    this.#append(key, value, length);
    this.#lastKey = key;
    this.#entries += 1;
    this.#hashes?.push(hashOfKey(key));
  }

  finish(): TableSummary {
    this.#flush();
    const filter = makeFilter(this.#hashes ?? []);
    const index = Buffer.concat([this.#index(), filter]);
    const indexOffset = this.#offset;
    const footer = Buffer.alloc(FOOTER_LENGTH);
    let at = footer.writeUIntLE(indexOffset, 0, 6);
    at = footer.writeUInt32LE(index.length, at);
    at = footer.writeUInt32LE(this.#blocks.length, at);
    at = footer.writeUInt32LE(this.#entries, at);
    at = footer.writeUInt32LE(filter.length, at);
    footer.writeUInt16LE(TABLE_VERSION, at);
    const root = hash('sha256', Buffer.concat([index, footer.subarray(0, FOOTER_FIELDS)]), 'buffer');
    root.copy(footer, FOOTER_FIELDS);
    MAGIC.copy(footer, FOOTER_FIELDS + root.length);
    this.#emit(index);
    this.#emit(footer);
    return { size: this.#offset, sha256: this.#digest.digest('hex'), root: root.toString('hex'), entries: this.#entries };
  }

  #append(key: Bytes, value: Bytes, length: number): void {
    if (this.#pendingLength + length > this.#pending.length) {
      const grown = Buffer.allocUnsafe(this.#pendingLength + length);
      this.#pending.copy(grown, 0, 0, this.#pendingLength);
      this.#pending = grown;
    }
    // A copy of its own: a slice would keep the pool it was cut from alive until the index is written.
    this.#firstKey ??= Buffer.from(new Uint8Array(key).buffer);
    let at = writeVarint(this.#pending, key.length, this.#pendingLength);
    at += key.copy(this.#pending, at);
    at = writeVarint(this.#pending, value.length, at);
    value.copy(this.#pending, at);
    this.#pendingLength += length;
  }

  #flush(): void {
    if (this.#firstKey === undefined) return;
    const raw = this.#pending.subarray(0, this.#pendingLength);
    const stored = deflateRawSync(raw, { chunkSize: raw.length + 64, finishFlush: constants.Z_FULL_FLUSH });
    this.#blocks.push({
      firstKey: this.#firstKey,
      offset: this.#offset,
      stored: stored.length,
      raw: raw.length,
      checksum: blockChecksum(stored),
    });
    this.#emit(stored);
    this.#firstKey = undefined;
    this.#pendingLength = 0;
  }

  #index(): Bytes {
    const offsets = Buffer.alloc(this.#blocks.length * 4);
    const records: Bytes[] = [];
    let position = 0;
    this.#blocks.forEach((block, number) => {
      const record = Buffer.alloc(RECORD_LENGTH + block.firstKey.length);
      let at = record.writeUIntLE(block.offset, 0, 6);
      at = record.writeUInt32LE(block.stored, at);
      at = record.writeUInt32LE(block.raw, at);
      at += block.checksum.copy(record, at);
      at = record.writeUInt16LE(block.firstKey.length, at);
      block.firstKey.copy(record, at);
      offsets.writeUInt32LE(position, number * 4);
      position += record.length;
      records.push(record);
    });
    return Buffer.concat([offsets, ...records]);
  }

  #emit(bytes: Bytes): void {
    this.#digest.update(bytes);
    this.#sink.write(bytes);
    this.#offset += bytes.length;
  }
}
