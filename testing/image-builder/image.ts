import { createHash } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import type { Descriptor, Digest, Platform } from '../../src/model/index.ts';
import { type IndexedForm, type IndexedOptions, indexedLayer } from './indexed-layer.ts';
import { type TarEntry, writeTar } from './tar-writer.ts';

/** What an image is made of. Equal descriptions give equal digests. */
export interface ImageDescription {
  readonly platform: Platform;
  /** RFC 3339; written into the configuration and its history. */
  readonly created: string;
  /** Runtime configuration, written as given. Source: OCI image specification, config.md, "config". */
  readonly config?: RuntimeConfig;
  /** The instructions, first to last. */
  readonly steps: readonly Step[];
  /** `docker` writes Docker's schema 2 media types, `oci` (the default) those of OCI. */
  readonly mediaTypes?: 'oci' | 'docker';
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface RuntimeConfig {
  readonly User?: string;
  readonly Env?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly WorkingDir?: string;
  readonly Labels?: Readonly<Record<string, string>>;
  readonly ExposedPorts?: Readonly<Record<string, object>>;
  readonly Volumes?: Readonly<Record<string, object>>;
  /** Docker's own; durations in nanoseconds. */
  readonly Healthcheck?: { readonly Test: readonly string[]; readonly Interval?: number; readonly Timeout?: number };
}

/** One line of the history. Without `files` it changed the configuration only and has no layer. */
export interface Step {
  /** The instruction as BuildKit writes it: `RUN /bin/sh -c apt-get update # buildkit`. */
  readonly createdBy: string;
  /** The content of the layer; parent folders are added, entries are sorted by path unless `keepOrder`. */
  readonly files?: readonly TarEntry[];
  readonly keepOrder?: boolean;
  readonly compression?: Compression | IndexedForm;
  /** For the forms with a table of contents. */
  readonly indexed?: IndexedOptions;
}

export type Compression = 'gzip' | 'zstd' | 'none';

/** An image in memory: the descriptor of its manifest and every blob by digest. */
export interface BuiltImage {
  readonly descriptor: Descriptor;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  /** Digests of the uncompressed layers, bottom first. */
  readonly diffIds: readonly Digest[];
  readonly blobs: ReadonlyMap<Digest, Buffer>;
}

const MEDIA = {
  oci: {
    manifest: 'application/vnd.oci.image.manifest.v1+json',
    config: 'application/vnd.oci.image.config.v1+json',
    layer: {
      gzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
      zstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
      none: 'application/vnd.oci.image.layer.v1.tar',
    },
  },
  docker: {
    manifest: 'application/vnd.docker.distribution.manifest.v2+json',
    config: 'application/vnd.docker.container.image.v1+json',
    layer: {
      gzip: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
      zstd: 'application/vnd.docker.image.rootfs.diff.tar.zstd',
      none: 'application/vnd.docker.image.rootfs.diff.tar',
    },
  },
} as const;

/** Builds layers, configuration and manifest. Source: OCI image specification 1.1, config.md, layer.md, manifest.md. */
export function buildImage(description: ImageDescription): BuiltImage {
  const media = MEDIA[description.mediaTypes ?? 'oci'];
  const blobs = new Map<Digest, Buffer>();
  const keep = (mediaType: string, bytes: Buffer): Descriptor => {
    const digest = sha256(bytes);
    blobs.set(digest, bytes);
    return { mediaType, digest, size: bytes.length };
  };

  const layers: Descriptor[] = [];
  const diffIds: Digest[] = [];
  for (const step of description.steps) {
    if (!step.files) continue;
    const files = step.keepOrder ? step.files : inOrder(step.files);
    const compression = step.compression ?? 'gzip';
    if (compression === 'estargz' || compression === 'zstd:chunked') {
      const { stored, tar, annotations } = indexedLayer(compression, files, step.indexed);
      diffIds.push(sha256(tar));
      layers.push({ ...keep(media.layer[compression === 'estargz' ? 'gzip' : 'zstd'], stored), annotations });
      continue;
    }
    const tar = writeTar(files);
    diffIds.push(sha256(tar));
    layers.push(keep(media.layer[compression], compress(tar, compression)));
  }
  const config = keep(media.config, json(imageConfig(description, diffIds)));
  const manifest = json({
    schemaVersion: 2,
    mediaType: media.manifest,
    config,
    layers,
    ...(description.annotations ? { annotations: description.annotations } : {}),
  });
  const descriptor = { ...keep(media.manifest, manifest), platform: description.platform };
  return { descriptor, config, layers, diffIds, blobs };
}

function imageConfig(description: ImageDescription, diffIds: readonly Digest[]): object {
  return {
    created: description.created,
    ...description.platform,
    config: description.config ?? {},
    rootfs: { type: 'layers', diff_ids: diffIds },
    history: description.steps.map((step) => ({
      created: description.created,
      created_by: step.createdBy,
      ...(step.createdBy.endsWith('# buildkit') || !step.files ? { comment: 'buildkit.dockerfile.v0' } : {}),
      ...(step.files ? {} : { empty_layer: true }),
    })),
  };
}

/** Entries by path, each parent folder before what is in it; a path given twice keeps its last entry. */
function inOrder(files: readonly TarEntry[]): TarEntry[] {
  const byPath = new Map<string, TarEntry>();
  for (const file of files) {
    for (let slash = file.path.indexOf('/'); slash > 0; slash = file.path.indexOf('/', slash + 1)) {
      const parent = file.path.slice(0, slash);
      if (!byPath.has(parent)) byPath.set(parent, { path: parent, type: 'directory' });
    }
    byPath.set(file.path.replace(/\/$/, ''), file);
  }
  return [...byPath.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

function compress(tar: Buffer, compression: Compression): Buffer {
  if (compression === 'none') return tar;
  if (compression === 'zstd') return zstdCompressSync(tar);
  const gzip = gzipSync(tar, { level: 6 });
  gzip[9] = 255; // RFC 1952, "OS": unknown, for the same bytes on every system
  return gzip;
}

/** Digest of `bytes` as OCI writes it. */
export function sha256(bytes: Buffer): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** `value` as a blob. */
export function json(value: object): Buffer {
  return Buffer.from(JSON.stringify(value));
}
