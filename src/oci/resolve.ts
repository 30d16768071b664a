import type { Descriptor, Digest, ImageConfig, Platform } from '../model/index.ts';
import { PlimsollError } from '../util/errors.ts';
import { isConfigType, isIndexType, isManifestType } from './media-types.ts';
import { formatPlatform, isAttestation, type PlatformChoice, platformDistance } from './platform.ts';
import { type Manifest, parseConfig, parseDocument } from './schema.ts';
import { type BlobSource, readConfig } from './source.ts';

/** Real indexes are one level deep, two in layouts. */
const MAX_DEPTH = 4;
const MAX_INDEXES = 64;
/** Children without a platform of their own are opened to learn it, no more than this many. */
const MAX_PROBES = 32;
/** Official images have some ten platforms. */
const MAX_IMAGES = 64;

/** An image, read down to its configuration; layers not read yet. */
export interface ImageContents {
  /** Absent in old `docker save` archives, which have no manifest in the registry's sense. */
  readonly descriptor?: Descriptor;
  readonly manifest: Pick<Manifest, 'config' | 'layers'> & Partial<Pick<Manifest, 'annotations'>>;
  readonly config: ImageConfig;
  readonly platform: Platform;
  /** The index that the image was chosen from, the outermost one. */
  readonly indexDigest?: Digest;
  /** Manifests beside it in its index that say that they are about it. Source: BuildKit, docs/attestations/attestation-storage.md. */
  readonly attestations?: readonly Descriptor[];
}

export interface ResolvedImage extends ImageContents {
  readonly descriptor: Descriptor;
}

interface Leaf {
  readonly descriptor: Descriptor;
  readonly indexDigest?: Digest;
  readonly attestations?: readonly Descriptor[];
}

/** Builders write one for each image. */
const MAX_ATTESTATIONS = 8;

/**
 * The image for the wanted platform among `tops` (manifests or indexes) and all that they contain. Attestations and other
 * artifacts are passed over. Throws `platform-missing` with what there is.
 */
export async function resolveImage(
  source: BlobSource,
  tops: readonly Descriptor[],
  choice: PlatformChoice,
  name: string,
): Promise<ResolvedImage> {
  const leaves = await gatherLeaves(source, tops);
  const [only] = leaves;
  if (only !== undefined && leaves.length === 1) {
    const image = await readImage(source, only);
    checkPlatform(image.platform, choice, name);
    return image;
  }
  const offers = await withPlatforms(source, leaves);
  const best = offers
    .map((offer) => ({ ...offer, distance: platformDistance(choice.platform, offer.platform) }))
    .filter((offer) => offer.distance !== undefined)
    .reduce<{ leaf: Leaf; distance: number | undefined } | undefined>(
      (a, b) => (a !== undefined && (a.distance ?? 0) <= (b.distance ?? 0) ? a : b),
      undefined,
    );
  if (best === undefined)
    throw missing(
      name,
      choice,
      offers.map((offer) => offer.platform),
    );
  return readImage(source, best.leaf);
}

/** One of the images that an index names, not read yet. */
export interface ListedImage {
  readonly descriptor: Descriptor;
  /** Throws coded errors: `not-an-image` for an artifact that its index does not announce as one. */
  read(): Promise<ResolvedImage>;
}

/** Every image among `tops` and all that they contain, in the order of the indexes, each digest once; see {@link resolveImage}. */
export async function listImages(source: BlobSource, tops: readonly Descriptor[]): Promise<readonly ListedImage[]> {
  const leaves = await gatherLeaves(source, tops);
  if (leaves.length > MAX_IMAGES) {
    const reason = `it names ${leaves.length} images, and ${MAX_IMAGES} are the most that are read at once`;
    throw new PlimsollError('manifest-invalid', { what: `The index of ${source.name}`, reason });
  }
  return leaves.map((leaf) => ({ descriptor: leaf.descriptor, read: () => readImage(source, leaf) }));
}

/** The manifest and configuration; throws `not-an-image` for artifacts of other kinds. */
async function readImage(source: BlobSource, leaf: Leaf): Promise<ResolvedImage> {
  const { descriptor, indexDigest, attestations } = leaf;
  const what = `The manifest ${descriptor.digest} of ${source.name}`;
  const manifest = parseDocument(await source.manifest(descriptor), what, descriptor.mediaType);
  if (manifest.kind === 'index')
    throw new PlimsollError('manifest-invalid', { what, reason: 'it is an index where a manifest is announced' });
  const { mediaType } = manifest.config;
  const config = await parseImageConfig(source, manifest, what);
  if (config === undefined) throw new PlimsollError('not-an-image', { what: source.name, mediaType: manifest.artifactType ?? mediaType });
  checkLayerCount(manifest.layers.length, config, what);
  const platform = descriptor.platform?.os ? descriptor.platform : platformOf(config);
  const beside = attestations && attestations.length > 0 ? { attestations } : {};
  return { descriptor, manifest, config, platform, ...(indexDigest === undefined ? {} : { indexDigest }), ...beside };
}

