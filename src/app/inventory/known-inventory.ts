import type { LayerCache } from '../../cache/types.ts';
import type { ImageTarget } from '../../image/types.ts';
import type { Inventory } from '../../model/index.ts';
import { knownImage, layersDigest } from './known-image.ts';

interface Options {
  readonly cache?: LayerCache | undefined;
  /** False: the files that packages own may be left out. */
  readonly ownedFiles?: boolean | undefined;
  /** Called with a name for all that an inventory rests on. */
  readonly onKnown?: ((name: string) => void) | undefined;
}

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

/** Names what an inventory rests on whose layers were all known: the layers and the code that reads them. */
export function tellKnown(image: ImageTarget, version: string, { onKnown }: Options): void {
  const digest = layersDigest(image);
  if (digest !== undefined) onKnown?.(`${digest} ${version}`);
}
