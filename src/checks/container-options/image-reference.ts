/** What an image's name says, as far as rules ask. */
export interface ImageName {
  readonly name: string;
  readonly tag?: string;
  /** With its algorithm, as written. */
  readonly digest?: string;
}

/** Splits `registry:5000/name:tag@sha256:...`. Nothing is checked: what is wrong is the rules' business. */
export function splitImage(image: string): ImageName {
  const at = image.indexOf('@');
  const named = at < 0 ? image : image.slice(0, at);
  const colon = named.lastIndexOf(':');
  const tagged = colon > named.lastIndexOf('/');
  return {
    name: tagged ? named.slice(0, colon) : named,
    ...(tagged ? { tag: named.slice(colon + 1) } : {}),
    ...(at < 0 ? {} : { digest: image.slice(at + 1) }),
  };
}

/** Source: OCI image specification, descriptor.md, registered algorithms. */
const DIGEST = /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}|blake3:[0-9a-f]{64})$/;

export function isDigest(text: string): boolean {
  return DIGEST.test(text);
}

/** The image's name with a digest that was written twice over mended: `@sha256:sha256:...`. */
export function mendedDigest(digest: string): string | undefined {
  const mended = digest.replace(/^(?:(?:sha256|sha512)[:-]?)+(?=(?:sha256|sha512):)/i, '');
  return mended !== digest && isDigest(mended) ? mended : undefined;
}
