import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { Bytes } from '../../util/bytes.ts';
import { PlimsollError } from '../../util/errors.ts';

/** Somebody whose entries are believed. */
export interface TrustedKey {
  /** sha256 of the public key (SubjectPublicKeyInfo, DER), hex. */
  readonly id: string;
  verify(bytes: Bytes, signature: Bytes): boolean;
}

export interface Signer extends TrustedKey {
  sign(bytes: Bytes): Bytes;
}

const KINDS: readonly (string | undefined)[] = ['ed25519', 'ec', 'rsa'];
const MIN_RSA_BITS = 2048;

/** A public key in PEM form: Ed25519, ECDSA or RSA of 2048 bits and more. `where` names it in the error `key-unusable`. */
export function trustedKey(pem: string, where: string): TrustedKey {
  return publicKey(read(where, () => createPublicKey(pem)));
}

/** A private key in PEM form, without password. */
export function signer(pem: string, where: string): Signer {
  const key = read(where, () => createPrivateKey(pem));
  return { ...publicKey(createPublicKey(key)), sign: (bytes) => sign(digestOf(key), bytes, key) };
}

function publicKey(key: KeyObject): TrustedKey {
  const id = createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
  return { id, verify: (bytes, signature) => verify(digestOf(key), bytes, key, signature) };
}

function read(where: string, make: () => KeyObject): KeyObject {
  let key: KeyObject;
  try {
    key = make();
  } catch (cause) {
    throw new PlimsollError('key-unusable', { path: where, detail: (cause as NodeJS.ErrnoException).code ?? String(cause) }, { cause });
  }
  const bits = key.asymmetricKeyDetails?.modulusLength;
  const weak = bits !== undefined && bits < MIN_RSA_BITS;
  if (weak || !KINDS.includes(key.asymmetricKeyType))
    throw new PlimsollError('key-unusable', { path: where, detail: `${key.asymmetricKeyType}${weak ? ` of ${bits} bits` : ''}` });
  return key;
}

/** Ed25519 hashes by itself. */
function digestOf(key: KeyObject): string | undefined {
  return key.asymmetricKeyType === 'ed25519' ? undefined : 'sha256';
}
