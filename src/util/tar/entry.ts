import type { Bytes } from '../bytes.ts';
import { headerLinkName, headerMode, headerName, TAR_BLOCK, type TarType, tarType } from './header.ts';
import { tarNumber } from './number.ts';
import type { PaxFields } from './pax.ts';
import type { TarPosition } from './position.ts';

/**
 * The entry that a walker stands at, extended headers applied. Fields that few visitors need are read on demand, so that an
 * unwanted entry costs a name and nothing else. Valid until the visitor's `entry` returns.
 */
export class TarEntry {
  /** As stored; see normalisePath. */
  name = '';
  type: TarType = 'other';
  /** The type flag's character code. */
  flag = 0;
  /** Size of the file; with its holes for a sparse one. */
  size = 0;

  readonly #at: TarPosition;
  #block: Bytes = Buffer.alloc(0);
  #start = 0;
  #pax: PaxFields | undefined;
  #longLink: string | undefined;

  constructor(at: TarPosition) {
    this.#at = at;
  }

  read(
    block: Bytes,
    start: number,
    flag: number,
    size: number,
    pax: PaxFields | undefined,
    longName: string | undefined,
    longLink: string | undefined,
  ): void {
    this.#block = block;
    this.#start = start;
    this.#pax = pax;
    this.#longLink = longLink;
    this.name = longName ?? pax?.path ?? headerName(block, start);
    this.flag = flag;
    this.type = tarType(flag, this.name);
    this.size = size;
  }

  /** Makes the entry independent of the memory it was read from, for headers with more blocks to come. */
  detach(): void {
    this.#block = Buffer.from(this.#block.subarray(this.#start, this.#start + TAR_BLOCK));
    this.#start = 0;
  }

  /** Target of a hard or symbolic link, as stored. */
  get linkName(): string {
    return this.#longLink ?? this.#pax?.linkPath ?? headerLinkName(this.#block, this.#start);
  }

  /** Permission bits. */
  get mode(): number {
    return headerMode(this.#block, this.#start, this.#at);
  }

  /** True where the archive gives the file capabilities of its own. */
  get hasCapabilities(): boolean {
    return this.#pax?.capabilities === true;
  }

  get uid(): number {
    return this.#pax?.uid ?? tarNumber(this.#block, this.#start + 108, 8, 'uid', this.#at);
  }

  get gid(): number {
    return this.#pax?.gid ?? tarNumber(this.#block, this.#start + 116, 8, 'gid', this.#at);
  }
}

/** What a visitor reads of an entry: also what a table of contents states without a tar. */
export type TarEntryView = Pick<TarEntry, 'name' | 'type' | 'flag' | 'size' | 'linkName' | 'mode' | 'uid' | 'gid'> &
  Partial<Pick<TarEntry, 'hasCapabilities'>>;
