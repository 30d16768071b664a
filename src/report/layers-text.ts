import type { FindingLocation } from '../model/index.ts';

/** `#3`, the layer that brought it; `#3→#5` where another was the last to change it; empty where there are no layers. */
export function layersText({ layer, modified }: Pick<FindingLocation, 'layer' | 'modified'>): string {
  if (!layer) return '';
  return modified ? `#${layer.index}→#${modified.index}` : `#${layer.index}`;
}
