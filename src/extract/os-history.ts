import type { LayerPartial } from './types.ts';

/**
 * For every package that the topmost version of a database lists, the layer since which it is there without a break, by
 * `keyOf` (name, version and architecture). `history` is bottom layer first, as {@link MergedView.history} gives it.
 */
export function introducedBy<P, Q>(
  history: readonly LayerPartial<P>[],
  packagesOf: (partial: P) => readonly Q[],
  keyOf: (found: Q) => string,
): ReadonlyMap<string, number> {
  let since = new Map<string, number>();
  for (const { partial, layer } of history) {
    const now = new Map<string, number>();
    for (const found of packagesOf(partial)) {
      const key = keyOf(found);
      now.set(key, since.get(key) ?? layer);
    }
    since = now;
  }
  return since;
}
