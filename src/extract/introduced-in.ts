import type { LayerPartial, MergedView } from './types.ts';

/**
 * Index of the layer since which the file of a visible entry has stated the same thing: from the top downwards, the last
 * layer whose version of the file `same` still accepts. A layer that only touches the file (chmod, a copied folder) does
 * not count as the one that brought the package.
 */
export function introducedIn<P>(view: MergedView<P>, entry: LayerPartial<P>, same: (older: P) => boolean): number {
  let layer = entry.layer;
  const history = view.history(entry.path);
  for (let i = history.length - 1; i >= 0; i--) {
    const older = history[i];
    if (!older || older.layer > entry.layer) continue;
    if (!same(older.partial)) break;
    layer = older.layer;
  }
  return layer;
}
