import { EXPANSION_LIMITS } from '../../util/compression/index.ts';
import { PlimsollError } from '../../util/errors.ts';
import { TAR_LIMITS, type TarEntryView } from '../../util/tar/index.ts';
import type { LayerShadow } from '../merge/index.ts';
import type { LayerSource } from '../types.ts';
import { LayerVisitor } from '../walk/layer-visitor.ts';
import { MissedVisitor } from '../walk/missed-visitor.ts';
import type { FileReceiver, WalkOptions } from '../walk/types.ts';
import { Ahead } from './ahead.ts';
import { tablePlace } from './annotations.ts';
import { locateTable, verify } from './locate.ts';
import { NotLazy } from './not-lazy.ts';
import { planningReceiver } from './planning.ts';
import { StoredReader } from './stored-reader.ts';
import { type Chunk, Table, type TableEntry } from './table.ts';

/** What lazy reading gave: as the walk of a whole layer does, and what it cost. */
export interface LazyWalk {
  readonly shadow: LayerShadow;
  /** Bytes of the stored layer that were fetched. */
  readonly fetched: number;
}

/** What judges of a file's content see is in the first chunks that come to this many bytes. */
const HEAD = 4096;

/** What takes entries and says which content it wants, as the visitor of a tar does. */
interface EntryVisitor {
  entry(entry: TarEntryView): boolean;
  data(bytes: Buffer, offset: number): boolean;
  end(): void;
}

/**
 * Reads a layer by its table of contents: the table is held against the digest in the image's manifest, its entries are given to
 * `receiver` as those of the layer's tar would be, and the content of wanted files is fetched in ranges, each chunk held against the
 * table's digest before anybody sees it. What the table leaves out is not seen, and the layer's own digest is not checked.
 *
 * @throws NotLazy where the whole layer is to be read instead, with a new receiver; PlimsollError digest-mismatch,
 * decompression-failed, decompression-bomb, tar-limit, aborted, and what the source throws
 */
export async function walkLazily(layer: LayerSource, receiver: FileReceiver, options: WalkOptions): Promise<LazyWalk> {
  const place = tablePlace(layer.descriptor);
  if (layer.readRange === undefined) throw new NotLazy('no-registry', 'no ranges to be had');
  if (place === undefined) throw new NotLazy('no-table', 'no digest of a table');
  const reader = new StoredReader(layer, options.signal, options.onBytes);
  const what = `layer ${layer.info.index + 1} (${layer.info.digest})`;
  const located = await locateTable(place, reader, `the table of contents of ${what}`);
  const table = new Table(located, options.tar?.entries ?? TAR_LIMITS.entries);
  const walk = new TableWalk(table, reader, what, receiver, options);

  const visitor = new LayerVisitor(receiver, layer.info.digest, options.keepPaths || layer.info.index > 0, options.onGap);
  await walk.pass(visitor, new LayerVisitor(planningReceiver(receiver), layer.info.digest, false, () => undefined));
  if (receiver.missed().size > 0) await walk.pass(new MissedVisitor(receiver), new MissedVisitor(planningReceiver(receiver)));
  return { shadow: visitor.shadow(), fetched: reader.fetched };
}

class TableWalk {
  readonly #table: Table;
  readonly #reader: StoredReader;
  readonly #what: string;
  readonly #receiver: FileReceiver;
  readonly #options: WalkOptions;
  #expanded = 0;

  constructor(table: Table, reader: StoredReader, what: string, receiver: FileReceiver, options: WalkOptions) {
    this.#table = table;
    this.#reader = reader;
    this.#what = what;
    this.#receiver = receiver;
    this.#options = options;
  }

  /** `planner` says what `visitor` will want, so that it is fetched in few requests and ahead of its use. */
  async pass(visitor: EntryVisitor, planner: EntryVisitor): Promise<void> {
    const ahead = this.#planned(planner);
    for (const entry of this.#table.entries()) {
      if (!visitor.entry(entry)) continue;
      await this.#content(entry, visitor, ahead);
      visitor.end();
      await this.#receiver.settled();
    }
  }

  #planned(planner: EntryVisitor): Ahead {
    const heads: Chunk[] = [];
    for (const entry of this.#table.entries()) {
      if (planner.entry(entry)) heads.push(...this.#table.chunksOf(entry).filter(({ offset }) => offset < HEAD));
    }
    const ahead = this.#ahead(heads);
    if (ahead.bytes > this.#reader.size) throw new NotLazy('no-gain', 'most of the layer is wanted');
    return ahead;
  }

  #ahead(chunks: readonly Chunk[]): Ahead {
    return new Ahead(this.#reader, chunks);
  }

  async #content(entry: TableEntry, visitor: EntryVisitor, ahead: Ahead): Promise<void> {
    const chunks = this.#table.chunksOf(entry);
    let rest: Ahead | undefined;
    for (const chunk of chunks) {
      if (chunk.offset >= HEAD) rest ??= this.#ahead(chunks.filter(({ offset }) => offset >= HEAD));
      const bytes = await this.#chunk(chunk, rest ?? ahead);
      if (!visitor.data(bytes, chunk.offset)) return;
    }
  }

  async #chunk(chunk: Chunk, ahead: Ahead): Promise<Buffer> {
    const what = `${this.#what}: the chunk at ${chunk.stored.start}`;
    const bytes = await ahead.content(chunk, what, (size) => this.#spend(size));
    verify(bytes, chunk.digest, what);
    return bytes;
  }

  #spend(bytes: number): void {
    this.#expanded += bytes;
    const { output, ratio, ratioFrom } = this.#options.expansion ?? EXPANSION_LIMITS;
    if (this.#expanded > output || (this.#expanded > ratioFrom && this.#expanded > this.#reader.fetched * ratio)) {
      throw new PlimsollError('decompression-bomb', { what: this.#what, input: this.#reader.fetched, output: this.#expanded });
    }
  }
}
