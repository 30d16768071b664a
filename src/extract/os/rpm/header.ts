import type { Bytes } from '../../../util/bytes.ts';

/** Types of an index entry that are read. */
const CHAR = 1;
const INT8 = 2;
const INT16 = 3;
const INT32 = 4;
const STRING = 6;
const STRING_ARRAY = 8;
const I18N_STRING = 9;
const WIDTHS: Readonly<Record<number, number>> = { [CHAR]: 1, [INT8]: 1, [INT16]: 2, [INT32]: 4 };

/** rpm's own bounds: hdrchkTags and hdrchkData. */
const MAX_ENTRIES = 0xffff;
const MAX_DATA = 0x0fffffff;
const INTRO = 8;
const ENTRY = 16;

interface Entry {
  readonly type: number;
  /** In the blob. */
  readonly offset: number;
  readonly count: number;
}

/**
 * A package header as the databases keep it: no magic, the number of entries, the bytes of data, the index, the data. Regions
 * (tags below 100) only say which entries were signed; what was added behind them replaces what is in them.
 * Source: rpm, docs/manual/hregions.md and format.md. Nothing throws: what is not sound is undefined or empty.
 */
export class RpmHeader {
  readonly #blob: Bytes;
  readonly #entries: ReadonlyMap<number, Entry>;

  private constructor(blob: Bytes, entries: ReadonlyMap<number, Entry>) {
    this.#blob = blob;
    this.#entries = entries;
  }

  /** Undefined where lengths and index do not agree with the blob. */
  static parse(blob: Bytes): RpmHeader | undefined {
    if (blob.length < INTRO) return undefined;
    const count = blob.readUInt32BE(0);
    const dataLength = blob.readUInt32BE(4);
    const data = INTRO + ENTRY * count;
    if (count === 0 || count > MAX_ENTRIES || dataLength > MAX_DATA || data + dataLength !== blob.length) return undefined;
    const entries = new Map<number, Entry>();
    for (let at = INTRO; at < data; at += ENTRY) {
      const offset = blob.readInt32BE(at + 8);
      if (offset < 0 || offset > dataLength) return undefined;
      entries.set(blob.readInt32BE(at), { type: blob.readUInt32BE(at + 4), offset: data + offset, count: blob.readUInt32BE(at + 12) });
    }
    return new RpmHeader(blob, entries);
  }

  /** The text, or the first one of several (the untranslated one of translated texts). */
  text(tag: number): string | undefined {
    return this.texts(tag, 1)[0];
  }

  /** At most `limit` texts; fewer where the data ends before. */
  texts(tag: number, limit: number): string[] {
    const entry = this.#entries.get(tag);
    if (entry === undefined || ![STRING, STRING_ARRAY, I18N_STRING].includes(entry.type)) return [];
    const texts: string[] = [];
    const count = Math.min(entry.type === STRING ? 1 : entry.count, limit);
    for (let at = entry.offset; texts.length < count; ) {
      const end = this.#blob.indexOf(0, at);
      if (end < 0) break;
      texts.push(this.#blob.toString('utf8', at, end));
      at = end + 1;
    }
    return texts;
  }

  /** Unsigned numbers; none where the data ends before the last one. */
  numbers(tag: number, limit: number): number[] {
    const entry = this.#entries.get(tag);
    const width = WIDTHS[entry?.type ?? 0];
    if (entry === undefined || width === undefined) return [];
    const count = Math.min(entry.count, limit);
    if (entry.offset + width * count > this.#blob.length) return [];
    return Array.from({ length: count }, (_, i) => this.#blob.readUIntBE(entry.offset + width * i, width));
  }
}
