/** A run of bytes. Node's Buffer everywhere: its slices share memory, so whoever keeps one copies it. */
export type Bytes = Buffer;

/** Bytes in order, of any chunk size; ends or throws. A chunk is valid until the next one is asked for. */
export type ByteStream = AsyncIterable<Bytes>;

/** Half-open range of bytes, `start <= i < end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Reads at offsets, for containers with a directory at their end (zip, ELF). Reads beyond the end return fewer bytes. */
export interface RandomAccess {
  readonly size: number;
  read(offset: number, length: number): Promise<Bytes>;
}
