import type { LayerCache } from '../../cache/types.ts';
import type { ImageTarget } from '../../image/types.ts';
import type { Inventory } from '../../model/index.ts';
import type { IndexOptions } from './index-target.ts';
import { knownImage, layersDigest } from './known-image.ts';

type Options = Pick<IndexOptions, 'onKnown' | 'ownedFiles'> & { readonly cache?: LayerCache | undefined };

/** What an earlier scan made of the very same layers, `version` telling the code that read them; undefined where none did. */
export async function knownInventory(image: ImageTarget, version: string, options: Options): Promise<Inventory | undefined> {
  const { cache, ownedFiles = true } = options;
  const known = cache && (await knownImage(cache, version, image, ownedFiles));
  if (!known) return undefined;
  tellKnown(image, version, options);
  const { packages, gaps, ...origin } = known;
  return {
    schemaVersion: 1,
    target: image.info,
    ...origin,
    config: image.config,
    layers: image.layers.map((layer) => layer.info),
    packages,
    gaps,
  };
}

/** Names what an inventory rests on whose layers were all known: see {@link IndexOptions.onKnown}. */
export function tellKnown(image: ImageTarget, version: string, { onKnown }: Options): void {
  const digest = layersDigest(image);
  if (digest !== undefined) onKnown?.(`${digest} ${version}`);
}
