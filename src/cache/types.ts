import type { Digest } from '../model/index.ts';
import type { Bytes } from '../util/bytes.ts';

/** What an entry is about. Two entries with equal keys hold the same. */
export interface CacheKey {
  /** Of the layer as stored: an entry of the mode `whole` may be written only when all its bytes were read and had this digest. */
  readonly digest: Digest;
  /** What was looked for: `packages`, `secrets`. */
  readonly family: string;
  /** Hex; differs where the code, the rules or the settings of the family may give another result. */
  readonly version: string;
  /** `whole`: every byte of the layer was read. `lazy`: what a table of contents tells, and the wanted files, read each by itself. */
  readonly mode: 'whole' | 'lazy';
}

/** What is said about a layer in a few words; JSON. */
export type Facts = Readonly<Record<string, string | number>>;

export interface CacheEntry {
  readonly facts: Facts;
  /** By name; each is read only when it is asked for. */
  readonly blocks: Readonly<Record<string, Bytes>>;
}

/** Keeps what was made of layers. Losing an entry costs time and nothing else, so nothing here throws. */
export interface LayerCache {
  /** The facts of the entry that `confirm` accepts, and these of its blocks; undefined where there is none that is whole. */
  read(
    key: CacheKey,
    blocks: readonly string[],
    confirm: (facts: Facts) => boolean,
  ): CacheEntry | undefined | Promise<CacheEntry | undefined>;
  write(key: CacheKey, entry: CacheEntry): Promise<void>;
  /** Called once, after the last write: makes room where that is needed. */
  finish(): void | Promise<void>;
}

/** The cache of this machine. */
export interface LocalCache extends LayerCache {
  read(key: CacheKey, blocks: readonly string[], confirm: (facts: Facts) => boolean): CacheEntry | undefined;
  /** Keeps an entry that is encoded already. */
  keep(key: CacheKey, bytes: Bytes): void;
  finish(): void;
}
