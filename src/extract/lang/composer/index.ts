import { isObject, strings } from '../../../util/fields.ts';
import { formatPurl } from '../../../util/purl.ts';
import { introductions } from '../../introduced-in.ts';
import { isVersion, jsonObject, textOf } from '../../lock-file.ts';
import { readWithin } from '../../read-within.ts';
import type { Extractor } from '../../types.ts';

interface Installed {
  readonly name: string;
  readonly version: string;
  readonly licenses?: readonly string[];
}

interface ComposerPartial {
  readonly packages: readonly Installed[];
}

/** The largest applications have some 500 packages of 2 kB. */
const LIMIT = 32 << 20;
const WHAT = 'installed.json';
const NAME = /^[a-z0-9][\w.-]{0,255}\/[a-z0-9][\w.-]{0,255}$/i;

/**
 * Packages that Composer installed, from `composer/installed.json` in the folder of dependencies, whatever that is called: a
 * list in Composer 1, an object with `packages` in Composer 2. The installed.php beside it says the same.
 */
export const composer: Extractor<ComposerPartial> = {
  id: 'lang/composer',
  version: 1,
  class: 'library',
  appliesTo: 'image',
  wants: { basenames: ['installed.json'], accept: (_head, file) => /(^|\/)composer\/installed\.json$/.test(file.path) },

  async extract(file, ctx) {
    const bytes = await readWithin(file, LIMIT, ctx, { what: WHAT, incomplete: true });
    if (!bytes) return undefined;
    const { packages, broken } = parseInstalled(textOf(bytes));
    if (broken) ctx.gap({ code: 'malformed', params: { what: WHAT }, incomplete: true });
    return packages && { packages };
  },

  settle: (view) => ({
    packages: view.visible.flatMap((entry) => {
      const layerOf = introductions(view, entry, ({ packages }) => packages.map(keyOf));
      return entry.partial.packages.map((one) => {
        const [namespace, name] = one.name.split('/') as [string, string];
        return {
          ...one,
          type: 'composer' as const,
          purl: formatPurl({ type: 'composer', namespace, name, version: one.version }),
          evidence: { kind: 'package-database', confidence: 'high', detail: WHAT } as const,
          path: entry.path,
          layer: layerOf(keyOf(one)),
        };
      });
    }),
  }),
};

function keyOf({ name, version }: Installed): string {
  return `${name} ${version}`;
}

/** Source: Composer, Repository/FilesystemRepository.php. */
function parseInstalled(text: string): { packages?: Installed[]; broken: boolean } {
  const list = text.trimStart().startsWith('[') ? jsonObject(`{"packages":${text}}`)?.packages : jsonObject(text)?.packages;
  if (!Array.isArray(list)) return { broken: true };
  const packages = (list as readonly unknown[]).flatMap((one): Installed[] => {
    if (!isObject(one) || typeof one.name !== 'string' || !NAME.test(one.name) || !isVersion(one.version)) return [];
    const licenses = strings(one.license);
    return [{ name: one.name, version: one.version, ...(licenses.length > 0 ? { licenses } : {}) }];
  });
  return { packages, broken: packages.length < list.length };
}
