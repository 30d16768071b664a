import type { Descriptor, Digest } from '../model/index.ts';
import type { ByteRange, ByteStream, Bytes } from '../util/bytes.ts';
import { readVerified } from './verify.ts';

/** Limit that registries set on manifests. Source: distribution specification 1.1, "Pushing Manifests". */
export const MANIFEST_LIMIT = 4 << 20;
/** Configurations are blobs and have no limit in the specification; real ones stay below 100 KB. */
export const CONFIG_LIMIT = 8 << 20;

/** Where manifests and blobs come from: a repository of a registry, a layout folder, an archive. */
export interface BlobSource {
  /** For messages: `registry/repository` or the path. */
  readonly name: string;
  /** The manifest or index, verified; at most {@link MANIFEST_LIMIT} bytes. Throws a coded error where it is absent. */
  manifest(descriptor: Descriptor): Promise<Bytes>;
  /** The stored bytes; size and digest are checked while they are read. */
  blob(descriptor: Descriptor): Promise<ByteStream>;
  /** These of the stored bytes, unchecked; undefined where the source gives only the whole. Absent where ranges save no work. */
  blobRange?(descriptor: Descriptor, range: ByteRange): Promise<Bytes | undefined>;
  /** Manifests that are kept beside the one with this digest and say that they are about it. Absent where the source keeps none. */
  attached?(digest: Digest): Promise<readonly Descriptor[]>;
  /** Nothing of it comes over a network. */
  readonly local?: true;
  /** False where the source is known not to hold the content (a copy of one platform of a multi-platform image). */
  has(descriptor: Descriptor): Promise<boolean>;
  /**
   * Where a layer's digest comes from if no manifest names it: `configuration`, which claims it, so that the bytes may have another
   * one; `bytes`, of which it was made, so that only the diff id tells whether they are the image's.
   */
  unvouched?(descriptor: Descriptor): 'configuration' | 'bytes';
}

/** A configuration, whole. */
export function readConfig(source: BlobSource, descriptor: Descriptor): Promise<Bytes> {
  return readVerified(() => source.blob(descriptor), descriptor, CONFIG_LIMIT, `The image configuration ${descriptor.digest}`);
}
