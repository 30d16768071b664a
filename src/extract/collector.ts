import { closeSync } from 'node:fs';
import type { Digest, Gap } from '../model/index.ts';
import type { Bytes } from '../util/bytes.ts';
import { PlimsollError } from '../util/errors.ts';
import type { Dispatch } from './dispatch.ts';
import { type Content, FileAssembly, HEAD, IN_FLIGHT, IN_MEMORY } from './open-file/assembly.ts';
import { DiskFile } from './open-file/disk.ts';
import { MemoryFile } from './open-file/memory.ts';
import { gapOf } from './read-within.ts';
import type { Extractor, FileInfo, LayerContext, OpenFile } from './types.ts';

/** What one extractor made of one file of one layer. */
export interface Extracted {
  /** Index into the list of extractors. */
  readonly extractor: number;
  readonly path: string;
  partial: unknown;
  /** A hard link: its partial is that of this path, in the same layer or a lower one. */
  linkTo?: string;
  /** The link's target was not in its own layer, and no extractor would have looked at it under its own name. */
  unseen?: boolean;
}

export interface CollectorOptions {
  readonly extractors: readonly Extractor[];
  readonly dispatch: Dispatch;
  /** Absent for folders. */
  readonly layer?: Digest | undefined;
  /** A descriptor for a new unlinked file, see TempFolder. */
  readonly tempFile: () => number;
  readonly onGap: (gap: Gap) => void;
}

/** More files of packages than any real layer has: the rest of them is a gap, because each costs memory to the end of the scan. */
const MAX_FILES = 100_000;
/** A larger file is a gap: 1 GiB. */
const MAX_FILE = 2 ** 30;
/** More folders than this that one layer turns into something else, each with wanted files in them, only serve to waste time. */
const MAX_REPLACED_FOLDERS = 1000;

/** A file on its way to an extractor. */
interface Offer {
  readonly info: FileInfo;
  readonly record: Extracted;
}

/**
 * Receives the files of one layer, puts each in front of the extractors that want it, and keeps what they make of it. A hard
 * link shares what was made of the file it points to; where that file went by unwanted it is asked for a second time.
 */
export class Collector {
  readonly #options: CollectorOptions;
  readonly #assembly: FileAssembly;
  /** By path; a path that comes again replaces what was. */
  readonly #records = new Map<string, Extracted[]>();
  /** Folders that lead to a path in `#records`. */
  readonly #folders = new Set<string>();
  #replacedFolders = 0;
  #full = false;
  /** Hard links that wait for the content of their target, by target. */
  readonly #waiting = new Map<string, Offer[]>();
  #candidates: readonly number[] = [];
  #offers: readonly Offer[] = [];
  #work: Promise<void>[] = [];

  constructor(options: CollectorOptions) {
    this.#options = options;
    this.#assembly = new FileAssembly(options.tempFile);
  }

