import type { Bytes } from '../../util/bytes.ts';

/** What stands at a path, as far as hiding goes. A hard link is a file. */
export type EntryKind = 'file' | 'directory' | 'other';

const KINDS: readonly EntryKind[] = ['file', 'directory', 'other'];
const CODE = { file: 0, directory: 1, other: 2 } as const;
const SEGMENT = 256 * 1024;

/**
 * The paths of a layer in the order they came, each stored as what differs from the one before: some 15 bytes an entry, where
 * a set of strings takes a hundred and a layer may have millions.
 */
export class PathLog {
  #full: Bytes[] = [];
  #segment: Bytes = Buffer.alloc(0);
  #used = 0;
  #previous = '';
  size = 0;

  /** A log to be read, of what `toBytes` gave; `size` is not known. */
  static of(bytes: Bytes): PathLog {
    const log = new PathLog();
    log.#full.push(bytes);
    return log;
  }

  toBytes(): Bytes {
    return Buffer.concat([...this.#full, this.#segment.subarray(0, this.#used)]);
  }

  add(path: string, kind: EntryKind): void {
    const shared = sharedPrefix(this.#previous, path);
    const rest = path.length - shared;
    this.#reserve(7 + rest * 3);
    // UTF-16 loses nothing, lone surrogates of names that are not UTF-8 included; most names are ASCII and take one byte.
    const narrow = isAscii(path, shared);
    const segment = this.#segment;
    segment[this.#used] = CODE[kind] | (narrow ? 0x80 : 0);
    segment.writeUInt16LE(shared, this.#used + 1);
    segment.writeUInt16LE(rest, this.#used + 3);
    const tail = shared === 0 ? path : path.slice(shared);
    this.#used += 5 + segment.write(tail, this.#used + 5, narrow ? 'latin1' : 'utf16le');
    this.#previous = path;
    this.size++;
  }

  *entries(): Generator<readonly [path: string, kind: EntryKind]> {
    let path = '';
    for (const segment of [...this.#full, this.#segment.subarray(0, this.#used)]) {
      for (let at = 0; at < segment.length; ) {
        const code = segment[at] as number;
        const shared = segment.readUInt16LE(at + 1);
        const narrow = (code & 0x80) !== 0;
        const end = at + 5 + segment.readUInt16LE(at + 3) * (narrow ? 1 : 2);
        path = path.slice(0, shared) + segment.toString(narrow ? 'latin1' : 'utf16le', at + 5, end);
        yield [path, KINDS[code & 0x7f] as EntryKind];
        at = end;
      }
    }
  }

  #reserve(bytes: number): void {
    if (this.#used + bytes <= this.#segment.length) return;
    if (this.#used > 0) this.#full.push(this.#segment.subarray(0, this.#used));
    this.#segment = Buffer.allocUnsafe(Math.max(bytes, Math.min(SEGMENT, Math.max(4096, 2 * this.#segment.length))));
    this.#used = 0;
  }
}

function sharedPrefix(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let i = 0;
  while (i < most && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  return i;
}

function isAscii(text: string, from: number): boolean {
  for (let i = from; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}
