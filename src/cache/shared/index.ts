import type { Bytes } from '../../util/bytes.ts';
import { PlimsollError } from '../../util/errors.ts';
import { decodeEntry, encodeEntry } from '../entry-file.ts';
import type { CacheEntry, CacheKey, Facts, LayerCache, LocalCache } from '../types.ts';
import { isVouchedFor, signEntry } from './envelope.ts';
import type { Signer, TrustedKey } from './keys.ts';
import { MAX_ENTRY, type SharedStore } from './types.ts';

export { httpStore } from './http-store.ts';
export { signer, trustedKey } from './keys.ts';
export { registryStore } from './registry-store.ts';

export interface TeamCacheOptions {
  readonly store: SharedStore;
  /** Whose entries are believed; the signer's own always are. */
  readonly trusted: readonly TrustedKey[];
  /** Absent: entries are read and none are written. */
  readonly signer?: Signer;
  /** Asked first, and given what came from the team. */
  readonly local?: LocalCache;
}

/** What a reader of the report must know. */
export interface TeamTrouble {
  readonly store: string;
  /** Entries that no trusted writer vouches for. */
  readonly refused: number;
  /** Code of the error after which the store was left alone. */
  readonly failed?: string;
}

/** What is worth passing on: what was made of a layer's bytes. What is made of such entries is made again sooner than fetched. */
const FAMILIES: ReadonlySet<string> = new Set(['packages']);

/**
 * A cache that a team shares, in front of it this machine's own. An entry of somebody else is used only where a trusted writer
 * signed it for this very layer, family, version and mode; any other counts as absent, and the layer is read. A store that
 * cannot be reached is asked once: the scan goes on without.
 */
export class TeamCache implements LayerCache {
  readonly #options: TeamCacheOptions;
  readonly #trusted: readonly TrustedKey[];
  readonly #sending: Promise<void>[] = [];
  #refused = 0;
  #failed: string | undefined;

  constructor(options: TeamCacheOptions) {
    this.#options = options;
    this.#trusted = options.signer ? [...options.trusted, options.signer] : options.trusted;
  }

  get trouble(): TeamTrouble {
    return { store: this.#options.store.name, refused: this.#refused, ...(this.#failed === undefined ? {} : { failed: this.#failed }) };
  }

  async read(key: CacheKey, blocks: readonly string[], confirm: (facts: Facts) => boolean): Promise<CacheEntry | undefined> {
    const { local } = this.#options;
    const known = await local?.read(key, blocks, confirm);
    if (known) return known;
    const bytes = await this.#fetch(key);
    if (bytes === undefined) return undefined;
    local?.keep(key, bytes);
    return decodeEntry((offset, length) => bytes.subarray(offset, offset + length), key, blocks, confirm);
  }

  async write(key: CacheKey, entry: CacheEntry): Promise<void> {
    const bytes = await encodeEntry(key, entry);
    if (bytes === undefined) return;
    const { local, signer } = this.#options;
    local?.keep(key, bytes);
    if (signer && bytes.length <= MAX_ENTRY) this.#sending.push(this.#send(key, bytes, signer));
  }

  /** Waits until everything is with the team. */
  async finish(): Promise<void> {
    await Promise.all(this.#sending);
    await this.#options.local?.finish();
  }

  async #fetch(key: CacheKey): Promise<Bytes | undefined> {
    const name = nameOf(key);
    if (name === undefined || this.#failed !== undefined) return undefined;
    try {
      const signed = await this.#options.store.get(name);
      if (signed === undefined) return undefined;
      if (isVouchedFor(signed, key, this.#trusted)) return signed.entry;
      this.#refused += 1;
    } catch (error) {
      this.#fail(error);
    }
    return undefined;
  }

  async #send(key: CacheKey, entry: Bytes, signer: Signer): Promise<void> {
    const name = nameOf(key);
    if (name === undefined || this.#failed !== undefined) return;
    try {
      await this.#options.store.put(name, signEntry(key, entry, signer));
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (!(error instanceof PlimsollError)) throw error;
    this.#failed ??= error.code;
  }
}

/** Undefined for what is not passed on, and where it does not fit a tag: at most 128 letters, digits, `_`, `.` and `-`. Source: OCI distribution specification 1.1, "Pulling manifests". */
function nameOf({ digest, family, version, mode }: CacheKey): string | undefined {
  if (!FAMILIES.has(family)) return undefined;
  const name = [family, mode, digest.replace(':', '-'), version].join('-');
  return /^[a-z0-9-]{1,128}$/.test(name) ? name : undefined;
}
