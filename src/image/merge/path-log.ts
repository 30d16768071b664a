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

  get byteLength(): number {
    return this.#full.reduce((sum, segment) => sum + segment.length, this.#used);
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

  /**
   * Calls `visit` for the entries at paths that `watched` knows, in their order. `watched` must know the folders that lead to
   * each of its paths: what is below a folder that it does not know is passed over unread, most of a layer as a rule.
   */
  visit<T>(watched: ReadonlyMap<string, T>, visit: (found: T, kind: EntryKind) => void): void {
    let path = '';
    /** Length of a leading folder of `path` that is not watched. */
    let skipped = Number.POSITIVE_INFINITY;
    for (const segment of [...this.#full, this.#segment.subarray(0, this.#used)]) {
      for (let at = 0; at < segment.length; ) {
        const code = segment[at] as number;
        const narrow = (code & 0x80) !== 0;
        const shared = segment.readUInt16LE(at + 1);
        const start = at + 5;
        at = start + segment.readUInt16LE(at + 3) * (narrow ? 1 : 2);
        if (shared > skipped) continue;
        path = path.slice(0, shared) + segment.toString(narrow ? 'latin1' : 'utf16le', start, at);
        const found = watched.get(path);
        skipped = found === undefined ? unwatchedFolder(path, watched) : Number.POSITIVE_INFINITY;
        if (found !== undefined) visit(found, KINDS[code & 0x7f] as EntryKind);
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

/** The length of the shortest folder that leads to `path` and is not watched; infinite where all are. */
function unwatchedFolder(path: string, watched: ReadonlyMap<string, unknown>): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
    if (watched.has(path.slice(0, slash))) break;
    shortest = slash;
  }
  return shortest;
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
