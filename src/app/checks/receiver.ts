import { read } from 'node:fs';
import { promisify } from 'node:util';
import { FactCollector, MAX_TEXT } from '../../checks/image/collect.ts';
import type { LayerFacts } from '../../checks/image/index.ts';
import type { CheckContext } from '../../checks/types.ts';
import { QuietReceiver } from '../../image/walk/quiet-receiver.ts';
import type { EntryFacts, WalkedFile } from '../../image/walk/types.ts';
import type { Bytes } from '../../util/bytes.ts';

const readAt = promisify(read);

/** Hands a layer's, or a folder's, entries and texts to a {@link FactCollector}. Hard links are taken at their word: their content went by. */
export class FactReceiver extends QuietReceiver {
  readonly #facts: FactCollector;
  #file: WalkedFile | undefined;
  #chunks: Buffer[] = [];
  #size = 0;

  constructor(context?: CheckContext) {
    super();
    this.#facts = new FactCollector(context);
  }

  override wants(path: string, _mode: number, size?: number): boolean {
    return this.#facts.wants(path, size ?? 0);
  }

  override begin(file: WalkedFile): void {
    this.#file = file;
    this.#chunks = [];
    this.#size = 0;
  }

  override data(bytes: Bytes, offset: number): boolean {
    // What is left out of a sparse file is zeros: no text.
    if (offset !== this.#size || this.#size + bytes.length > MAX_TEXT) return false;
    this.#chunks.push(Buffer.from(bytes));
    this.#size += bytes.length;
    return true;
  }

  override end(): void {
    if (this.#file?.size === this.#size) this.#facts.text(this.#file.path, Buffer.concat(this.#chunks).toString('utf8'));
    this.#file = undefined;
    this.#chunks = [];
  }

  override entry(path: string, _isDirectory: boolean, facts: EntryFacts): void {
    this.#facts.entry(path, facts);
  }

  stated(path: string, facts: EntryFacts): void {
    this.#facts.entry(path, facts);
  }

  override async file(file: WalkedFile, fd: number): Promise<void> {
    if (!this.#facts.wants(file.path, file.size)) return;
    const bytes = Buffer.alloc(Math.min(file.size, MAX_TEXT));
    const { bytesRead } = await readAt(fd, bytes, 0, bytes.length, 0);
    this.#facts.text(file.path, bytes.toString('utf8', 0, bytesRead));
  }

  results(): LayerFacts {
    return this.#facts.facts();
  }
}
