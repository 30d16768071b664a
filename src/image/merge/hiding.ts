import type { LayerFile, LayerShadow } from './visibility.ts';

/** What a layer does at a path. */
interface Change {
  /** An entry of any kind, or a whiteout: what lower layers have at the path itself is gone. */
  replaced: boolean;
  /** A whiteout, an entry that is no folder, an opaque folder: what lower layers have below the path is gone. */
  cut: boolean;
}

/**
 * For each of `files` the lowest layer above its own that deletes or replaces it; undefined for what the final file system has. Shadows
 * are bottom first. Source: OCI image specification, layer.md, "Applying Changesets". Time grows with the layers' entries and with
 * files times layers.
 */
export function hidingLayers(shadows: readonly LayerShadow[], files: readonly LayerFile[]): (number | undefined)[] {
  const hiding: (number | undefined)[] = files.map(() => undefined);
  for (let layer = 1; layer < shadows.length; layer++) {
    const below = files.map((file, i) => ({ ...file, i })).filter((file) => file.layer < layer && hiding[file.i] === undefined);
    if (below.length === 0) continue;
    const changes = changesOf(shadows[layer] as LayerShadow, below);
    for (const { path, i } of below) if (isHidden(path, changes)) hiding[i] = layer;
  }
  return hiding;
}

function changesOf({ entries, whiteouts, opaque }: LayerShadow, files: readonly LayerFile[]): ReadonlyMap<string, Change> {
  const changes = new Map<string, Change>();
  for (const { path } of files) {
    for (let at: string | undefined = path; at !== undefined && !changes.has(at); at = parentOf(at)) {
      changes.set(at, { replaced: false, cut: false });
    }
  }
  entries.visit(changes, (change, kind) => {
    change.replaced = true;
    if (kind !== 'directory') change.cut = true;
  });
  for (const path of whiteouts) {
    const change = changes.get(path);
    if (change) change.replaced = change.cut = true;
  }
  for (const path of opaque) {
    const change = changes.get(path);
    if (change) change.cut = true;
  }
  return changes;
}

function isHidden(path: string, changes: ReadonlyMap<string, Change>): boolean {
  if (changes.get(path)?.replaced) return true;
  for (let at = parentOf(path); at !== undefined; at = parentOf(at)) if (changes.get(at)?.cut) return true;
  return false;
}

/** `''` is the root, which has none. */
function parentOf(path: string): string | undefined {
  if (path === '') return undefined;
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
