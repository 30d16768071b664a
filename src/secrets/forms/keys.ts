import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { SecretNote } from '../../model/index.ts';
import type { Bytes } from '../../util/bytes.ts';

/** sha256 hex of a public key as SubjectPublicKeyInfo: the same for a private key and the certificates made for it. */
export function publicKeyHash(key: KeyObject): string | undefined {
  try {
    return createHash('sha256')
      .update(key.export({ type: 'spki', format: 'der' }))
      .digest('hex');
  } catch {
    return undefined;
  }
}

/** The public half of a private key in DER; undefined where node:crypto cannot read it. `type` as node:crypto names the structures. */
export function publicHalf(der: Bytes, type: 'pkcs1' | 'sec1' | 'pkcs8'): KeyObject | undefined {
  try {
    return createPublicKey(createPrivateKey({ key: der, format: 'der', type }));
  } catch {
    return undefined;
  }
}

/** Said of RSA and DSA keys under 2,048 bits and of curves under 224 (NIST SP 800-131A Rev. 2, section 3). */
export function weakness(key: KeyObject): SecretNote | undefined {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  const type = (key.asymmetricKeyType ?? 'key').toUpperCase();
  const bits = modulusLength ?? (namedCurve === undefined ? undefined : curveBits(namedCurve));
  if (bits === undefined || bits >= (modulusLength === undefined ? 224 : 2048)) return undefined;
  return { code: 'weak-key', params: { algorithm: type, bits } };
}

function curveBits(name: string): number | undefined {
  const bits = /(\d{3})/.exec(name)?.[1];
  return bits === undefined ? undefined : Number(bits);
}
