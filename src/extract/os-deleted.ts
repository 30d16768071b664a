import type { Gap } from '../model/index.ts';
import type { LayerPartial, MergedView } from './types.ts';

/**
 * The gap for a package database that a later layer deleted: what it listed may well be there still, unseen. (Slim images are
 * made so, and so are images that want to look empty.) `what` names the database, `stage` is the extractor.
 */
export function deletedDatabase<P>(view: MergedView<P>, { path, layer }: LayerPartial<P>, stage: string, what: string): Gap {
  const digest = view.layers[layer]?.digest;
  return {
    code: 'unreadable',
    params: { what: `${what} deleted in a later layer` },
    stage,
    path,
    ...(digest ? { layer: digest } : {}),
    incomplete: true,
  };
}
