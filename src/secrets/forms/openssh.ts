import type { SecretNote } from '../../model/index.ts';
import type { Bytes } from '../../util/bytes.ts';

const MAGIC = 'openssh-key-v1\0';

/**
 * Whether a key in OpenSSH's own form is encrypted, and whether it is weak, which its public half tells. Source: OpenSSH PROTOCOL.key. Of bytes
 * that are something else it says neither.
 */
export function readOpenSsh(bytes: Bytes): { readonly encrypted: boolean; readonly weak?: SecretNote } {
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) return { encrypted: false };
  const cipher = readString(bytes, MAGIC.length);
  const kdf = cipher && readString(bytes, cipher.end);
  const options = kdf && readString(bytes, kdf.end);
  const blob = options && readString(bytes, options.end + 4);
  const weak = blob === undefined ? undefined : weakPublicKey(blob.content);
  return { encrypted: cipher !== undefined && cipher.content.toString('latin1') !== 'none', ...(weak === undefined ? {} : { weak }) };
}

/** A public key as SSH sends it (RFC 4253, section 6.6): the bits of `ssh-rsa`'s modulus; `ssh-dss` is weak at any length. */
export function weakPublicKey(blob: Bytes): SecretNote | undefined {
  const type = readString(blob, 0);
  const name = type?.content.toString('latin1');
  if (name === 'ssh-dss') return { code: 'weak-key', params: { algorithm: 'DSA', bits: 1024 } };
  if (type === undefined || name !== 'ssh-rsa') return undefined;
  const exponent = readString(blob, type.end);
  const modulus = exponent && readString(blob, exponent.end);
  if (modulus === undefined || modulus.content.length === 0) return undefined;
  const bytes = modulus.content[0] === 0 ? modulus.content.subarray(1) : modulus.content;
  const bits = bytes.length * 8 - Math.clz32(bytes[0] ?? 0) + 24;
  return bits < 2048 ? { code: 'weak-key', params: { algorithm: 'RSA', bits } } : undefined;
}

function readString(bytes: Bytes, at: number): { readonly content: Bytes; readonly end: number } | undefined {
  if (at + 4 > bytes.length) return undefined;
  const end = at + 4 + bytes.readUInt32BE(at);
  return end > bytes.length ? undefined : { content: bytes.subarray(at + 4, end), end };
}
