import type { Digest } from './digest.ts';
import type { Gap } from './gap.ts';
import type { ImageConfig, Platform } from './oci.ts';
import type { LayerRef, Package } from './package.ts';

/** A Linux distribution release, from os-release or its older kin. Source: freedesktop os-release(5). */
export interface Distro {
  /** `debian`, `alpine`, `ubuntu`, `rhel`, ... */
  readonly id: string;
  readonly idLike?: readonly string[];
  /** `12`, `3.20.3`, `22.04`; absent for rolling releases. */
  readonly versionId?: string;
  readonly codename?: string;
  readonly prettyName?: string;
  /** The release that a derivative says it is made from (UBUNTU_CODENAME, DEBIAN_CODENAME). */
  readonly parent?: { readonly id: 'debian' | 'ubuntu'; readonly versionId: string };
  /** CPE_NAME of os-release. */
  readonly cpe?: string;
  readonly path: string;
}

export interface LayerInfo extends LayerRef {
  readonly mediaType: string;
  /** Bytes as stored. */
  readonly size: number;
  readonly created?: string;
  /** `lazy`: read by its table of contents. What the table leaves out was not seen, and the layer's own digest was not checked. */
  readonly readMode?: 'lazy';
  /** Of a lazily read layer: the bytes of `size` that were fetched. */
  readonly bytesFetched?: number;
}

/** What was scanned. */
export interface TargetInfo {
  /** `file`: one file, an archive that is no image, or what came on standard input; only secrets are looked for in them. */
  readonly kind: 'image' | 'rootfs' | 'dir' | 'sbom' | 'file';
  /** As the user wrote it. */
  readonly spec: string;
  /** For people: the reference or path. */
  readonly name: string;
  /** Repository without tag, where there is one: part of every fingerprint. */
  readonly repository?: string;
  readonly tags?: readonly string[];
  /** Digest of the image manifest. */
  readonly digest?: Digest;
  readonly configDigest?: Digest;
  /** Digest of the index the manifest was chosen from. */
  readonly indexDigest?: Digest;
  readonly platform?: Platform;
}

/** Everything that is inside a target. Needs no database; never changes for the same content and extractor versions. */
export interface Inventory {
  readonly schemaVersion: 1;
  readonly target: TargetInfo;
  readonly distro?: Distro;
  /** Repositories (Red Hat content sets) that the image says its packages come from. */
  readonly repositories?: readonly string[];
  readonly config?: ImageConfig;
  readonly layers: readonly LayerInfo[];
  readonly packages: readonly Package[];
  readonly gaps: readonly Gap[];
}