  wants(path: string, mode: number, size?: number): boolean {
    this.#candidates = this.#options.dispatch.find(path, mode, size);
    if (this.#candidates.length === 0) return false;
    if (this.#records.size < MAX_FILES || this.#records.has(path)) return true;
    if (!this.#full) this.#refuseMore(path);
    return false;
  }

  begin(info: FileInfo): void {
    this.#open(
      this.#candidates.map((extractor) => offerOf(info, extractor)),
      info.size,
    );
  }

  data(bytes: Bytes, offset: number): boolean {
    return this.#assembly.add(bytes, offset);
  }

  end(): void {
    const content = this.#assembly.end();
    if (content === undefined) return;
    for (const { record } of this.#offers) this.#keep(record);
    this.#work.push(this.#extractAll(this.#offers, content));
  }

  link(info: FileInfo, target: string): void {
    // An extractor that wants the target under its own name too has seen the content, or will not have cared for it.
    const seenBy = this.#options.dispatch.find(target, info.mode);
    for (const extractor of this.#candidates) {
      const offer = offerOf(info, extractor);
      offer.record.linkTo = target;
      this.#keep(offer.record);
      if (seenBy.includes(extractor)) continue;
      offer.record.unseen = true;
      const waiting = this.#waiting.get(target);
      if (waiting) waiting.push(offer);
      else this.#waiting.set(target, [offer]);
    }
  }

  entry(path: string, isDirectory: boolean): void {
    if (this.#records.size === 0) return;
    this.#records.delete(path);
    if (isDirectory || !this.#folders.delete(path)) return;
    if (++this.#replacedFolders > MAX_REPLACED_FOLDERS) {
      const what = `layer ${this.#options.layer ?? ''}`.trim();
      throw new PlimsollError('tar-limit', { what, limit: MAX_REPLACED_FOLDERS, unit: 'folders replaced by files' });
    }
    for (const known of this.#records.keys()) if (known.startsWith(`${path}/`)) this.#records.delete(known);
  }

  missed(): ReadonlySet<string> {
    return new Set(this.#waiting.keys());
  }

  beginMissed({ path, size }: FileInfo): boolean {
    const offers = (this.#waiting.get(path) ?? []).filter(({ record }) => this.#records.get(record.path)?.includes(record));
    this.#waiting.delete(path);
    for (const { record } of offers) {
      delete record.linkTo;
      delete record.unseen;
    }
    this.#open(
      offers.map(({ info, record }) => ({ info: { ...info, size }, record })),
      size,
    );
    return offers.length > 0;
  }

  settled(): Promise<void> | undefined {
    if (this.#work.length === 0) return undefined;
    const work = Promise.all(this.#work);
    this.#work = [];
    return work.then(() => this.#assembly.recycle());
  }

  /** Takes a file of a folder. `fd` stays the caller's. */
  async file(info: FileInfo, fd: number): Promise<void> {
    const file = new DiskFile(info, fd);
    const offers = this.#options.dispatch.find(info.path, info.mode, info.size).map((extractor) => offerOf(info, extractor));
    const judged = offers.some(({ record }) => this.#options.extractors[record.extractor]?.wants.accept);
    const head = judged ? await file.head(HEAD) : Buffer.alloc(0);
    const accepted = offers.filter((offer) => this.#accepts(offer, head));
    for (const { record } of accepted) this.#keep(record);
    await Promise.all(accepted.map((offer) => this.#extract(offer, file)));
  }

  /** What the extractors made of the files; complete when the walk is over. */
  results(): Extracted[] {
    return [...this.#records.values()].flat().filter((record) => record.partial !== undefined || record.linkTo !== undefined);
  }

  /** Frees what a walk that failed left open. */
  close(): void {
    this.#assembly.close();
  }

  /** Once for all that are left out: `path` is the first of them. */
  #refuseMore(path: string): void {
    this.#full = true;
    const { layer, onGap } = this.#options;
    const params = { what: 'files of packages', limit: MAX_FILES };
    onGap({ path, code: 'too-large', params, stage: 'extract', ...(layer ? { layer } : {}), incomplete: true });
  }

  #open(offers: readonly Offer[], size: number): void {
    this.#offers = offers;
    this.#assembly.begin(size, (head) => {
      this.#offers = this.#offers.filter((offer) => this.#accepts(offer, head));
      return this.#offers.length > 0;
    });
  }

  #accepts({ info, record }: Offer, head: Bytes): boolean {
    const extractor = this.#options.extractors[record.extractor];
    if (!extractor || extractor.wants.accept?.(head, info) === false) return false;
    const limit = info.size > IN_MEMORY ? MAX_FILE : IN_FLIGHT - this.#assembly.inFlight;
    if (info.size <= limit) return true;
    this.#context(extractor, info).gap({ code: 'too-large', params: { what: 'file', limit }, incomplete: true });
    return false;
  }

  #keep(record: Extracted): void {
    const { path } = record;
    const records = this.#records.get(path);
    if (records?.includes(record)) return;
    if (records) records.push(record);
    else this.#records.set(path, [record]);
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash);
      if (this.#folders.has(folder)) break;
      this.#folders.add(folder);
    }
  }

  async #extractAll(offers: readonly Offer[], content: Content): Promise<void> {
    try {
      await Promise.all(
        offers.map((offer) =>
          this.#extract(offer, typeof content === 'number' ? new DiskFile(offer.info, content) : new MemoryFile(offer.info, content)),
        ),
      );
    } finally {
      if (typeof content === 'number') closeSync(content);
    }
  }

  /** Runs one extractor; whatever it throws becomes a gap, since no file may stop the scan of all others. */
  async #extract({ info, record }: Offer, file: OpenFile): Promise<void> {
    const extractor = this.#options.extractors[record.extractor] as Extractor;
    const ctx = this.#context(extractor, info);
    try {
      record.partial = await extractor.extract(file, ctx);
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      ctx.gap({ ...(gapOf(error) ?? { code: 'unreadable', params: { what } }), incomplete: true });
    }
  }

  #context(extractor: Extractor, info: FileInfo): LayerContext {
    const { layer, onGap } = this.#options;
    return { gap: (gap) => onGap({ path: info.path, ...gap, stage: extractor.id, ...(layer ? { layer } : {}) }) };
  }
}

function offerOf(info: FileInfo, extractor: number): Offer {
  return { info, record: { extractor, path: info.path, partial: undefined } };
}
