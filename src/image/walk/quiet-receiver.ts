import type { Bytes } from '../../util/bytes.ts';
import type { TreeReceiver } from './tree.ts';
import type { EntryFacts, FileReceiver, WalkedFile } from './types.ts';

/** Wants nothing, waits for nothing, and has missed nothing: what receivers that take files as they come say of all else. */
export class QuietReceiver implements FileReceiver, TreeReceiver {
  wants(_path: string, _mode: number, _size?: number): boolean {
    return false;
  }

  begin(_file: WalkedFile): void {}

  data(_bytes: Bytes, _offset: number): boolean {
    return false;
  }

  end(): void {}

  link(_file: WalkedFile, _target: string): void {}

  entry(_path: string, _isDirectory: boolean, _facts: EntryFacts): void {}

  missed(): ReadonlySet<string> {
    return NONE;
  }

  beginMissed(_file: WalkedFile): boolean {
    return false;
  }

  settled(): undefined {
    return undefined;
  }

  async file(_file: WalkedFile, _fd: number): Promise<void> {}
}

const NONE: ReadonlySet<string> = new Set();
