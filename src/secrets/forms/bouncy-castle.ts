import type { Bytes } from '../../util/bytes.ts';
import { type KeystoreFacts, KeystoreReader } from './java-keystore.ts';

const SALT = 20;
const MAX_ENTRIES = 10_000;
const MAX_ALIAS = 512;
const CERTIFICATE = 1;
const KEY = 2;
const SEALED = 4;

/** BKS has no sign of its own: a version, a salt of twenty bytes, rounds, and a first entry with a name that can be read. */
export function isBouncyCastleKeystore(start: Bytes): boolean {
  if (start.length < 40 || ![1, 2].includes(start.readUInt32BE(0)) || start.readUInt32BE(4) !== SALT) return false;
  const rounds = start.readUInt32BE(24 + 4);
  const type = start[32]!;
  const alias = start.readUInt16BE(33);
  if (rounds === 0 || rounds > 1_000_000 || type < CERTIFICATE || type > SEALED || alias === 0 || alias > MAX_ALIAS) return false;
  return !start.subarray(35, 35 + alias).some((byte) => byte < 0x20 || byte === 0x7f);
}

/**
 * Reads a BKS as far as that goes without its password. Undefined where the bytes are none or cut off. Source: Bouncy Castle, BcKeyStoreSpi,
 * `loadStore`.
 */
export function readBouncyCastleKeystore(bytes: Bytes): KeystoreFacts | undefined {
  if (!isBouncyCastleKeystore(bytes)) return undefined;
  const reader = new KeystoreReader(bytes, 32);
  const certificate = (): void => {
    reader.skip(reader.u16());
    reader.skip(reader.u32());
  };
  let keys = 0;
  for (let i = 0; i < MAX_ENTRIES; i++) {
    const type = reader.u8();
    if (type === 0 || !reader.inside) break;
    reader.skip(reader.u16());
    reader.skip(8);
    const chain = reader.u32();
    for (let j = 0; j < chain && reader.inside; j++) certificate();
    if (type === CERTIFICATE) certificate();
    else if (type === KEY) {
      reader.skip(1);
      reader.skip(reader.u16());
      reader.skip(reader.u16());
      reader.skip(reader.u32());
    } else if (type <= SEALED) reader.skip(reader.u32());
    else return undefined;
    if (type !== CERTIFICATE) keys++;
  }
  return reader.inside ? { keys } : undefined;
}
