import type { Descriptor, Digest, HistoryEntry, LayerInfo, TargetInfo } from '../../model/index.ts';
import { isForeignLayer } from '../../oci/media-types.ts';
import { formatPlatform, isEveryPlatform } from '../../oci/platform.ts';
import { type ImageContents, listImages, type ResolvedImage, resolveImage } from '../../oci/resolve.ts';
import type { BlobSource } from '../../oci/source.ts';
import type { ByteRange } from '../../util/bytes.ts';
import { PlimsollError } from '../../util/errors.ts';
import type { ImageTarget, LayerSource, PlatformsTarget } from '../types.ts';
import { platformChoice } from './options.ts';

/** What of a target's description the image itself does not tell. */
export type Named = Pick<TargetInfo, 'spec' | 'name' | 'repository' | 'tags'>;

/** Where an image is chosen from. */
export interface Choice {
  readonly tops: readonly Descriptor[];
  /** For messages. */
  readonly name: string;
  readonly named: (image: ResolvedImage) => Named;
  readonly close: () => Promise<void>;
}

/** The image for the platform that was asked for, or all of them. */
export async function chosenImage(
  source: BlobSource,
  { tops, name, named, close }: Choice,
  platform: string | undefined,
): Promise<ImageTarget | PlatformsTarget> {
  if (!isEveryPlatform(platform)) {
    const image = await resolveImage(source, tops, platformChoice(platform), name);
    return imageTarget(source, image, named(image), close);
  }
  const images = (await listImages(source, tops)).map(({ descriptor, read }) => ({
    digest: descriptor.digest,
    ...(descriptor.platform?.os ? { platform: formatPlatform(descriptor.platform) } : {}),
    open: async () => {
      const image = await read();
      return imageTarget(source, image, named(image), async () => undefined);
    },
  }));
  return { kind: 'platforms', images, close };
}

/** An image whose layers are read from `source` when asked for. */
export function imageTarget(source: BlobSource, image: ImageContents, named: Named, close: () => Promise<void>): ImageTarget {
  const { attestations = [] } = image;
  return {
    kind: 'image',
    info: {
      kind: 'image',
      ...named,
      ...(image.descriptor === undefined ? {} : { digest: image.descriptor.digest }),
      configDigest: image.manifest.config.digest,
      ...(image.indexDigest === undefined ? {} : { indexDigest: image.indexDigest }),
      platform: image.platform,
    },
    config: image.config,
    ...annotationsOf(image),
    ...(attestations.length > 0
      ? { provenance: async () => (await import('../../oci/attestations.ts')).statements(source, attestations) }
      : {}),
    ...attachedTo(source, image),
    layers: layerSources(source, image),
    close,
  };
}

/** An index is what most builders attach their statements to. */
function attachedTo(source: BlobSource, { descriptor, indexDigest }: ImageContents): Pick<ImageTarget, 'attached' | 'attachedHere'> {
  if (!source.attached || !descriptor) return {};
  const digests = [descriptor.digest, ...(indexDigest === undefined ? [] : [indexDigest])];
  const attached = async () => (await import('../../oci/attestations.ts')).attachedStatements(source, digests);
  return { attached, ...(source.local ? { attachedHere: true } : {}) };
}

function annotationsOf({ descriptor, manifest }: ImageContents): Pick<ImageTarget, 'annotations'> {
  const all = { ...descriptor?.annotations, ...manifest.annotations };
  return Object.keys(all).length === 0 ? {} : { annotations: all };
}

function layerSources(source: BlobSource, image: ImageContents): readonly LayerSource[] {
  const { layers } = image.manifest;
  const history = layerHistory(image.config.history, layers.length);
  return layers.map((descriptor, index) => {
    const diffId = image.config.diffIds[index];
    const made = history[index];
    const info: LayerInfo = {
      index,
      digest: descriptor.digest,
      ...(diffId === undefined ? {} : { diffId }),
      ...(made?.createdBy === undefined ? {} : { createdBy: made.createdBy }),
      ...(made?.created === undefined ? {} : { created: made.created }),
      mediaType: descriptor.mediaType,
      size: descriptor.size,
    };
    const ranges = source.blobRange ? { readRange: async (range: ByteRange) => source.blobRange?.(descriptor, range) } : {};
    const open = () => openLayer(source, descriptor);
    return { info, descriptor, ...checks(source.unvouched?.(descriptor), diffId), open, ...ranges };
  });
}

/** What is to be checked beyond the stored digest: nothing where a manifest names it. See LayerSource.diffId. */
function checks(
  origin: 'configuration' | 'bytes' | undefined,
  diffId: Digest | undefined,
): Pick<LayerSource, 'digestIsClaimed' | 'diffId' | 'vouched'> {
  if (origin === undefined) return { vouched: true };
  if (origin === 'configuration') return { digestIsClaimed: true };
  return origin === 'bytes' && diffId !== undefined ? { diffId } : {};
}

/** The entry that made each layer; none at all where the counts differ, because a wrong command is worse than no command. */
function layerHistory(history: readonly HistoryEntry[], layers: number): readonly HistoryEntry[] {
  const made = history.filter((entry) => !entry.emptyLayer);
  return made.length === layers ? made : [];
}

const ABSENT: ReadonlySet<string> = new Set(['blob-missing', 'registry-blob-unknown', 'containerd-blob-missing']);

async function openLayer(source: BlobSource, descriptor: Descriptor) {
  try {
    return await source.blob(descriptor);
  } catch (error) {
    const absent = error instanceof PlimsollError && ABSENT.has(error.code);
    if (!absent || !isForeignLayer(descriptor.mediaType)) throw error;
    throw new PlimsollError('layer-foreign', { digest: descriptor.digest, mediaType: descriptor.mediaType }, { cause: error });
  }
}
