import type { Descriptor, Digest, ImageConfig, LayerInfo, TargetInfo } from '../model/index.ts';
import type { ByteRange, ByteStream, Bytes } from '../util/bytes.ts';
import type { FileReceiver, WalkOptions } from './walk/types.ts';

/** An image opened for reading: configuration known, layers not read yet. `close` frees temporary files. */
export interface ImageTarget {
  readonly kind: 'image';
  readonly info: TargetInfo;
  readonly config: ImageConfig;
  /** Of the manifest, and of what names it in its index. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** What the image's index says of how it was built, as far as it is there: in-toto statements, signed by nobody. Absent where there is none. */
  readonly provenance?: () => Promise<readonly Bytes[]>;
  /** What is attached to it where it comes from, and may be provenance; signatures are not looked at. Absent where nothing can be. */
  readonly attached?: () => Promise<readonly Bytes[]>;
  /** What is attached is read without a network. */
  readonly attachedHere?: true;
  /** Bottom first. */
  readonly layers: readonly LayerSource[];
  close(): Promise<void>;
}

/** A folder: the root file system of an image (`rootfs`) or somebody's project (`dir`). */
export interface TreeTarget {
  readonly kind: 'tree';
  readonly info: TargetInfo;
  /** Absolute path of the folder. */
  readonly root: string;
  close(): Promise<void>;
}

/** A document that says what is inside, in somebody else's words. */
export interface SbomTarget {
  readonly kind: 'sbom';
  readonly info: TargetInfo;
  /** The whole document, decompressed; throws `sbom-too-large`. */
  read(): Promise<Bytes>;
  close(): Promise<void>;
}

/** Files that lie in no layer and no folder: those of an archive that is no image, or one text. Only secrets are looked for in them. */
export interface ContentTarget {
  readonly kind: 'content';
  readonly info: TargetInfo;
  /** True for one text, which the receiver gets as a file of the target's name. */
  readonly single: boolean;
  /** Hands the files to the receiver as the walk of a layer does; throws where nothing can unpack them. May be called once. */
  read(receiver: FileReceiver, options: Pick<WalkOptions, 'signal' | 'onBytes' | 'onGap'>): Promise<void>;
  close(): Promise<void>;
}

export type Target = ImageTarget | TreeTarget | SbomTarget;

/** The images of several platforms that one name stands for. Closing it closes what they read from. */
export interface PlatformsTarget {
  readonly kind: 'platforms';
  /** At least one. */
  readonly images: readonly PlatformImage[];
  close(): Promise<void>;
}

export interface PlatformImage {
  /** Of the manifest. */
  readonly digest: Digest;
  /** As the index announces it: `linux/arm64/v8`; undefined where it does not say. */
  readonly platform?: string;
  /** Reads manifest and configuration. Throws coded errors. */
  open(): Promise<ImageTarget>;
}

/** One layer of an opened image. */
export interface LayerSource {
  readonly info: LayerInfo;
  readonly descriptor: Descriptor;
  /** True where a manifest names the digest of the stored bytes: what comes out of them needs no checksum of its own. */
  readonly vouched?: boolean;
  /**
   * What the uncompressed tar must hash to, checked while walking. Only where no manifest names the stored bytes' digest: one that
   * does settles what is scanned, and hashing all that comes out of it would cost half as much as inflating it.
   */
  readonly diffId?: Digest;
  /** True where only the configuration says the digest of the stored bytes: it means nothing before `open` was read to the end. */
  readonly digestIsClaimed?: boolean;
  /** Bytes as stored. The stream throws digest-mismatch or size-mismatch if they are not what the descriptor says. */
  open(): Promise<ByteStream>;
  /**
   * These of the bytes as stored, checked against nothing; undefined where the source sends all or nothing. Absent where ranges
   * save no work.
   */
  readRange?(range: ByteRange): Promise<Bytes | undefined>;
}
