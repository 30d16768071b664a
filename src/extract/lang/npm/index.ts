import type { FoundPackage, PackageEvidence } from '../../../model/index.ts';
import { formatPurl } from '../../../util/purl.ts';
import { introducedIn } from '../../introduced-in.ts';
import { readWithin } from '../../read-within.ts';
import type { Extractor } from '../../types.ts';
import { parsePackageJson } from './parse.ts';
import { folderName, namesFolder, placeOf } from './place.ts';

interface NpmPartial {
  readonly name: string;
  /** Empty where the file states none. */
  readonly version: string;
  readonly licenses?: readonly string[];
  readonly role: 'installed' | 'bundled' | 'unpacked' | 'root';
}

/** The largest package.json of the npm registry's top packages is 200 kB. */
const LIMIT = 4 << 20;

/**
 * Installed npm packages, from the package.json files that Node itself would resolve (see {@link placeOf}).
 *
 * Roles: `installed`, `bundled` (copied into another package), `unpacked` (a release in a folder named after it), and `root`:
 * a package.json outside node_modules, somebody's application. Its name may collide with that of a public package by chance, so
 * it comes with low confidence, and matching decides not to hold it against advisories. Files that say `private` are not in
 * any registry and are always roots.
 */
export const npm: Extractor<NpmPartial> = {
  id: 'lang/npm',
  version: 1,
  class: 'library',
  appliesTo: 'image',
  wants: { basenames: ['package.json'], accept: (_head, file) => placeOf(file.path) !== undefined },

  async extract(file, ctx) {
    const place = placeOf(file.path);
    if (place === undefined) return undefined;
    const installed = place === 'installed';
    const bytes = await readWithin(file, LIMIT, ctx, { what: 'package.json', incomplete: installed });
    if (!bytes) return undefined;
    const stated = parsePackageJson(bytes);
    if (!stated) {
      ctx.gap({ code: 'malformed', params: { what: 'package.json' }, incomplete: installed });
      return undefined;
    }
    const name = stated.name ?? (installed ? folderName(file.path) : undefined);
    const version = stated.version ?? '';
    if (name === undefined || (version === '' && !installed)) return undefined;
    const role = place === 'elsewhere' ? (!stated.private && namesFolder(file.path, name, version) ? 'unpacked' : 'root') : place;
    return { name, version, role, ...(stated.licenses ? { licenses: stated.licenses } : {}) };
  },

  settle: (view) => ({
    packages: view.visible.map((entry) => {
      const { name, version } = entry.partial;
      const layer = introducedIn(view, entry, (older) => older.name === name && older.version === version);
      return toPackage(entry.path, layer, entry.partial);
    }),
  }),
};

const medium = evidence('medium');
/** Shared: an image has thousands of packages. */
const EVIDENCE = { installed: evidence('high'), bundled: medium, unpacked: medium, root: evidence('low') } as const;

function evidence(confidence: PackageEvidence['confidence']): PackageEvidence {
  return { kind: 'package-metadata', confidence, detail: 'name and version of package.json' };
}

function toPackage(path: string, layer: number, { name, version, licenses, role }: NpmPartial): FoundPackage {
  const slash = name.indexOf('/');
  return {
    type: 'npm',
    name,
    version,
    purl: formatPurl({ type: 'npm', ...(slash > 0 ? { namespace: name.slice(0, slash) } : {}), name: name.slice(slash + 1), version }),
    ...(licenses ? { licenses } : {}),
    evidence: EVIDENCE[role],
    path,
    layer,
    role,
  };
}
