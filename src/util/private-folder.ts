import { closeSync, constants, fstatSync, futimesSync, lstatSync, mkdirSync, openSync, readSync, type Stats } from 'node:fs';
import type { Bytes } from './bytes.ts';

/** Reads `length` bytes at `offset` of the file, fewer at its end. */
export type ReadAt = (offset: number, length: number) => Bytes;

/** Bits of a mode that let others write. */
const OTHERS_WRITE = 0o022;

/**
 * True where `folder` is a folder of this user that nobody else can write to; made where it is absent. What others may write to
 * is not used at all: what they put there would hide packages, or run.
 */
export function ensurePrivate(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const stat = lstatSync(folder);
    return stat.isDirectory() && isOurs(stat);
  } catch {
    return false;
  }
}

/**
 * What `use` makes of the file at `path` (its reader and its size), which is marked as used at `now` where that is given; undefined where there is no such file, or none
 * that belongs to this user alone. No link is followed.
 */
export function withPrivateFile<T>(path: string, now: Date | undefined, use: (read: ReadAt, size: number) => T): T | undefined {
  let fd: number | undefined;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stat = fstatSync(fd);
    if (!stat.isFile() || !isOurs(stat)) return undefined;
    if (now && stat.mtime < now) touch(fd, now);
    return use(readerOf(fd, stat.size), stat.size);
  } catch {
    return undefined;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

function isOurs(stat: Stats): boolean {
  return process.getuid === undefined || (stat.uid === process.getuid() && (stat.mode & OTHERS_WRITE) === 0);
}

/** A cache that can only be read is still good to read. */
function touch(fd: number, now: Date): void {
  try {
    futimesSync(fd, now, now);
  } catch {
    // It will be evicted sooner.
  }
}

function readerOf(fd: number, size: number): ReadAt {
  return (offset, length) => {
    const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - offset)));
    let done = 0;
    while (done < bytes.length) {
      const read = readSync(fd, bytes, done, bytes.length - done, offset + done);
      if (read === 0) break;
      done += read;
    }
    return bytes.subarray(0, done);
  };
}
