import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Bytes } from '../../util/bytes.ts';

/** Synchronous reads at offsets. Reads beyond the end return fewer bytes. */
export interface SyncRead {
  readonly size: number;
  read(offset: number, length: number): Bytes;
  close(): void;
}

/** A file opened read-only; it may be replaced by rename meanwhile, this reader keeps the old one. */
export function fileRead(path: string): SyncRead {
  const fd = openSync(path, 'r');
  let open = true;
  return {
    size: fstatSync(fd).size,
    read: (offset, length) => {
      const target = Buffer.allocUnsafe(length);
      let done = 0;
      while (done < length) {
        const count = readSync(fd, target, done, length - done, offset + done);
        if (count === 0) break;
        done += count;
      }
      return target.subarray(0, done);
    },
    close: () => {
      if (open) closeSync(fd);
      open = false;
    },
  };
}

export function memoryRead(bytes: Bytes): SyncRead {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length), close: () => {} };
}
