import type { FoundPackage, Gap } from '../../../model/index.ts';
import { deletedDatabase } from '../../os-deleted.ts';
import { introducedBy } from '../../os-history.ts';
import { osPurl } from '../../os-purl.ts';
import { readWithin } from '../../read-within.ts';
import type { Extractor, LayerPartial, MergedView } from '../../types.ts';
import { isMachineReadable, licensesOf } from './copyright.ts';
import { pathsOfList, pathsOfSums, splitPaths } from './files.ts';
import { type DpkgPackage, parseStatus } from './parse.ts';

type DpkgPartial =
  | { readonly kind: 'status'; readonly packages: readonly DpkgPackage[] }
  /** Paths, each ended by a line feed: one text is cheaper to keep than ten thousand. */
  | { readonly kind: 'files'; readonly paths: string }
  | { readonly kind: 'licenses'; readonly names: readonly string[] };

const STATUS = 'var/lib/dpkg/status';
const STATUS_FOLDER = 'var/lib/dpkg/status.d';
const INFO_FOLDER = 'var/lib/dpkg/info';
const COPYRIGHT = /^usr\/share\/doc\/([^/]+)\/copyright$/;
const SUMS = '.md5sums';

/** A desktop with all of Debian's packages has a status file of about 100 MB. */
const STATUS_LIMIT = 256 << 20;
const LIST_LIMIT = 64 << 20;
const COPYRIGHT_LIMIT = 4 << 20;

/**
 * Packages that dpkg installed, from its status file, or from status.d where there is no dpkg (distroless images; the .md5sums
 * beside each stanza lists its files).
 *
 * Whatever is unpacked, in whichever state, is there; `config-files` and `not-installed` are not. Nothing in the database tells
 * from which repository a package came: maintainer and, where stated, origin are passed on, and matching decides. Licences
 * are the short names of machine-readable copyright files.
 */
export const dpkg: Extractor<DpkgPartial> = {
  id: 'os/dpkg',
  version: 1,
  class: 'os',
  wants: {
    paths: [STATUS],
    under: [{ dir: STATUS_FOLDER }, { dir: INFO_FOLDER, suffix: '.list' }],
    basenames: ['copyright'],
    accept: (head, file) => !file.path.endsWith('/copyright') || (COPYRIGHT.test(file.path) && isMachineReadable(head)),
  },

  async extract(file, ctx) {
    if (COPYRIGHT.test(file.path)) {
      const bytes = await readWithin(file, COPYRIGHT_LIMIT, ctx, { what: 'copyright file', incomplete: false });
      return bytes && { kind: 'licenses', names: licensesOf(bytes) };
    }
    if (file.path.startsWith(`${INFO_FOLDER}/`) || file.path.endsWith(SUMS)) {
      const bytes = await readWithin(file, LIST_LIMIT, ctx, { what: 'dpkg file list', incomplete: false });
      const text = bytes?.toString('utf8');
      return text === undefined ? undefined : { kind: 'files', paths: file.path.endsWith(SUMS) ? pathsOfSums(text) : pathsOfList(text) };
    }
    const bytes = await readWithin(file, STATUS_LIMIT, ctx, { what: 'dpkg status', incomplete: true });
    if (!bytes) return undefined;
    // dpkg ends every stanza, the last one too, with an empty line.
    if (file.path === STATUS && bytes.length > 0 && bytes[bytes.length - 1] !== 0x0a) {
      ctx.gap({ code: 'truncated', params: { what: 'dpkg status' }, incomplete: true });
    }
    const packages = parseStatus(bytes, (code, what) => ctx.gap({ code, params: { what, limit: STATUS_LIMIT }, incomplete: true }));
    return { kind: 'status', packages };
  },

  settle(view) {
    const beside = new Map(view.visible.map(({ path, partial }) => [path, partial]));
    return {
      packages: view.visible.flatMap((entry) => packagesOf(view, entry, beside)),
      gaps: deletedDatabases(view),
    };
  },
};

type Beside = ReadonlyMap<string, DpkgPartial>;

function packagesOf(view: MergedView<DpkgPartial>, entry: LayerPartial<DpkgPartial>, beside: Beside): FoundPackage[] {
  const installed = installedIn(entry.partial);
  if (installed.length === 0) return [];
  const since = introducedBy(view.history(entry.path), installedIn, keyOf);
  return installed.map((found) => toPackage(found, entry.path, since.get(keyOf(found)) ?? entry.layer, beside));
}

function installedIn(partial: DpkgPartial): readonly DpkgPackage[] {
  return partial.kind === 'status' ? partial.packages : [];
}

function keyOf({ name, version, arch }: DpkgPackage): string {
  return `${name}\0${version}\0${arch ?? ''}`;
}

function toPackage(found: DpkgPackage, path: string, layer: number, beside: Beside): FoundPackage {
  const { name, version, arch, source, maintainer, origin, state } = found;
  const licenses = beside.get(`usr/share/doc/${name}/copyright`);
  return {
    type: 'deb',
    name,
    version,
    purl: osPurl({ type: 'deb', name, version, ...(arch ? { arch } : {}) }),
    ...(arch ? { arch } : {}),
    source: source ?? { name, version },
    ...(maintainer ? { maintainer } : {}),
    ...(origin ? { origin } : {}),
    ...(licenses?.kind === 'licenses' && licenses.names.length > 0 ? { licenses: licenses.names } : {}),
    evidence: {
      kind: 'package-database',
      confidence: state === undefined ? 'high' : 'medium',
      ...(state === undefined ? {} : { detail: `state of the package: ${state}` }),
    },
    path,
    layer,
    files: filesOf(found, path, beside),
  };
}

/** Lists of packages that may be installed for several architectures have the architecture in their name. */
function filesOf({ name, arch }: DpkgPackage, path: string, beside: Beside): string[] {
  const list =
    beside.get(`${INFO_FOLDER}/${name}:${arch}.list`) ?? beside.get(`${INFO_FOLDER}/${name}.list`) ?? beside.get(`${path}${SUMS}`);
  return list?.kind === 'files' ? splitPaths(list.paths) : [];
}

function deletedDatabases(view: MergedView<DpkgPartial>): Gap[] {
  const left = view.visible.some(({ partial }) => partial.kind === 'status');
  const deleted = view.removed.filter(({ partial }) => installedIn(partial).length > 0);
  const missing = left ? deleted.filter(({ path }) => path === STATUS) : deleted.slice(0, 1);
  return missing.map((entry) => deletedDatabase(view, entry, 'os/dpkg', 'dpkg database'));
}
