import { createHash } from 'node:crypto';
import type { Bytes } from '../../util/bytes.ts';
import { sameKey } from '../same-key.ts';
import type { CacheKey } from '../types.ts';
import type { Signer, TrustedKey } from './keys.ts';
import { MAX_ENVELOPE, type SignedEntry } from './types.ts';

const PAYLOAD_TYPE = 'application/vnd.plimsoll.layer-results.v1+json';

/** What a writer vouches for: these bytes are what was found in this layer, by this version of the program. */
interface Statement {
  readonly key: CacheKey;
  /** Of the entry's bytes, hex. */
  readonly sha256: string;
}

/** Signs an entry. Source: DSSE 1.0.0, envelope.md and protocol.md. */
export function signEntry(key: CacheKey, entry: Bytes, signer: Signer): SignedEntry {
  const payload = Buffer.from(JSON.stringify({ key, sha256: sha256(entry) } satisfies Statement));
  const signatures = [{ keyid: signer.id, sig: signer.sign(preAuthentication(payload)).toString('base64') }];
  return { envelope: JSON.stringify({ payloadType: PAYLOAD_TYPE, payload: payload.toString('base64'), signatures }), entry };
}

/** True where a trusted writer signed this very entry for this very key. Nothing is parsed of a payload that nobody trusted signed. */
export function isVouchedFor({ envelope, entry }: SignedEntry, key: CacheKey, trusted: readonly TrustedKey[]): boolean {
  try {
    if (envelope.length > MAX_ENVELOPE) return false;
    const { payloadType, payload, signatures } = JSON.parse(envelope) as Record<string, unknown>;
    if (payloadType !== PAYLOAD_TYPE || typeof payload !== 'string' || !Array.isArray(signatures)) return false;
    const bytes = Buffer.from(payload, 'base64');
    if (!isSigned(preAuthentication(bytes), signatures, trusted)) return false;
    const said = JSON.parse(bytes.toString('utf8')) as Statement;
    return sameKey(said.key, key) && said.sha256 === sha256(entry);
  } catch {
    return false;
  }
}

/** The key's id is a hint (DSSE, protocol.md): it may be absent, and decides nothing. */
function isSigned(message: Bytes, signatures: readonly unknown[], trusted: readonly TrustedKey[]): boolean {
  return signatures.slice(0, 16).some((signature) => {
    const { sig } = signature as { readonly sig?: unknown };
    return typeof sig === 'string' && trusted.some((key) => key.verify(message, Buffer.from(sig, 'base64')));
  });
}

/** Pre-authentication encoding: type and body with their lengths, so that neither can be taken for the other. */
function preAuthentication(body: Bytes): Bytes {
  return Buffer.concat([Buffer.from(`DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${body.length} `), body]);
}

function sha256(bytes: Bytes): string {
  return createHash('sha256').update(bytes).digest('hex');
}
