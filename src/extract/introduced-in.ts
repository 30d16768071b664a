import type { LayerPartial, MergedView } from './types.ts';

/**
 * Index of the layer since which the file of a visible entry has stated the same thing: from the top downwards, the last
 * layer whose version of the file `same` still accepts. A layer that only touches the file (chmod, a copied folder) does
 * not count as the one that brought the package.
 */
export function introducedIn<P>(view: MergedView<P>, entry: LayerPartial<P>, same: (older: P) => boolean): number {
  return lowest(entry, olderVersions(view, entry), (older) => same(older.partial));
}

/** As {@link introducedIn}, for files that state many packages: `keysOf` is asked once for each version of the file. */
export function introductions<P>(
  view: MergedView<P>,
  entry: LayerPartial<P>,
  keysOf: (partial: P) => Iterable<string>,
): (key: string) => number {
  const older = olderVersions(view, entry).map(({ layer, partial }) => ({ layer, keys: new Set(keysOf(partial)) }));
  return (key) => lowest(entry, older, (version) => version.keys.has(key));
}

/** Topmost first. */
function olderVersions<P>(view: MergedView<P>, entry: LayerPartial<P>): LayerPartial<P>[] {
  return view
    .history(entry.path)
    .filter((version) => version.layer < entry.layer)
    .reverse();
}

function lowest<V extends { readonly layer: number }>(
  entry: { readonly layer: number },
  older: readonly V[],
  same: (version: V) => boolean,
): number {
  const changed = older.findIndex((version) => !same(version));
  const unchanged = changed < 0 ? older : older.slice(0, changed);
  return unchanged.at(-1)?.layer ?? entry.layer;
}
