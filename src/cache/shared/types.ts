import type { Bytes } from '../../util/bytes.ts';

/** An entry as a team passes it on: the bytes of the entry file, and who vouches for them. */
export interface SignedEntry {
  /** A DSSE envelope, JSON. */
  readonly envelope: string;
  readonly entry: Bytes;
}

/** Where a team keeps entries. Nothing that comes from it is believed before its signature is checked. */
export interface SharedStore {
  /** For people: the repository, the address. */
  readonly name: string;
  /** Undefined where there is none. Throws a PlimsollError where the store cannot be asked. */
  get(name: string): Promise<SignedEntry | undefined>;
  /** Throws a PlimsollError. */
  put(name: string, signed: SignedEntry): Promise<void>;
}

/** A larger entry is neither fetched nor passed on: 256 MiB. */
export const MAX_ENTRY = 2 ** 28;
/** A longer envelope is none of ours. */
export const MAX_ENVELOPE = 16 << 10;