/** Undefined where the manifest says itself that it is no image, or names a foreign configuration type that does not read as one. */
async function parseImageConfig(source: BlobSource, manifest: Manifest, what: string): Promise<ImageConfig | undefined> {
  const known = isConfigType(manifest.config.mediaType);
  if (!known && manifest.artifactType !== undefined) return undefined;
  const bytes = await readConfig(source, manifest.config);
  try {
    return parseConfig(bytes, what.replace('The manifest', 'The configuration of'));
  } catch (error) {
    if (known) throw error;
    return undefined;
  }
}

/** No runtime starts an image whose layers and diff ids differ in number. Source: config.md, "rootfs". */
export function checkLayerCount(layers: number, config: ImageConfig, what: string): void {
  if (config.diffIds.length === layers) return;
  const reason = `it has ${layers} layers and its configuration ${config.diffIds.length}`;
  throw new PlimsollError('manifest-invalid', { what, reason });
}

/** The only image there is serves unless another platform was asked for by name; else throws `platform-missing`. */
export function checkPlatform(platform: Platform, choice: PlatformChoice, name: string): void {
  if (choice.explicit && platformDistance(choice.platform, platform) === undefined) throw missing(name, choice, [platform]);
}

export function platformOf(config: ImageConfig): Platform {
  return { os: config.os, architecture: config.architecture, ...(config.variant === undefined ? {} : { variant: config.variant }) };
}

/** Every manifest below `tops`, in order, once; those that a partial copy left out are dropped where others are there. */
async function gatherLeaves(source: BlobSource, tops: readonly Descriptor[]): Promise<readonly Leaf[]> {
  const seen = new Set<Digest>();
  const leaves: Leaf[] = [];
  const attestations = new Map<string, Descriptor[]>();
  let indexes = 0;

  async function visit(descriptor: Descriptor, indexDigest: Digest | undefined, depth: number): Promise<void> {
    if (seen.has(descriptor.digest)) return;
    seen.add(descriptor.digest);
    if (isAttestation(descriptor)) {
      const about = descriptor.annotations?.['vnd.docker.reference.digest'];
      const known = about === undefined ? [] : (attestations.get(about) ?? []);
      if (about !== undefined && known.length < MAX_ATTESTATIONS) attestations.set(about, [...known, descriptor]);
      return;
    }
    if (!isIndexType(descriptor.mediaType)) {
      leaves.push({ descriptor, ...(indexDigest === undefined ? {} : { indexDigest }) });
      return;
    }
    const what = `The index ${descriptor.digest} of ${source.name}`;
    if (depth >= MAX_DEPTH || ++indexes > MAX_INDEXES)
      throw new PlimsollError('manifest-invalid', { what, reason: 'indexes are nested too deep' });
    const index = parseDocument(await source.manifest(descriptor), what, descriptor.mediaType);
    if (index.kind === 'manifest')
      throw new PlimsollError('manifest-invalid', { what, reason: 'it is a manifest where an index is announced' });
    for (const child of index.manifests) await visit(child, indexDigest ?? descriptor.digest, depth + 1);
  }

  for (const top of tops) await visit(top, undefined, 0);
  const images = leaves
    .map((leaf) => ({ ...leaf, attestations: attestations.get(leaf.descriptor.digest) ?? [] }))
    .filter((leaf) => isManifestType(leaf.descriptor.mediaType) && !isArtifact(leaf.descriptor));
  const candidates = images.length > 0 ? images : leaves;
  if (candidates.length < 2 || candidates.length > MAX_INDEXES) return candidates;
  const present = await Promise.all(candidates.map((leaf) => source.has(leaf.descriptor)));
  const kept = candidates.filter((_, i) => present[i]);
  return kept.length > 0 ? kept : candidates;
}

function isArtifact(descriptor: Descriptor): boolean {
  return descriptor.artifactType !== undefined && !isConfigType(descriptor.artifactType);
}

async function withPlatforms(source: BlobSource, leaves: readonly Leaf[]): Promise<readonly { leaf: Leaf; platform: Platform }[]> {
  const offers: { leaf: Leaf; platform: Platform }[] = [];
  let probes = 0;
  for (const leaf of leaves) {
    const announced = leaf.descriptor.platform;
    if (announced !== undefined) offers.push({ leaf, platform: announced });
    else if (++probes <= MAX_PROBES) {
      const image = await readImage(source, leaf).catch(unlessArtifact);
      if (image) offers.push({ leaf, platform: image.platform });
    }
  }
  return offers;
}

/** What stands beside images is no image to choose, whether its entry says so or not. */
function unlessArtifact(error: unknown): undefined {
  if (error instanceof PlimsollError && error.code === 'not-an-image') return undefined;
  throw error;
}

function missing(name: string, choice: PlatformChoice, offered: readonly Platform[]): PlimsollError {
  const names = [...new Set(offered.map(formatPlatform))];
  const available = names.length === 0 ? '-' : names.slice(0, 20).join(', ');
  return new PlimsollError('platform-missing', { image: name, wanted: formatPlatform(choice.platform), available });
}
