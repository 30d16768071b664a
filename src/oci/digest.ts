import { createHash } from 'node:crypto';
import type { Digest } from '../model/index.ts';
import type { Bytes } from '../util/bytes.ts';

/** Registered algorithms with lower-case hex of the exact length, so that a digest can never be a path. Source: descriptor.md, "Digests". */
const DIGEST = /^(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/;

export function isDigest(text: string): text is Digest {
  return DIGEST.test(text);
}

export function sha256(bytes: Bytes | string): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** `sha256-<hex>`, which stands for what is about a manifest: a colon may not be in a tag, and the hex is cut at 64 characters. Source: OCI distribution specification 1.1, "Referrers Tag Schema". */
export function referrersTag(digest: Digest): string {
  const { algorithm, hex } = digestParts(digest);
  return `${algorithm.slice(0, 32)}-${hex.slice(0, 64)}`;
}

/** `sha256` and the hex of a digest. */
export function digestParts(digest: Digest): { readonly algorithm: string; readonly hex: string } {
  const colon = digest.indexOf(':');
  return { algorithm: digest.slice(0, colon), hex: digest.slice(colon + 1) };
}
