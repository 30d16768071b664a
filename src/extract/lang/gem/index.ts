import type { FoundPackage } from '../../../model/index.ts';
import { formatPurl } from '../../../util/purl.ts';
import { introducedIn } from '../../introduced-in.ts';
import { textOf } from '../../lock-file.ts';
import { readWithin } from '../../read-within.ts';
import type { Extractor } from '../../types.ts';
import { type Gem, parseGemspec } from './parse.ts';

interface GemPartial extends Gem {
  /** Part of Ruby itself: a specification in `default`. */
  readonly isDefault: boolean;
}

/** Generated specifications list every file of the gem; the largest known are some 400 kB. */
const LIMIT = 4 << 20;
const WHAT = 'gem specification';

/**
 * Installed gems, from the specifications that RubyGems keeps of them: those of Ruby itself (role `default`) and all others
 * (`installed`). Gems that Bundler checked out from Git have none there and are not seen.
 */
export const gem: Extractor<GemPartial> = {
  id: 'lang/gem',
  version: 1,
  class: 'library',
  appliesTo: 'image',
  wants: { suffixes: ['.gemspec'], accept: (_head, file) => PLACE.test(file.path) },

  async extract(file, ctx) {
    const bytes = await readWithin(file, LIMIT, ctx, { what: WHAT, incomplete: true });
    if (!bytes) return undefined;
    const found = parseGemspec(textOf(bytes));
    if (found) return { ...found, isDefault: PLACE.exec(file.path)?.[1] !== undefined };
    ctx.gap({ code: 'malformed', params: { what: WHAT }, incomplete: true });
    return undefined;
  },

  settle: (view) => ({
    packages: view.visible.map((entry) => {
      const { name, version } = entry.partial;
      const layer = introducedIn(view, entry, (older) => older.name === name && older.version === version);
      return toPackage(entry.path, layer, entry.partial);
    }),
  }),
};

const PLACE = /(?:^|\/)specifications\/(default\/)?[^/]+$/;

function toPackage(path: string, layer: number, { name, version, platform, licenses, isDefault }: GemPartial): FoundPackage {
  const qualifiers = platform === 'ruby' ? {} : { qualifiers: { platform } };
  return {
    type: 'gem',
    name,
    version,
    purl: formatPurl({ type: 'gem', name, version, ...qualifiers }),
    ...(licenses.length > 0 ? { licenses } : {}),
    evidence: { kind: 'package-metadata', confidence: 'high', detail: WHAT },
    path,
    layer,
    role: isDefault ? 'default' : 'installed',
  };
}
