import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bytes } from '../../util/bytes.ts';
import { PlimsollError } from '../../util/errors.ts';
import type { Http } from '../../util/http/types.ts';
import type { Fetched, Mirror, Upstream } from '../types.ts';
import { baseUrls, nameOf, type Place, placesOf } from './addresses.ts';
import { type DownloadOptions, document, download } from './download.ts';
import { checkName, folded, unsafe } from './names.ts';
import { Partial, type PartialOf } from './partial.ts';
import { type FileState, filesIn, type MirrorState, readState, writeState } from './state.ts';

export interface MirrorOptions {
  /** Folder of this upstream's files; made when first needed. */
  readonly folder: string;
  readonly upstream: Pick<Upstream, 'id' | 'url'>;
  /** Instead of the upstream's own address; the next one is tried when one fails. */
  readonly urls?: readonly string[];
  readonly http: Http;
  readonly now: Date;
  readonly key?: string;
  readonly pause?: (milliseconds: number) => Promise<void>;
  /** Told of every file that is fetched, and of bytes as they come. */
  readonly onProgress?: (progress: MirrorProgress) => void;
}

export interface MirrorProgress {
  readonly what: string;
  /** Bytes that came since the last call. */
  readonly bytes: number;
}

/** A mirror that is kept on disk. */
export interface DiskMirror extends Mirror {
  /** Bytes that were fetched, and files that are other than before. */
  readonly traffic: { readonly bytes: number; readonly changed: number };
  /** When the last update ended well, RFC 3339. */
  readonly updatedAt: string | undefined;
  /** Writes down what is known; with a date, that the update ended well. To be called at the end, whatever the end was. */
  save(updatedAt?: string): void;
}

type Flaw = (bytes: Bytes) => string | undefined;

const MAX_FILE = 8 * 2 ** 30;
const MAX_DOCUMENT = 64 << 20;
/** How many files may change before the state is written down in between. */
const SAVE_EVERY = 200;

/** Opens the mirror of one upstream. One process at a time writes to it; readers see whole files only. */
export function openMirror(options: MirrorOptions): DiskMirror {
  const bases = baseUrls(options.upstream.id, options.urls ?? [options.upstream.url]);
  try {
    return new MirrorOnDisk(options, bases);
  } catch (cause) {
    throw unwritable(options.folder, cause);
  }
}

class MirrorOnDisk implements DiskMirror {
  readonly now: Date;
  readonly key?: string;
  readonly traffic = { bytes: 0, changed: 0 };
  readonly #options: MirrorOptions;
  readonly #bases: readonly string[];
  readonly #state: MirrorState;
  /** Names that are on disk, by what they are to a file system that does not tell case apart. */
  readonly #names: Map<string, string>;
  /** Where a base failed, files are asked of the next one first. */
  #preferred = 0;
  #unsaved = 0;

  constructor(options: MirrorOptions, bases: readonly string[]) {
    this.#options = options;
    this.#bases = bases;
    this.now = options.now;
    if (options.key !== undefined) this.key = options.key;
    this.#state = readState(options.folder);
    this.#names = new Map([...filesIn(options.folder).keys()].map((name) => [folded(name), name]));
  }

  get updatedAt(): string | undefined {
    return this.#state.updatedAt;
  }

