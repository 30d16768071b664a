import type { Digest } from '../../model/index.ts';
import { isDigest } from '../../oci/digest.ts';
import type { ByteRange, Bytes } from '../../util/bytes.ts';
import { FLAG, type TarEntryView, type TarType } from '../../util/tar/index.ts';
import type { LocatedTable } from './locate.ts';
import { badTable } from './not-lazy.ts';
import { entryTexts } from './split.ts';
import { MAX_READ } from './stored-reader.ts';

/** A run of a file's content that is compressed and vouched for on its own. */
export interface Chunk {
  /** Where its gzip member or zstd frame lies in the stored layer. */
  readonly stored: ByteRange;
  /** Bytes of that member that belong to others before it. */
  readonly skip: number;
  /** Offset in the file, and bytes of it. */
  readonly offset: number;
  readonly size: number;
  readonly digest: Digest;
}

/** A file, folder, link or device as the table states it, in the form of a tar's entry. */
export interface TableEntry extends TarEntryView {
  /** For {@link Table.chunksOf}. */
  readonly index: number;
}

/** Uncompressed; eStargz writes 4 MiB, zstd:chunked far less. */
const MAX_CHUNK = 64 << 20;
const MAX_NAME = 4096;

const TYPES: Readonly<Record<string, readonly [TarType, number]>> = {
  reg: ['file', 0x30],
  hardlink: ['hardlink', 0x31],
  symlink: ['symlink', 0x32],
  char: ['other', FLAG.characterDevice],
  block: ['other', FLAG.blockDevice],
  dir: ['directory', 0x35],
  fifo: ['other', FLAG.fifo],
};
/** A type that tar does not know: the walk reports it. */
const UNKNOWN: readonly [TarType, number] = ['other', 0x3f];

/** As JSON gives it; each field is judged when it is read. Others (times, extended attributes) are not kept. */
const FIELDS = [
  'name',
  'type',
  'linkName',
  'size',
  'mode',
  'uid',
  'gid',
  'digest',
  'offset',
  'endOffset',
  'innerOffset',
  'chunkOffset',
  'chunkDigest',
  'chunkType',
] as const;
type RawEntry = Readonly<Partial<Record<(typeof FIELDS)[number], unknown>>>;

/**
 * The table of contents of an eStargz or zstd:chunked layer, which have the same form. Source: eStargz, "TOC, TOCEntries and
 * Footer"; containers/storage, zstd:chunked, TOC (`endOffset`, `chunkType`) and stargz-snapshotter (`innerOffset`).
 */
export class Table {
  readonly #raw: readonly RawEntry[];
  /** Where chunks begin, files end and the files' part of the layer ends, ascending. */
  readonly #bounds: Float64Array;
  readonly #dataEnd: number;

  /** @throws NotLazy where it is no table at all; what is wrong with single entries shows when they are read */
  constructor({ json, dataEnd }: LocatedTable, maxEntries: number) {
    this.#raw = rawEntries(json, maxEntries);
    this.#dataEnd = dataEnd;
    const bounds = this.#raw.flatMap(({ offset, endOffset }) => [offset, endOffset].filter((one) => typeof one === 'number'));
    this.#bounds = new Float64Array([...bounds, dataEnd]).sort();
  }

  /** In the table's order, without the chunks behind a file. @throws NotLazy */
  *entries(): Iterable<TableEntry> {
    for (let index = 0; index < this.#raw.length; index++) {
      const raw = this.#raw[index] as RawEntry;
      const name = text(raw.name, 'name');
      if (name.length > MAX_NAME || name === '') throw badTable('a name that no file can have');
      const type = text(raw.type, 'type');
      if (type === 'chunk') continue;
      const [kind, flag] = (Object.hasOwn(TYPES, type) && TYPES[type]) || UNKNOWN;
      yield {
        index,
        name,
        type: kind,
        flag,
        linkName: raw.linkName === undefined ? '' : text(raw.linkName, 'linkName'),
        size: kind === 'file' ? count(raw.size, 'size') : 0,
        mode: count(raw.mode, 'mode') & 0o7777,
        uid: count(raw.uid, 'uid'),
        gid: count(raw.gid, 'gid'),
      };
    }
  }

  /** The content of a file, ascending; runs of zeros are left out. @throws NotLazy */
  chunksOf({ index, name, size }: TableEntry): Chunk[] {
    if (size === 0) return [];
    let end = index + 1;
    while (this.#raw[end]?.type === 'chunk' && this.#raw[end]?.name === name) end++;
    const raws = this.#raw.slice(index, end);
    const offsets = [...raws.map((raw) => count(raw.chunkOffset, 'chunkOffset')), size];
    if (offsets[0] !== 0) throw badTable('a file that does not begin with its first chunk');
    return raws.flatMap((raw, i) => {
      const offset = offsets[i] as number;
      const length = (offsets[i + 1] as number) - offset;
      if (length <= 0 || length > MAX_CHUNK) throw badTable('chunks that are no parts of their file');
      return raw.chunkType === 'zeros' ? [] : [this.#chunk(raw, offset, length, raws.length === 1)];
    });
  }

  #chunk(raw: RawEntry, offset: number, size: number, alone: boolean): Chunk {
    const digest = raw.chunkDigest ?? (alone ? raw.digest : undefined);
    if (typeof digest !== 'string' || !isDigest(digest)) throw badTable('a chunk without a digest');
    const start = count(raw.offset, 'offset');
    const skip = count(raw.innerOffset, 'innerOffset');
    if (start >= this.#dataEnd || skip > MAX_CHUNK) throw badTable('a chunk outside of the layer');
    const stored = { start, end: this.#after(start) };
    if (stored.end - start > MAX_READ) throw badTable('a chunk that is larger than allowed');
    return { stored, skip, offset, size, digest };
  }

  /** The smallest bound above `start`. */
  #after(start: number): number {
    let low = 0;
    let high = this.#bounds.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#bounds[middle] as number) > start) high = middle;
      else low = middle + 1;
    }
    return Math.min(this.#bounds[low] as number, this.#dataEnd);
  }
}

function rawEntries(json: Bytes, maxEntries: number): readonly RawEntry[] {
  const entries: RawEntry[] = [];
  for (const one of entryTexts(json)) {
    if (entries.length === maxEntries) throw badTable('it has more entries than allowed');
    entries.push(rawEntry(one));
  }
  return entries;
}

function rawEntry(json: string): RawEntry {
  try {
    const all: RawEntry = JSON.parse(json);
    const kept: Partial<Record<(typeof FIELDS)[number], unknown>> = {};
    for (const field of FIELDS) if (all[field] !== undefined) kept[field] = all[field];
    return kept;
  } catch {
    throw badTable('an entry is not JSON');
  }
}

function text(value: unknown, name: string): string {
  if (typeof value !== 'string') throw badTable(`${name} is no text`);
  return value;
}

/** A whole number, 0 where absent. */
function count(value: unknown, name: string): number {
  if (value === undefined) return 0;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw badTable(`${name} is no size`);
  return value;
}
