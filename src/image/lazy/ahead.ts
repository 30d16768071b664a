import type { ByteRange, Bytes } from '../../util/bytes.ts';
import { expandFirst } from './expand.ts';
import type { StoredReader } from './stored-reader.ts';
import type { Chunk } from './table.ts';

/** Bytes between two wanted ranges that are read along, because another request costs as much: 3 ms at 10 MB/s. */
const MAX_GAP = 32 << 10;
/** Bytes that ranges are joined up to. */
const MAX_JOINED = 4 << 20;
/** Joined ranges that are fetched at the same time. */
const AT_A_TIME = 6;

/** Ranges joined with their near neighbours, ascending. */
function joined(ranges: readonly ByteRange[]): ByteRange[] {
  const all: { start: number; end: number }[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = all.at(-1);
    const fits = last !== undefined && start - last.end <= MAX_GAP && Math.max(end, last.end) - last.start <= MAX_JOINED;
    if (last !== undefined && (fits || end <= last.end)) last.end = Math.max(last.end, end);
    else all.push({ start, end });
  }
  return all;
}

/** Fetches chunks that will be wanted in few requests, ahead of their use; each is forgotten when a later one is asked for. */
export class Ahead {
  readonly #reader: StoredReader;
  readonly #ranges: readonly ByteRange[];
  readonly #fetched = new Map<number, Promise<Bytes>>();
  /** By the start of a member: bytes of it that chunks need. Small files may share one. */
  readonly #needs = new Map<number, number>();
  #member: { readonly start: number; readonly bytes: Bytes } | undefined;

  constructor(reader: StoredReader, chunks: readonly Chunk[]) {
    this.#reader = reader;
    this.#ranges = joined(chunks.map(({ stored }) => stored));
    for (const { stored, skip, size } of chunks) {
      this.#needs.set(stored.start, Math.max(this.#needs.get(stored.start) ?? 0, skip + size));
    }
  }

  /** Bytes that are fetched for all chunks. */
  get bytes(): number {
    return this.#ranges.reduce((sum, { start, end }) => sum + end - start, 0);
  }

  /**
   * The chunk's content, unverified; short where its member is. `spend` is called with the bytes that are to be expanded.
   *
   * @throws PlimsollError decompression-failed, and what `spend` and the reader throw
   */
  async content({ stored, skip, size }: Chunk, what: string, spend: (bytes: number) => void): Promise<Bytes> {
    const { start } = stored;
    if (this.#member?.start !== start) {
      const need = this.#needs.get(start) ?? skip + size;
      spend(need);
      this.#member = { start, bytes: await expandFirst(await this.#read(stored), need, what) };
    }
    return this.#member.bytes.subarray(skip, skip + size);
  }

  async #read({ start, end }: ByteRange): Promise<Bytes> {
    const at = this.#lastFrom(start);
    const range = this.#ranges[at];
    if (range === undefined || end > range.end) return this.#reader.read({ start, end });
    for (const known of this.#fetched.keys()) if (known < at) this.#fetched.delete(known);
    for (let i = at; i < Math.min(at + AT_A_TIME, this.#ranges.length); i++) {
      if (this.#fetched.has(i)) continue;
      const fetching = this.#reader.read(this.#ranges[i] as ByteRange);
      // Whoever waits for it gets the error; nobody may.
      fetching.catch(() => undefined);
      this.#fetched.set(i, fetching);
    }
    return (await (this.#fetched.get(at) as Promise<Bytes>)).subarray(start - range.start, end - range.start);
  }

  /** Index of the last range that begins at `start` or before it; -1 where there is none. */
  #lastFrom(start: number): number {
    let low = 0;
    let high = this.#ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ranges[middle] as ByteRange).start <= start) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
