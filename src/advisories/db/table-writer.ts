import { createHash, hash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { Bytes } from '../../util/bytes.ts';
import { blockChecksum, FOOTER_FIELDS, FOOTER_LENGTH, MAGIC, MAX_KEY, RECORD_LENGTH, TABLE_VERSION, varintLength, writeVarint } from './table-format.ts';

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
  #pending: { readonly key: Bytes; readonly value: Bytes }[] = [];
  #pendingLength = 0;
  #lastKey: Bytes | undefined;
  #offset = 0;
  #entries = 0;

  constructor(sink: TableSink, blockSize = DEFAULT_BLOCK) {
    this.#sink = sink;
    this.#blockSize = blockSize;
  }

  add(key: Bytes, value: Bytes): void {
    if (key.length > MAX_KEY) throw new RangeError(`key of ${key.length} bytes`);
    if (this.#lastKey !== undefined && Buffer.compare(this.#lastKey, key) >= 0) throw new RangeError('keys are not in order');
    const length = varintLength(key.length) + key.length + varintLength(value.length) + value.length;
    if (this.#pendingLength > 0 && this.#pendingLength + length > this.#blockSize) this.#flush();
    this.#pending.push({ key, value });
    this.#pendingLength += length;
    this.#lastKey = key;
    this.#entries += 1;
  }

  finish(): TableSummary {
    this.#flush();
    const index = this.#index();
    const indexOffset = this.#offset;
    const footer = Buffer.alloc(FOOTER_LENGTH);
    let at = footer.writeUIntLE(indexOffset, 0, 6);
    at = footer.writeUInt32LE(index.length, at);
    at = footer.writeUInt32LE(this.#blocks.length, at);
    at = footer.writeUInt32LE(this.#entries, at);
    footer.writeUInt16LE(TABLE_VERSION, at);
    const root = hash('sha256', Buffer.concat([index, footer.subarray(0, FOOTER_FIELDS)]), 'buffer');
    root.copy(footer, FOOTER_FIELDS);
    MAGIC.copy(footer, FOOTER_FIELDS + root.length);
    this.#emit(index);
    this.#emit(footer);
    return { size: this.#offset, sha256: this.#digest.digest('hex'), root: root.toString('hex'), entries: this.#entries };
  }

  #flush(): void {
    const [first] = this.#pending;
    if (first === undefined) return;
    const raw = Buffer.allocUnsafe(this.#pendingLength);
    let at = 0;
    for (const { key, value } of this.#pending) {
      at = writeVarint(raw, key.length, at);
      at += key.copy(raw, at);
      at = writeVarint(raw, value.length, at);
      at += value.copy(raw, at);
    }
    const stored = deflateRawSync(raw);
    this.#blocks.push({ firstKey: first.key, offset: this.#offset, stored: stored.length, raw: raw.length, checksum: blockChecksum(stored) });
    this.#emit(stored);
    this.#pending = [];
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
