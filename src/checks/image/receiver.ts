import { read } from 'node:fs';
import { promisify } from 'node:util';
import type { Bytes } from '../../util/bytes.ts';
import type { CheckContext } from '../types.ts';
import { FactCollector, MAX_TEXT } from './collect.ts';
import type { EntryFacts, LayerFacts } from './types.ts';

const readAt = promisify(read);

interface ReceivedFile {
  readonly path: string;
  readonly size: number;
}

/** Hands a layer's, or a folder's, entries and texts to a {@link FactCollector}. Hard links are taken at their word: their content went by. */
export class FactReceiver {
  readonly #facts: FactCollector;
  #file: ReceivedFile | undefined;
  #chunks: Buffer[] = [];
  #size = 0;

  constructor(context?: CheckContext) {
    this.#facts = new FactCollector(context);
  }

  wants(path: string, _mode: number, size?: number): boolean {
    return this.#facts.wants(path, size ?? 0);
  }

  begin(file: ReceivedFile): void {
    this.#file = file;
    this.#chunks = [];
    this.#size = 0;
  }

  data(bytes: Bytes, offset: number): boolean {
    // What is left out of a sparse file is zeros: no text.
    if (offset !== this.#size || this.#size + bytes.length > MAX_TEXT) return false;
    this.#chunks.push(Buffer.from(bytes));
    this.#size += bytes.length;
    return true;
  }

  end(): void {
    if (this.#file?.size === this.#size) this.#facts.text(this.#file.path, Buffer.concat(this.#chunks).toString('utf8'));
    this.#file = undefined;
    this.#chunks = [];
  }

  link(): void {}

  entry(path: string, _isDirectory: boolean, facts: EntryFacts): void {
    this.#facts.entry(path, facts);
  }

  stated(path: string, facts: EntryFacts): void {
    this.#facts.entry(path, facts);
  }

  missed(): ReadonlySet<string> {
    return new Set();
  }

  beginMissed(): boolean {
    return false;
  }

  settled(): undefined {
    return undefined;
  }

  async file(file: ReceivedFile, fd: number): Promise<void> {
    if (!this.#facts.wants(file.path, file.size)) return;
    const bytes = Buffer.alloc(Math.min(file.size, MAX_TEXT));
    const { bytesRead } = await readAt(fd, bytes, 0, bytes.length, 0);
    this.#facts.text(file.path, bytes.toString('utf8', 0, bytesRead));
  }

  results(): LayerFacts {
    return this.#facts.facts();
  }
}
