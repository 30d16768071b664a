import type { LayerCache } from '../cache/types.ts';
import type { FolderFact, ImageFacts } from '../harden/types.ts';
import { hidingLayers } from '../image/merge/index.ts';
import type { ImageTarget } from '../image/types.ts';
import { compareText } from '../util/compare-text.ts';
import { indexTarget } from './index-target.ts';
import { FilesPass, type LayerFiles } from './inventory/files-pass.ts';
import type { Mark, OwnedFolder } from './inventory/files-receiver.ts';

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
  const accounts = visible(layers, (layer) => layer.accounts);
  const text = (path: string): string | undefined => accounts.find((one) => one.path === path)?.text;
  const [passwd, group] = [text('etc/passwd'), text('etc/group')];
  const programs = visible(layers, (layer) => layer.marked);
  const marked = (mark: Mark): string[] =>
    programs
      .filter((one) => one.mark === mark)
      .map(({ path }) => `/${path}`)
      .sort();
  return {
    name: image.info.name,
    ...(image.info.repository === undefined ? {} : { reference: image.info.name }),
    config: image.config,
    ...(passwd === undefined ? {} : { passwd }),
    ...(group === undefined ? {} : { group }),
    folders: foldersOf(layers),
    setuid: marked('setuid'),
    capable: marked('capable'),
    userSwitchers: marked('switcher'),
  };
}

/** The facts of any kind that the final file system has. */
function visible<T extends { readonly path: string }>(layers: readonly LayerFiles[], of: (layer: LayerFiles) => readonly T[]): T[] {
  const all = layers.flatMap((layer, index) => of(layer).map((fact) => ({ fact, path: fact.path, layer: index })));
  const hiding = hidingLayers(
    layers.map(({ shadow }) => shadow),
    all,
  );
  return all.flatMap(({ fact }, i) => (hiding[i] === undefined ? [fact] : []));
}

function foldersOf(layers: readonly LayerFiles[]): FolderFact[] {
  const folders = visible(layers, (layer) => layer.folders);
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
  const within = (layer: LayerFiles) => layer.files.filter(({ folder }) => above(folder).some((path) => asked.has(path)));
  const files = visible(layers, (layer) =>
    within(layer).flatMap(({ folder, names }) => names.map((name) => ({ path: `${folder}/${name}`, folder }))),
  );
  return new Set([...new Set(files.map(({ folder }) => folder))].flatMap(above));
}

/** A folder and those that lead to it. */
function above(folder: string): string[] {
  return folder.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'));
}
