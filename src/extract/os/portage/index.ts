import type { FoundPackage, Gap } from '../../../model/index.ts';
import { introducedIn } from '../../introduced-in.ts';
import { deletedDatabase } from '../../os-deleted.ts';
import { osPurl } from '../../os-purl.ts';
import { readWithin } from '../../read-within.ts';
import type { Extractor, LayerPartial, MergedView } from '../../types.ts';
import { nameAndVersion, pathsOfContents, placeOf } from './parse.ts';

type PortagePartial =
  /** PF, SLOT, LICENSE or repository: one line. */
  | { readonly kind: 'fact'; readonly value: string }
  /** Paths, each ended by a line feed: one text is cheaper to keep than ten thousand. */
  | { readonly kind: 'files'; readonly paths: string };

const FACT_LIMIT = 64 << 10;
const CONTENTS_LIMIT = 64 << 20;

/**
 * Packages that Portage installed (Gentoo). Every package has a folder; its file PF, which repeats the folder's name, stands for the
 * package. `module` is the slot, `origin` the repository. The architecture is not recorded in plain words.
 */
export const portage: Extractor<PortagePartial> = {
  id: 'os/portage',
  version: 1,
  class: 'os',
  wants: {
    basenames: ['PF', 'SLOT', 'LICENSE', 'CONTENTS', 'repository'],
    accept: (_head, file) => placeOf(file.path) !== undefined,
  },

  async extract(file, ctx) {
    const place = placeOf(file.path);
    if (!place) return undefined;
    if (place.fact === 'CONTENTS') {
      const bytes = await readWithin(file, CONTENTS_LIMIT, ctx, { what: 'list of files', incomplete: false });
      return bytes && { kind: 'files', paths: pathsOfContents(bytes.toString('utf8')) };
    }
    const isPackage = place.fact === 'PF';
    const bytes = await readWithin(file, FACT_LIMIT, ctx, { what: 'portage package', incomplete: isPackage });
    if (!bytes) return undefined;
    const value = bytes.toString('utf8').trim();
    if (isPackage && (value !== place.pf || !nameAndVersion(value))) {
      ctx.gap({ code: 'malformed', params: { what: 'portage package without name or version' }, incomplete: true });
      return undefined;
    }
    return { kind: 'fact', value };
  },

  settle(view) {
    const beside = new Map(view.visible.map(({ path, partial }) => [path, partial]));
    const packages = view.visible.flatMap((entry) => toPackage(view, entry, beside));
    return { packages, gaps: packages.length === 0 ? deletedDatabases(view) : [] };
  },
};

function toPackage(
  view: MergedView<PortagePartial>,
  entry: LayerPartial<PortagePartial>,
  beside: ReadonlyMap<string, PortagePartial>,
): FoundPackage[] {
  const place = placeOf(entry.path);
  const stated = place?.fact === 'PF' ? nameAndVersion(place.pf) : undefined;
  if (!place || !stated) return [];
  const { folder, category } = place;
  const [slot, license, repository] = ['SLOT', 'LICENSE', 'repository'].map((fact) => {
    const found = beside.get(`${folder}/${fact}`);
    return found?.kind === 'fact' && found.value !== '' ? found.value : undefined;
  });
  const files = beside.get(`${folder}/CONTENTS`);
  const name = `${category}/${stated.name}`;
  return [
    {
      type: 'ebuild',
      name,
      version: stated.version,
      purl: osPurl({ type: 'ebuild', name, version: stated.version }),
      ...(repository ? { origin: repository } : {}),
      ...(slot ? { module: slot } : {}),
      ...(license ? { licenses: [license] } : {}),
      evidence: { kind: 'package-database', confidence: 'high' },
      path: entry.path,
      layer: introducedIn(view, entry, () => true),
      files: files?.kind === 'files' && files.paths !== '' ? files.paths.slice(0, -1).split('\n') : [],
    },
  ];
}

/** Single folders go when packages are removed or replaced; all of them only by hand. */
function deletedDatabases(view: MergedView<PortagePartial>): Gap[] {
  const deleted = view.removed.filter(({ path }) => placeOf(path)?.fact === 'PF');
  return deleted.slice(0, 1).map((entry) => deletedDatabase(view, entry, 'os/portage', 'portage database'));
}
