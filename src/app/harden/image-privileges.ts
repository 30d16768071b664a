import type { LayerCache } from '../../cache/types.ts';
import type { FolderFact, ImageFacts } from '../../harden/types.ts';
import type { ImageTarget } from '../../image/types.ts';
import { compareText } from '../../util/compare-text.ts';
import { FilesPass, type LayerFiles } from '../inventory/files-pass.ts';
import type { Mark, OwnedFolder } from '../inventory/files-receiver.ts';
import { indexTarget } from '../inventory/index-target.ts';
import { visibleFacts } from '../inventory/visible-facts.ts';

export interface PrivilegesOptions {
  /** What earlier runs read; none by default. */
  readonly cache?: LayerCache | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Owners of folders, accounts, and programs with privileges of their own, as the final file system has them. The target stays open.
 *
 * @throws PlimsollError where a layer is not what its digest says or cannot be unpacked; aborted
 */
export async function imagePrivileges(image: ImageTarget, { cache, signal }: PrivilegesOptions = {}): Promise<ImageFacts> {
  const pass = new FilesPass(cache);
  await indexTarget(image, { extractors: [], beside: [pass], cache, signal });
  const { layers } = pass;
  const { accounts, folders, marked } = visibleFacts(layers, {
    accounts: (layer: LayerFiles) => layer.accounts,
    folders: (layer) => layer.folders,
    marked: (layer) => layer.marked,
  });
  const text = (path: string): string | undefined => accounts.find(({ fact }) => fact.path === path)?.fact.text;
  const [passwd, group] = [text('etc/passwd'), text('etc/group')];
  const programs = (mark: Mark): string[] => marked.flatMap(({ fact }) => (fact.mark === mark ? [`/${fact.path}`] : [])).sort();
  return {
    name: image.info.name,
    ...(image.info.repository === undefined ? {} : { reference: image.info.name }),
    config: image.config,
    ...(passwd === undefined ? {} : { passwd }),
    ...(group === undefined ? {} : { group }),
    folders: foldersOf(
      layers,
      folders.map(({ fact }) => fact),
    ),
    setuid: programs('setuid'),
    capable: programs('capable'),
    userSwitchers: programs('switcher'),
  };
}

function foldersOf(layers: readonly LayerFiles[], folders: readonly OwnedFolder[]): FolderFact[] {
  const holding = foldersWithFiles(layers, folders);
  // Of a list that was cut nobody knows what it did not hold.
  const complete = layers.every((layer) => layer.complete);
  return folders
    .map(({ path, ...owner }) => ({ path: `/${path}`, ...owner, empty: complete && !holding.has(path) }))
    .sort((a, b) => compareText(a.path, b.path));
}

/** Those of `folders` that have a file at any depth. */
function foldersWithFiles(layers: readonly LayerFiles[], folders: readonly OwnedFolder[]): ReadonlySet<string> {
  const asked = new Set(folders.map(({ path }) => path));
  const files = ({ files }: LayerFiles) =>
    files
      .filter(({ folder }) => above(folder).some((path) => asked.has(path)))
      .flatMap(({ folder, names }) => names.map((name) => ({ path: `${folder}/${name}`, folder })));
  const holding = new Set(visibleFacts(layers, { files }).files.map(({ fact }) => fact.folder));
  return new Set([...holding].flatMap(above));
}

/** A folder and those that lead to it. */
function above(folder: string): string[] {
  return folder.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'));
}
