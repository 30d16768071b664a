import type { Bytes } from '../bytes.ts';
import { PlimsollError } from '../errors.ts';
import { TarEntry } from './entry.ts';
import { checkChecksum, contentSize, FLAG, headerFlag, headerSize, isZeroBlock, TAR_BLOCK, tarString } from './header.ts';
import { MAX_PAX_BYTES, type PaxFields, type PaxRecord, parsePaxRecords, paxFields } from './pax.ts';
import { malformedTar, type TarPosition } from './position.ts';
import { oldGnuRealSize, paxSparse, readContentMap, readOldGnuRuns, type SparseMap, type SparseRun, sparseMap } from './sparse.ts';

/** Called by {@link TarWalker}, synchronously and in the archive's order. */
export interface TarVisitor {
  /** A new entry; `entry` is reused for the next one. True to be given its content. */
  entry(entry: TarEntry): boolean;
  /** Bytes of the content that belong at `offset` of the file; holes of sparse files are left out. Memory of the pushed chunk. */
  data(bytes: Bytes, offset: number): void;
  /** The content of the entry is complete. */
  end(): void;
}

export interface TarLimits {
  /** Entries in one archive. */
  readonly entries: number;
  /** Bytes of a path; Linux cannot name a file with more than 4096. */
  readonly pathBytes: number;
}

export const TAR_LIMITS: TarLimits = { entries: 10_000_000, pathBytes: 4096 };

const STATE = { header: 0, pax: 1, paxGlobal: 2, longName: 3, longLink: 4, sparseBlock: 5, sparseMap: 6, done: 7 } as const;
type State = (typeof STATE)[keyof typeof STATE];

/**
 * Reads a tar that is pushed in chunks of any size: v7, ustar, PAX, GNU long names, GNU sparse files of all four kinds.
 * Where readers differ it does what Go's archive/tar does, since that is what unpacks images: global PAX headers do not change
 * the entries after them, links carry no content, and two blocks of zeros end the archive whatever follows.
 *
 * @throws PlimsollError tar-malformed, tar-limit from `push`; tar-truncated from `finish`
 */
export class TarWalker implements TarPosition {
  readonly what: string;
  /** Offset of the current header. */
  offset = 0;
  /** Entries seen. */
  entries = 0;

  readonly #visitor: TarVisitor;
  readonly #limits: TarLimits;
  readonly #entry = new TarEntry(this);
  /** Bytes pushed before the current chunk. */
  #base = 0;
  #state: State = STATE.header;
  /** Bytes that the current state needs in one piece, and those of them that earlier chunks brought. */
  #need = TAR_BLOCK;
  #carry: Bytes = Buffer.allocUnsafe(4 * TAR_BLOCK);
  #carried = 0;
  /** Content still to come of the entry, whether the visitor wants it, and bytes to skip before anything else. */
  #content = 0;
  #skip = 0;
  #sawZeroBlock = false;
  /** What extended headers said of the entry to come. */
  #pax: PaxFields | undefined;
  #longName: string | undefined;
  #longLink: string | undefined;
  #specialSize = 0;
  /** Stored size of the entry, and where in the file its bytes go. */
  #stored = 0;
  #runs: SparseRun[] = [];
  #sparse: SparseMap | undefined;
  #run = 0;
  #inRun = 0;
  #mapText: Bytes = Buffer.alloc(0);

  constructor(what: string, visitor: TarVisitor, limits: TarLimits = TAR_LIMITS) {
    this.what = what;
    this.#visitor = visitor;
    this.#limits = limits;
  }

