import type { Bytes } from '../../util/bytes.ts';
import { normalisePath, type TarEntryView, type TarVisitor } from '../../util/tar/index.ts';
import { walkedFile } from './layer-visitor.ts';
import type { FileReceiver } from './types.ts';

/** The second reading of a layer: only the files that wanted hard links point to. */
export class MissedVisitor implements TarVisitor {
  readonly #receiver: FileReceiver;
  readonly #targets: ReadonlySet<string>;

  constructor(receiver: FileReceiver) {
    this.#receiver = receiver;
    this.#targets = new Set(receiver.missed());
  }

  entry(entry: TarEntryView): boolean {
    if (entry.type !== 'file') return false;
    const path = normalisePath(entry.name);
    return path !== undefined && this.#targets.has(path) && this.#receiver.beginMissed(walkedFile(path, entry));
  }

  data(bytes: Bytes, offset: number): boolean {
    return this.#receiver.data(bytes, offset);
  }

  end(): void {
    this.#receiver.end();
  }
}
