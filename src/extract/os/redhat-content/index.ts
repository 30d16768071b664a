import { gapOf, readWithin } from '../../read-within.ts';
import type { Extractor } from '../../types.ts';
import { contentSetsOf } from './schema.ts';

/** One manifest for each layer that Red Hat's build system made, in the first folder; newer images have the second one too. */
const FOLDERS = ['root/buildinfo/content_manifests', 'usr/share/buildinfo'];
const LIMIT = 4 << 20;

/**
 * The repositories (content sets) that a Red Hat image says its packages were taken from. Red Hat files its statements by product,
 * and a repository is what leads to the products: one package version may be fixed in one stream and not in another.
 * It gives no packages. Manifests of all layers count, since each speaks of what its own layer installed.
 */
export const redhatContent: Extractor<readonly string[]> = {
  id: 'os/redhat-content',
  version: 1,
  class: 'os',
  wants: { under: FOLDERS.map((dir) => ({ dir, suffix: '.json' })) },

  async extract(file, ctx) {
    const bytes = await readWithin(file, LIMIT, ctx, { what: 'content manifest', incomplete: false });
    if (!bytes) return undefined;
    try {
      return contentSetsOf(bytes);
    } catch (error) {
      const gap = gapOf(error);
      if (gap === undefined) throw error;
      ctx.gap({ ...gap, incomplete: false });
      return undefined;
    }
  },

  settle: (view) => ({ packages: [], repositories: [...new Set(view.visible.flatMap(({ partial }) => partial))].sort() }),
};