  push(chunk: Bytes): void {
    let at = 0;
    while (at < chunk.length && this.#state !== STATE.done) {
      if (this.#content > 0) at += this.#deliver(chunk, at);
      else if (this.#skip > 0) {
        const n = Math.min(this.#skip, chunk.length - at);
        this.#skip -= n;
        at += n;
      } else at += this.#gather(chunk, at);
    }
    this.#base += chunk.length;
  }

  /** To be called after the last chunk. A missing end marker is fine, as for every other tar; half an entry is not. */
  finish(): void {
    const padding = this.#content === 0 && this.#skip < TAR_BLOCK;
    const between = this.#state === STATE.header && this.#carried === 0 && !this.#pax && !this.#longName && !this.#longLink;
    if (this.#state === STATE.done || (padding && between)) return;
    throw new PlimsollError('tar-truncated', { what: this.what, offset: this.#base });
  }

  #gather(chunk: Bytes, at: number): number {
    if (this.#carried === 0 && chunk.length - at >= this.#need) {
      const used = this.#need;
      this.#handle(chunk, at, this.#base + at);
      return used;
    }
    if (this.#carry.length < this.#need) this.#carry = Buffer.allocUnsafe(this.#need);
    const n = Math.min(this.#need - this.#carried, chunk.length - at);
    chunk.copy(this.#carry, this.#carried, at, at + n);
    this.#carried += n;
    if (this.#carried === this.#need) {
      this.#carried = 0;
      this.#handle(this.#carry, 0, this.#base + at + n - this.#need);
    }
    return n;
  }

  #handle(block: Bytes, start: number, offset: number): void {
    switch (this.#state) {
      case STATE.header:
        this.offset = offset;
        this.#header(block, start);
        break;
      case STATE.sparseBlock:
        if (!readOldGnuRuns(this.#runs, block, start, true, this)) this.#sparseEntry(this.#stored);
        break;
      case STATE.sparseMap:
        this.#contentMap(block.subarray(start, start + TAR_BLOCK));
        break;
      default:
        this.#readSpecial(block.subarray(start, start + this.#specialSize));
    }
  }

  #readSpecial(content: Bytes): void {
    if (this.#state === STATE.longName) this.#longName = tarString(content, 0, content.length);
    else if (this.#state === STATE.longLink) this.#longLink = tarString(content, 0, content.length);
    else {
      const fields = paxFields(parsePaxRecords(content, this), this);
      if (this.#state === STATE.pax) this.#pax = fields;
    }
    this.#expect(STATE.header, TAR_BLOCK);
  }

  #expect(state: State, need: number): void {
    this.#state = state;
    this.#need = need;
  }

  #header(block: Bytes, start: number): void {
    if (isZeroBlock(block, start)) {
      if (this.#sawZeroBlock) this.#state = STATE.done;
      this.#sawZeroBlock = true;
      return;
    }
    if (this.#sawZeroBlock) throw malformedTar(this, 'a block of zeros stands between entries');
    checkChecksum(block, start, this);
    const flag = headerFlag(block, start);
    const size = headerSize(block, start, this);
    if (this.#special(flag, size)) return;
    if (++this.entries > this.#limits.entries) throw this.#limit(this.#limits.entries, 'entries');

    this.#stored = contentSize(flag, this.#pax?.size ?? size);
    this.#entry.read(block, start, flag, this.#stored, this.#pax, this.#longName, this.#longLink);
    if (flag === FLAG.gnuSparse) this.#beginOldSparse(block, start);
    else if (this.#pax?.sparse) this.#beginPaxSparse(this.#pax.sparse);
    else this.#begin(this.#stored);
  }

  /** Headers whose content describes the entry after them. */
  #special(flag: number, size: number): boolean {
    const state = SPECIAL[flag];
    if (state === undefined) return false;
    if (size > MAX_PAX_BYTES) throw this.#limit(MAX_PAX_BYTES, 'bytes in an extended header');
    if (state === STATE.paxGlobal) this.#forgetSpecials();
    if (size === 0) return true;
    this.#specialSize = size;
    this.#expect(state, padded(size));
    return true;
  }

  #forgetSpecials(): void {
    this.#pax = undefined;
    this.#longName = undefined;
    this.#longLink = undefined;
  }

  /** Hands the entry to the visitor; `size` bytes of content follow, and padding. */
  #begin(size: number): void {
    if (this.#entry.name.length > this.#limits.pathBytes) throw this.#limit(this.#limits.pathBytes, 'bytes in a path');
    this.#forgetSpecials();
    this.#expect(STATE.header, TAR_BLOCK);
    if (!this.#visitor.entry(this.#entry)) {
      this.#skip = padded(size);
      return;
    }
    this.#content = size;
    this.#skip = padded(size) - size;
    if (size === 0) this.#visitor.end();
  }

  #deliver(chunk: Bytes, at: number): number {
    let n = Math.min(this.#content, chunk.length - at);
    let offset = this.#stored - this.#content;
    if (this.#sparse) {
      const run = this.#sparse.runs[this.#run] as SparseRun;
      n = Math.min(n, run.length - this.#inRun);
      offset = run.offset + this.#inRun;
      this.#inRun += n;
      if (this.#inRun === run.length) {
        this.#run++;
        this.#inRun = 0;
      }
    }
    this.#visitor.data(chunk.subarray(at, at + n), offset);
    this.#content -= n;
    if (this.#content === 0) {
      this.#sparse = undefined;
      this.#visitor.end();
    }
    return n;
  }

  #beginOldSparse(block: Bytes, start: number): void {
    this.#entry.detach();
    this.#entry.size = oldGnuRealSize(block, start, this);
    this.#runs = [];
    if (readOldGnuRuns(this.#runs, block, start, false, this)) this.#expect(STATE.sparseBlock, TAR_BLOCK);
    else this.#sparseEntry(this.#stored);
  }

  #beginPaxSparse(records: readonly PaxRecord[]): void {
    this.#entry.detach();
    const described = paxSparse(records, this.#stored, this);
    if (!described.inContent && described.runs.length === 0 && this.#stored > 0) {
      this.#begin(this.#stored); // records of a kind that nobody defined: an ordinary file
      return;
    }
    if (described.name !== undefined) this.#entry.name = described.name;
    this.#entry.size = described.realSize;
    this.#runs = [...described.runs];
    this.#mapText = Buffer.alloc(0);
    if (described.inContent) this.#nextMapBlock();
    else this.#sparseEntry(this.#stored);
  }

  #nextMapBlock(): void {
    if (this.#mapText.length + TAR_BLOCK > padded(this.#stored)) throw malformedTar(this, 'the sparse map is incomplete');
    if (this.#mapText.length > MAX_PAX_BYTES) throw this.#limit(MAX_PAX_BYTES, 'bytes in a sparse map');
    this.#expect(STATE.sparseMap, TAR_BLOCK);
  }

  #contentMap(block: Bytes): void {
    this.#mapText = Buffer.concat([this.#mapText, block]);
    const runs = readContentMap(this.#mapText, this);
    if (!runs) {
      this.#nextMapBlock();
      return;
    }
    this.#runs = runs;
    this.#stored = Math.max(0, this.#stored - this.#mapText.length);
    this.#sparseEntry(this.#stored);
  }

  #sparseEntry(stored: number): void {
    this.#sparse = sparseMap(this.#runs, this.#entry.size, stored, this);
    this.#run = 0;
    this.#inRun = 0;
    this.#begin(stored);
    if (this.#content === 0) this.#sparse = undefined;
  }

  #limit(limit: number, unit: string): PlimsollError {
    return new PlimsollError('tar-limit', { what: this.what, limit, unit });
  }
}

const SPECIAL: Readonly<Record<number, State>> = {
  [FLAG.pax]: STATE.pax,
  [FLAG.solarisPax]: STATE.pax,
  [FLAG.paxGlobal]: STATE.paxGlobal,
  [FLAG.gnuLongName]: STATE.longName,
  [FLAG.gnuLongLink]: STATE.longLink,
};

function padded(size: number): number {
  return Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;
}
