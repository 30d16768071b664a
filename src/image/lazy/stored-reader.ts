import type { ByteRange, Bytes } from '../../util/bytes.ts';
import { PlimsollError } from '../../util/errors.ts';
import type { LayerSource } from '../types.ts';
import { badTable, NotLazy } from './not-lazy.ts';

/** Bytes asked for in one request, but for a table of contents. */
export const MAX_READ = 64 << 20;

/** Ranges of a layer's stored bytes, unverified, counted. What comes to more than the whole layer is not worth it. */
export class StoredReader {
  readonly size: number;
  /** Bytes received so far. */
  fetched = 0;
  readonly #layer: LayerSource;
  readonly #signal: AbortSignal | undefined;
  readonly #onBytes: ((bytesDone: number) => void) | undefined;
  #asked = 0;

  constructor(layer: LayerSource, signal: AbortSignal | undefined, onBytes: ((bytesDone: number) => void) | undefined) {
    this.size = layer.descriptor.size;
    this.#layer = layer;
    this.#signal = signal;
    this.#onBytes = onBytes;
  }

  /** @throws NotLazy; PlimsollError aborted, and what the source throws */
  async read(range: ByteRange): Promise<Bytes> {
    const { start, end } = range;
    if (this.#signal?.aborted) throw new PlimsollError('aborted', {}, { cause: this.#signal.reason });
    if (start < 0 || start >= end || end > this.size) throw badTable('a range outside of the layer');
    this.#asked += end - start;
    if (this.#asked > this.size) throw new NotLazy('no-gain', 'as many bytes as the layer has');
    const bytes = await this.#layer.readRange?.(range);
    if (bytes === undefined) throw new NotLazy('no-ranges', 'no range was given');
    this.fetched += bytes.length;
    this.#onBytes?.(this.fetched);
    return bytes;
  }
}
