import { read } from 'node:fs';
import { promisify } from 'node:util';
import { QuietReceiver } from '../../image/walk/quiet-receiver.ts';
import type { WalkedFile } from '../../image/walk/types.ts';
import type { Digest, Gap } from '../../model/index.ts';
import type { FoundSecret, SecretScanner, SecretStream } from '../../secrets/types.ts';
import type { Bytes } from '../../util/bytes.ts';

/** Files that were left out for one reason. */
export interface Skipped {
  readonly class: string;
  files: number;
  bytes: number;
}

/** A file with secrets in it. */
export interface FileSecrets {
  readonly path: string;
  readonly secrets: readonly FoundSecret[];
  /** A later entry of the same layer has the same path: only the bytes of the layer still hold it. */
  replaced?: true;
}

/** What one layer or folder holds; survives JSON, and has no secret's text in it. */
export interface CollectedSecrets {
  readonly files: readonly FileSecrets[];
  /** Hard links whose target's content counts for them too; the target is in this layer or a lower one. */
  readonly links: readonly { readonly path: string; readonly target: string }[];
  readonly scanned: { readonly files: number; readonly bytes: number };
  readonly skipped: readonly Skipped[];
}

/** Files with secrets, and hard links, that are kept of one layer: each costs memory to the end of the scan. */
const MAX_KEPT = 20_000;
/** Secrets of one file that are kept: a list of passwords is one mistake, not a million. */
const MAX_IN_FILE = 1000;
/** What a hole of a sparse file is read as: enough to part what is before it from what is behind it. */
const HOLE = Buffer.alloc(4096);
const CHUNK = 512 << 10;
/** The class of files that their content shows to be none of text. */
const BINARY = 'binary';
/** Of what is not known yet to be small. */
const UNKNOWN = Number.MAX_SAFE_INTEGER;

const readAt = promisify(read);

/**
 * Streams the files of one layer or folder past a scanner and keeps what it finds. Files that paths leave out are counted by class. A
 * hard link is not read again, and is judged by its target's path.
 */
export class SecretCollector extends QuietReceiver {
  readonly #scanner: SecretScanner;
  readonly #layer: Digest | undefined;
  readonly #onGap: (gap: Gap) => void;
  readonly #files: FileSecrets[] = [];
  /** The newest of `#files` at each path. */
  readonly #byPath = new Map<string, FileSecrets>();
  readonly #links: { path: string; target: string }[] = [];
  readonly #skipped = new Map<string, Skipped>();
  readonly #scanned = { files: 0, bytes: 0 };
  #file: WalkedFile | undefined;
  #stream: SecretStream | undefined;
  #at = 0;
  #stopped = false;
  #full = false;

  constructor(scanner: SecretScanner, layer: Digest | undefined, onGap: (gap: Gap) => void) {
    super();
    this.#scanner = scanner;
    this.#layer = layer;
    this.#onGap = onGap;
  }

  override wants(path: string, _mode: number, size?: number): boolean {
    return this.#scanner.skips(path, size ?? UNKNOWN) === undefined;
  }

  unwanted(path: string, size: number): void {
    this.#skip(this.#scanner.skips(path, size) ?? 'other', size);
  }

  override begin(file: WalkedFile): void {
    this.#file = file;
    this.#stream = this.#scanner.open(file.path, file.size);
    this.#at = 0;
    this.#stopped = false;
  }

  override data(bytes: Bytes, offset: number): boolean {
    if (this.#stream === undefined || this.#stopped) return false;
    const hole = offset > this.#at;
    this.#at = offset + bytes.length;
    this.#stopped = (hole && !this.#stream.chunk(HOLE)) || !this.#stream.chunk(bytes);
    return !this.#stopped;
  }

  override end(): void {
    // Of a stream nobody knows the size before its end.
    const file = this.#file && { ...this.#file, size: Math.max(this.#file.size, this.#at) };
    if (file && this.#stream) this.#finish(file, this.#stream, this.#stopped);
    this.#file = this.#stream = undefined;
  }

  override link(file: WalkedFile, target: string): void {
    if (this.#links.length < MAX_KEPT) this.#links.push({ path: file.path, target });
    else this.#refuseMore(file.path);
  }

  override entry(path: string): void {
    const before = this.#byPath.size > 0 ? this.#byPath.get(path) : undefined;
    if (before === undefined) return;
    before.replaced = true;
    this.#byPath.delete(path);
  }

  /** Takes a file of a folder; `fd` stays the caller's. */
  override async file(file: WalkedFile, fd: number): Promise<void> {
    const skipped = this.#scanner.skips(file.path, file.size);
    if (skipped !== undefined) return this.#skip(skipped, file.size);
    const stream = this.#scanner.open(file.path, file.size);
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK, Math.max(1, file.size)));
    let stopped = false;
    for (let at = 0; at < file.size && !stopped; ) {
      const { bytesRead } = await readAt(fd, buffer, 0, buffer.length, at);
      if (bytesRead === 0) break;
      at += bytesRead;
      stopped = !stream.chunk(buffer.subarray(0, bytesRead));
    }
    this.#finish(file, stream, stopped);
  }

  /** Complete when the walk is over. */
  results(): CollectedSecrets {
    return { files: this.#files, links: this.#links, scanned: this.#scanned, skipped: [...this.#skipped.values()] };
  }

  #finish({ path, size }: WalkedFile, stream: SecretStream, stopped: boolean): void {
    const found = stream.end();
    if (stopped && found.length === 0) {
      this.#skip(BINARY, size);
      return;
    }
    if (stream.limited) this.#gap(path, { code: 'truncated', params: { what: 'the search for secrets' } });
    this.#scanned.files += 1;
    this.#scanned.bytes += size;
    if (found.length > 0) this.#keep(path, found);
  }

  #keep(path: string, found: readonly FoundSecret[]): void {
    if (this.#files.length >= MAX_KEPT) {
      this.#refuseMore(path);
      return;
    }
    if (found.length > MAX_IN_FILE) this.#tooMany(path, 'secrets in one file', MAX_IN_FILE);
    const file = { path, secrets: found.slice(0, MAX_IN_FILE) };
    this.#files.push(file);
    this.#byPath.set(path, file);
  }

  #skip(kind: string, bytes: number): void {
    const known = this.#skipped.get(kind);
    if (known) {
      known.files += 1;
      known.bytes += bytes;
    } else this.#skipped.set(kind, { class: kind, files: 1, bytes });
  }

  /** Once for all that are left out: `path` is the first of them. */
  #refuseMore(path: string): void {
    if (!this.#full) this.#tooMany(path, 'files with secrets', MAX_KEPT);
    this.#full = true;
  }

  #tooMany(path: string, what: string, limit: number): void {
    this.#gap(path, { code: 'too-large', params: { what, limit } });
  }

  #gap(path: string, what: Pick<Gap, 'code' | 'params'>): void {
    this.#onGap({ ...what, stage: 'secrets', path, ...(this.#layer ? { layer: this.#layer } : {}), incomplete: true });
  }
}
