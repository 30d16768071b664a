import type { FoundPackage, Gap } from '../../../model/index.ts';
import { introducedIn } from '../../introduced-in.ts';
import { deletedDatabase } from '../../os-deleted.ts';
import { osPurl } from '../../os-purl.ts';
import { readWithin } from '../../read-within.ts';
import type { Extractor, LayerPartial, MergedView } from '../../types.ts';
import { type PacmanPackage, parseDesc, pathsOfFiles } from './parse.ts';

type PacmanPartial =
  | { readonly kind: 'package'; readonly stated: PacmanPackage }
  /** Paths, each ended by a line feed: one text is cheaper to keep than ten thousand. */
  | { readonly kind: 'files'; readonly paths: string };

const FILE = /^var\/lib\/pacman\/local\/[^/]+\/(desc|files)$/;
const DESC_LIMIT = 4 << 20;
const FILES_LIMIT = 64 << 20;

/**
 * Packages that pacman installed (Arch Linux and its derivatives), from the folder that its local database has for each. From
 * which repository a package came is not in there; the packager is, and matching decides.
 */
export const pacman: Extractor<PacmanPartial> = {
  id: 'os/pacman',
  version: 1,
  class: 'os',
  wants: { basenames: ['desc', 'files'], accept: (_head, file) => FILE.test(file.path) },

  async extract(file, ctx) {
    if (file.path.endsWith('/files')) {
      const bytes = await readWithin(file, FILES_LIMIT, ctx, { what: 'list of files', incomplete: false });
      return bytes && { kind: 'files', paths: pathsOfFiles(bytes.toString('utf8')) };
    }
    const bytes = await readWithin(file, DESC_LIMIT, ctx, { what: 'pacman package', incomplete: true });
    if (!bytes) return undefined;
    // pacman ends every block, the last one too, with an empty line.
    if (bytes[bytes.length - 1] !== 0x0a) ctx.gap({ code: 'truncated', params: { what: 'pacman package' }, incomplete: true });
    const stated = parseDesc(bytes.toString('utf8'));
    if (stated) return { kind: 'package', stated };
    ctx.gap({ code: 'malformed', params: { what: 'pacman package without name or version' }, incomplete: true });
    return undefined;
  },

  settle(view) {
    const beside = new Map(view.visible.map(({ path, partial }) => [path, partial]));
    const packages = view.visible.flatMap((entry) => toPackage(view, entry, beside));
    return { packages, gaps: packages.length === 0 ? deletedDatabases(view) : [] };
  },
};

function toPackage(
  view: MergedView<PacmanPartial>,
  entry: LayerPartial<PacmanPartial>,
  beside: ReadonlyMap<string, PacmanPartial>,
): FoundPackage[] {
  const { path, partial } = entry;
  if (partial.kind !== 'package') return [];
  const { name, version, base, arch, packager, licenses } = partial.stated;
  const files = beside.get(`${path.slice(0, -'desc'.length)}files`);
  return [
    {
      type: 'alpm',
      name,
      version,
      purl: osPurl({ type: 'alpm', name, version, ...(arch ? { arch } : {}) }),
      ...(arch ? { arch } : {}),
      source: { name: base ?? name, version },
      ...(packager ? { maintainer: packager } : {}),
      ...(licenses ? { licenses } : {}),
      evidence: { kind: 'package-database', confidence: 'high' },
      path,
      layer: introducedIn(view, entry, (older) => older.kind === 'package' && older.stated.version === version),
      files: files?.kind === 'files' && files.paths !== '' ? files.paths.slice(0, -1).split('\n') : [],
    },
  ];
}

/** Single folders go when packages are removed or replaced; all of them only by hand. */
function deletedDatabases(view: MergedView<PacmanPartial>): Gap[] {
  const deleted = view.removed.filter(({ partial }) => partial.kind === 'package');
  return deleted.slice(0, 1).map((entry) => deletedDatabase(view, entry, 'os/pacman', 'pacman database'));
}
