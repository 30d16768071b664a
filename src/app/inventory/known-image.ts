import { hash } from 'node:crypto';
import type { CacheKey, LayerCache } from '../../cache/types.ts';
import type { ImageTarget } from '../../image/types.ts';
import type { Digest, Inventory, LayerRef, Package } from '../../model/index.ts';
import type { Bytes } from '../../util/bytes.ts';
import { layerRef } from './layer-ref.ts';

/** What an inventory says of its layers alone; target and configuration belong to the name that the image was asked for by. */
export type KnownImage = Pick<Inventory, 'distro' | 'repositories' | 'packages' | 'gaps'>;

const FAMILY = 'inventory';

/**
 * Layers are named by their index, so that no command of the image's history is kept, and the files that packages own stand by
 * themselves: most of the bytes, and no report shows them.
 */
interface Stored extends Omit<KnownImage, 'packages'> {
  readonly packages: readonly (Omit<Package, 'layer' | 'modified' | 'files'> & { readonly layer: number; readonly modified?: number })[];
}

/**
 * What a scan of the very same layers came to; undefined where none did, or where a layer's digest is merely claimed. Lists of
 * files are read where `ownedFiles` asks for them.
 */
export async function knownImage(
  cache: LayerCache,
  version: string,
  image: ImageTarget,
  ownedFiles: boolean,
): Promise<KnownImage | undefined> {
  const key = keyOf(image, version);
  const entry = key && (await cache.read(key, ownedFiles ? ['inventory', 'files'] : ['inventory'], () => true));
  if (!entry) return undefined;
  const { blocks } = entry;
  const { packages, ...rest } = JSON.parse(String(blocks.inventory)) as Stored;
  const refs = image.layers.map(({ info }) => layerRef(info));
  const files = blocks.files && (JSON.parse(String(blocks.files)) as Readonly<Record<string, readonly string[]>>);
  return {
    ...rest,
    packages: packages.map((one) => {
      const owned = files?.[one.id];
      // Written over and not put behind the others: a field keeps its place, so that reports are the same to the byte.
      const layers: Pick<Package, 'layer' | 'modified'> = {
        layer: refs[one.layer] as LayerRef,
        ...(one.modified === undefined ? {} : { modified: refs[one.modified] as LayerRef }),
      };
      return { ...(one as Omit<Package, 'layer' | 'modified'>), ...layers, ...(owned ? { files: owned } : {}) };
    }),
  };
}

/** Keeps an inventory that was made of known layers: what is scanned once only is not worth the time. */
export async function rememberImage(cache: LayerCache, version: string, image: ImageTarget, inventory: Inventory): Promise<void> {
  const key = keyOf(image, version);
  const blocks = key && blocksOf(inventory);
  if (blocks) await cache.write(key, { facts: {}, blocks });
}

/** Undefined for half a gigabyte, the longest text there is. */
function blocksOf({ distro, repositories, gaps, packages }: Inventory): Record<'inventory' | 'files', Bytes> | undefined {
  // Every package of an image names its layer; it stays where it stands among the fields, so that reports are the same to the byte.
  const bare = packages.map(({ files: _, ...one }) => ({
    ...(one as Omit<Package, 'layer' | 'modified' | 'files'>),
    layer: (one.layer as LayerRef).index,
    ...(one.modified ? { modified: one.modified.index } : {}),
  }));
  const stored: Stored = { ...(distro ? { distro } : {}), ...(repositories ? { repositories } : {}), gaps, packages: bare };
  const files = Object.fromEntries(packages.flatMap(({ id, files }) => (files ? [[id, files]] : [])));
  try {
    return { inventory: Buffer.from(JSON.stringify(stored)), files: Buffer.from(JSON.stringify(files)) };
  } catch {
    return undefined;
  }
}

function keyOf(image: ImageTarget, version: string): CacheKey | undefined {
  const digest = layersDigest(image);
  return digest && { digest, family: FAMILY, version, mode: 'whole' };
}

/**
 * Names the layers' digests and all else that is said of them: an image that says anything else of the same layers is merged anew.
 * Undefined where a digest has to be checked first.
 */
export function layersDigest({ layers }: ImageTarget): Digest | undefined {
  if (layers.length === 0 || layers.some((layer) => layer.digestIsClaimed)) return undefined;
  const said = layers.map(({ descriptor, diffId, info }) => [descriptor.digest, descriptor.size, diffId ?? '', info]);
  return `sha256:${hash('sha256', JSON.stringify(said), 'hex')}`;
}
