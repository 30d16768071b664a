import type { Bytes } from '../../util/bytes.ts';
import type { EntryFacts, FileReceiver, WalkedFile } from './types.ts';

/** Hands a walk's files to several receivers: each gets what it wants, as if it were alone. */
export function severalReceivers(receivers: readonly FileReceiver[]): FileReceiver {
  const [only] = receivers;
  return only !== undefined && receivers.length === 1 ? only : new Several(receivers);
}

class Several implements FileReceiver {
  readonly #all: readonly FileReceiver[];
  /** Who wants the file at hand, and who still takes its bytes. */
  readonly #wanting: FileReceiver[] = [];
  readonly #taking: FileReceiver[] = [];

  constructor(receivers: readonly FileReceiver[]) {
    this.#all = receivers;
  }

  wants(path: string, mode: number, size?: number): boolean {
    this.#wanting.length = 0;
    for (const one of this.#all) if (one.wants(path, mode, size)) this.#wanting.push(one);
    return this.#wanting.length > 0;
  }

  unwanted(path: string, size: number): void {
    for (const one of this.#all) one.unwanted?.(path, size);
  }

  begin(file: WalkedFile): void {
    this.#taking.length = 0;
    for (const one of this.#all) {
      if (!this.#wanting.includes(one)) one.unwanted?.(file.path, file.size);
      else {
        one.begin(file);
        this.#taking.push(one);
      }
    }
  }

  data(bytes: Bytes, offset: number): boolean {
    for (let i = this.#taking.length - 1; i >= 0; i--) {
      if (!(this.#taking[i] as FileReceiver).data(bytes, offset)) this.#taking.splice(i, 1);
    }
    return this.#taking.length > 0;
  }

  end(): void {
    for (const one of this.#wanting) one.end();
  }

  link(file: WalkedFile, target: string): void {
    for (const one of this.#wanting) one.link(file, target);
  }

  entry(path: string, isDirectory: boolean, facts: EntryFacts): void {
    for (const one of this.#all) one.entry(path, isDirectory, facts);
  }

  missed(): ReadonlySet<string> {
    return new Set(this.#all.flatMap((one) => [...one.missed()]));
  }

  beginMissed(file: WalkedFile): boolean {
    this.#wanting.length = 0;
    for (const one of this.#all) if (one.missed().has(file.path) && one.beginMissed(file)) this.#wanting.push(one);
    this.#taking.splice(0, this.#taking.length, ...this.#wanting);
    return this.#wanting.length > 0;
  }

  settled(): Promise<void> | undefined {
    const work = this.#all.flatMap((one) => one.settled() ?? []);
    return work.length === 0 ? undefined : Promise.all(work).then(() => undefined);
  }
}
