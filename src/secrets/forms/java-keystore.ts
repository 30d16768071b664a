import { createHash } from 'node:crypto';
import type { Bytes } from '../../util/bytes.ts';

/** What can be said of a Java key store without its password. */
export interface KeystoreFacts {
  /** Private and secret keys in it; none: it only says whom to trust. */
  readonly keys: number;
  /** The well-known password that it opens with. */
  readonly password?: string;
}

const MAGIC = { jks: 0xfeedfeed, jceks: 0xcececece } as const;
const MAX_ENTRIES = 10_000;
/** Passwords that come from manuals; the first is Java's own. */
export const KNOWN_PASSWORDS = ['changeit', 'changeme', 'password', ''] as const;

export function isJavaKeystore(start: Bytes): boolean {
  return (
    start.length >= 12 &&
    (start.readUInt32BE(0) === MAGIC.jks || start.readUInt32BE(0) === MAGIC.jceks) &&
    [1, 2].includes(start.readUInt32BE(4))
  );
}

/**
 * Reads JKS and JCEKS. A secret key of JCEKS is a serialized object of unknown length: reading ends there. Undefined where the bytes are no key
 * store or cut off. Source: JDK, sun.security.provider.JavaKeyStore and com.sun.crypto.provider.JceKeyStore.
 */
export function readJavaKeystore(bytes: Bytes): KeystoreFacts | undefined {
  if (!isJavaKeystore(bytes)) return undefined;
  const reader = new KeystoreReader(bytes, 12);
  const typed = bytes.readUInt32BE(4) === 2;
  const count = bytes.readUInt32BE(8);
  let keys = 0;
  for (let i = 0; i < Math.min(count, MAX_ENTRIES); i++) {
    const tag = reader.u32();
    reader.skip(reader.u16());
    reader.skip(8);
    if (tag === 3) {
      keys++;
      break;
    }
    if (tag !== 1 && tag !== 2) return undefined;
    let certificates = 1;
    if (tag === 1) {
      keys++;
      reader.skip(reader.u32());
      certificates = reader.u32();
    }
    for (let j = 0; j < certificates && reader.inside; j++) {
      if (typed) reader.skip(reader.u16());
      reader.skip(reader.u32());
    }
    if (!reader.inside) return undefined;
  }
  const password = keys === 0 ? undefined : KNOWN_PASSWORDS.find((one) => opens(bytes, one));
  return { keys, ...(password === undefined ? {} : { password }) };
}

/** The store's last 20 bytes are SHA-1 over the password in UTF-16, a phrase of the format, and all before them. */
function opens(bytes: Bytes, password: string): boolean {
  if (bytes.length < 32) return false;
  const utf16 = Buffer.from(password, 'utf16le').swap16();
  const digest = createHash('sha1').update(utf16).update('Mighty Aphrodite').update(bytes.subarray(0, -20)).digest();
  return digest.equals(bytes.subarray(-20));
}

/** Big-endian numbers in order; past the end it gives zeros and is no longer `inside`. */
export class KeystoreReader {
  #at: number;
  readonly #bytes: Bytes;

  constructor(bytes: Bytes, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  get inside(): boolean {
    return this.#at <= this.#bytes.length;
  }

  u8(): number {
    return this.#number(1);
  }

  u16(): number {
    return this.#number(2);
  }

  u32(): number {
    return this.#number(4);
  }

  skip(count: number): void {
    this.#at += count;
  }

  #number(size: number): number {
    const at = this.#at;
    this.#at += size;
    return this.#at > this.#bytes.length ? 0 : this.#bytes.readUIntBE(at, size);
  }
}