  async fetch(address: string, name: string = nameOf(this.#bases, address), flaw?: (bytes: Bytes) => string | undefined): Promise<Fetched> {
    this.#claim(name);
    const partial = this.#onDisk(() => new Partial(this.#options.folder, name));
    try {
      const found = await this.#firstOf(address, (place) => this.#bring(place, name, partial, flaw));
      if (found === undefined) return 'absent';
      return found;
    } finally {
      partial.close();
    }
  }

  async get(
    address: string,
    options: { readonly limit?: number; readonly headers?: Readonly<Record<string, string>> } = {},
  ): Promise<Bytes | undefined> {
    const limit = options.limit ?? MAX_DOCUMENT;
    return this.#firstOf(address, async (place) => {
      const bytes =
        place.kind === 'file'
          ? readFile(place.path, limit)
          : await document(place.url, options.headers ?? {}, { ...this.#downloading(address), limit });
      this.#count(address, bytes?.length ?? 0);
      return bytes;
    });
  }

  list(address: string): readonly string[] | undefined {
    const base = this.#bases[this.#preferred];
    if (base === undefined || !base.startsWith('file:')) return undefined;
    const [place] = placesOf(this.#options.upstream, [base], address.replace(/\/+$/, ''));
    try {
      return place?.kind === 'file' ? readdirSync(place.path).sort() : undefined;
    } catch {
      return undefined;
    }
  }

  names(): readonly string[] {
    return [...this.#names.values()].sort();
  }

  read(name: string): Bytes {
    checkName(this.#options.upstream.id, name);
    const bytes = readFile(this.#path(name), MAX_FILE);
    if (bytes === undefined) throw new PlimsollError('feed-missing', { upstream: this.#options.upstream.id, file: name });
    return bytes;
  }

  modifiedAt(name: string): string | undefined {
    return this.#has(name)?.lastModified;
  }

  write(name: string, bytes: Bytes): void {
    this.#claim(name);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (this.#has(name)?.sha256 === sha256) return;
    this.#onDisk(() => {
      mkdirSync(this.#options.folder, { recursive: true });
      const temporary = join(this.#options.folder, '.writing');
      writeFileSync(temporary, bytes);
      this.#place(temporary, name, { sha256, size: bytes.length });
    });
  }

  remove(name: string): void {
    checkName(this.#options.upstream.id, name);
    if (!this.#names.delete(folded(name))) return;
    this.#state.files.delete(name);
    this.traffic.changed += 1;
    this.#onDisk(() => rmSync(this.#path(name), { force: true }));
    this.#changed();
  }

  recall(key: string): string | undefined {
    return this.#state.cursors.get(key);
  }

  remember(key: string, value: string): void {
    if (this.#state.cursors.get(key) === value) return;
    this.#state.cursors.set(key, value);
    this.save();
  }

  pause(milliseconds: number): Promise<void> {
    return this.#options.pause?.(milliseconds) ?? wait(milliseconds);
  }

  save(updatedAt?: string): void {
    if (updatedAt !== undefined) this.#state.updatedAt = updatedAt;
    this.#unsaved = 0;
    this.#onDisk(() => writeState(this.#options.folder, this.#state));
  }

  /** The first place that has it; undefined where all of them say that there is none. */
  async #firstOf<T>(address: string, take: (place: Place) => Promise<T | undefined>): Promise<T | undefined> {
    const places = placesOf(this.#options.upstream, this.#bases, address);
    const first = this.#preferred < places.length ? this.#preferred : 0;
    let failure: unknown;
    for (let step = 0; step < places.length; step++) {
      const number = (first + step) % places.length;
      try {
        const found = await take(places[number]!);
        if (found !== undefined) return found;
      } catch (error) {
        if (!(error instanceof PlimsollError) || OURS.has(error.code)) throw error;
        failure ??= error;
        if (number === this.#preferred && places.length > 1) this.#preferred = (number + 1) % places.length;
      }
    }
    if (failure !== undefined) throw failure;
    return undefined;
  }

  async #bring(place: Place, name: string, partial: Partial, flaw?: Flaw): Promise<Fetched | undefined> {
    const known = this.#has(name);
    if (place.kind === 'file') return this.#copy(place.path, name, known, partial, flaw);
    const outcome = await download(place.url, known, partial, this.#downloading(name));
    if (outcome === 'absent') return undefined;
    if (outcome === 'same') return 'same';
    return this.#settle(name, known, partial, outcome, flaw);
  }

  async #copy(path: string, name: string, known: FileState | undefined, partial: Partial, flaw?: Flaw): Promise<Fetched | undefined> {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined || !stat.isFile()) return undefined;
    const url = `file:${path}`;
    const lastModified = stat.mtime.toISOString();
    if (known?.url === url && known.size === stat.size && known.lastModified === lastModified) return 'same';
    partial.start({ url, lastModified });
    try {
      for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) partial.write(chunk as Bytes);
    } catch (cause) {
      throw new PlimsollError('target-unreadable', { path, detail: message(cause) }, { cause });
    }
    return this.#settle(name, known, partial, { url, lastModified }, flaw);
  }

  #settle(name: string, known: FileState | undefined, partial: Partial, of: PartialOf, flaw?: Flaw): Fetched {
    return this.#onDisk(() => {
      const content = partial.finish();
      const same = known?.sha256 === content.sha256;
      const detail = same ? undefined : flaw?.(readFileSync(partial.path));
      if (detail !== undefined) {
        partial.remove();
        throw new PlimsollError('feed-malformed', { upstream: this.#options.upstream.id, file: name, detail });
      }
      if (same) this.#state.files.set(name, { ...of, ...content });
      else this.#place(partial.path, name, { ...of, ...content });
      partial.remove();
      return same ? 'same' : 'new';
    });
  }

  /** Readers see the old file or the new one. */
  #place(temporary: string, name: string, state: FileState): void {
    const path = this.#path(name);
    mkdirSync(dirname(path), { recursive: true });
    renameSync(temporary, path);
    this.#state.files.set(name, state);
    this.#names.set(folded(name), name);
    this.traffic.changed += 1;
    this.#changed();
  }

  #changed(): void {
    this.#unsaved += 1;
    if (this.#unsaved >= SAVE_EVERY) this.save();
  }

  #downloading(name: string): DownloadOptions {
    const onBytes = (count: number) => this.#count(name, count);
    return { http: this.#options.http, pause: (ms) => this.pause(ms), onBytes, limit: MAX_FILE, upstream: this.#options.upstream.id, name };
  }

  #count(what: string, bytes: number): void {
    this.traffic.bytes += bytes;
    this.#options.onProgress?.({ what, bytes });
  }

  /** The state of a file that is in place. */
  #has(name: string): FileState | undefined {
    return this.#names.get(folded(name)) === name ? this.#state.files.get(name) : undefined;
  }

  /** Refuses names that are not to be written to. */
  #claim(name: string): void {
    checkName(this.#options.upstream.id, name);
    const other = this.#names.get(folded(name));
    if (other !== undefined && other !== name) throw unsafe(this.#options.upstream.id, name, `it differs from ${other} in case only`);
  }

  #path(name: string): string {
    return join(this.#options.folder, ...name.split('/'));
  }

  #onDisk<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      throw unwritable(this.#options.folder, cause);
    }
  }
}

/** Trouble on this side: no other address helps. */
const OURS: ReadonlySet<string> = new Set(['offline', 'feed-mirror-unwritable', 'feed-name-unsafe', 'feed-address-refused']);

function readFile(path: string, limit: number): Bytes | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isFile()) return undefined;
  if (stat.size > limit) throw new PlimsollError('file-too-large', { what: path, limit });
  return readFileSync(path);
}

function unwritable(path: string, cause: unknown): PlimsollError {
  if (cause instanceof PlimsollError) return cause;
  return new PlimsollError('feed-mirror-unwritable', { path, detail: message(cause) }, { cause });
}

function message(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
