import type { Descriptor, Digest } from '../../model/index.ts';
import { isDigest } from '../../oci/digest.ts';
import type { ByteRange } from '../../util/bytes.ts';

/** Where a layer's table of contents is and the digest that the manifest vouches for it with. */
export type TablePlace =
  /** The digest is that of the JSON; the blob's last bytes say where it is. Source: eStargz, "Content Verification". */
  | { readonly form: 'estargz'; readonly digest: Digest }
  /** The digest is that of the compressed JSON at `stored`. Source: containers/storage, zstd:chunked, annotations. */
  | { readonly form: 'zstd-chunked'; readonly digest: Digest; readonly stored: ByteRange };

const ESTARGZ_DIGEST = 'containerd.io/snapshot/stargz/toc.digest';
/** Of containers/storage, and of its first releases and stargz-snapshotter. */
const CHUNKED = ['io.github.containers.zstd-chunked', 'io.containers.zstd-chunked'];
/** Offset, length, length uncompressed, type; the only type is 1. */
const POSITION = /^(\d{1,15}):(\d{1,15}):\d{1,15}:1$/;

/** Undefined where the manifest names none that could be verified. */
export function tablePlace({ annotations, size }: Descriptor): TablePlace | undefined {
  for (const prefix of CHUNKED) {
    const digest = annotations?.[`${prefix}.manifest-checksum`];
    const [, offset, length] = POSITION.exec(annotations?.[`${prefix}.manifest-position`] ?? '') ?? [];
    if (digest === undefined || !isDigest(digest) || offset === undefined) continue;
    const stored = { start: Number(offset), end: Number(offset) + Number(length) };
    return stored.end <= size ? { form: 'zstd-chunked', digest, stored } : undefined;
  }
  const digest = annotations?.[ESTARGZ_DIGEST];
  return digest !== undefined && isDigest(digest) ? { form: 'estargz', digest } : undefined;
}
