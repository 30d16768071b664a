import type { PathLog } from './path-log.ts';

/** What a layer does to those below it. Paths are normalised, `''` is the root. */
export interface LayerShadow {
  /** Every entry; may be left empty for the bottom layer, which hides nothing. */
  readonly entries: PathLog;
  /** Paths that `.wh.` files delete from lower layers. */
  readonly whiteouts: readonly string[];
  /** Folders whose content in lower layers is hidden. */
  readonly opaque: readonly string[];
}

/** A file that somebody asks about. */
export interface LayerFile {
  readonly path: string;
  readonly layer: number;
}

/** The highest layer (from 1 on, since the bottom one hides nothing) in which something happened to a path; 0: none. */
interface PathFate {
  /** An entry of any kind replaces what lower layers have at the path itself. */
  entry: number;
  entryIsFile: boolean;
  /** A whiteout, or an entry that is no directory: hides the path and all below it. */
  cut: number;
  whiteout: number;
  /** An opaque folder: hides what is below it. */
  opaque: number;
}

/**
 * Which of `files` are still there in the final file system, when the layers are laid upon each other.
 * Source: OCI image specification, layer.md, "Applying Changesets": whiteouts and opaque folders hide lower layers only,
 * wherever they stand in their own layer; an entry replaces what was at its path, and what was below it if it is no directory.
 *
 * Only paths that are, or lead to, one of `files` are kept: time grows with the entries, memory with the files.
 */
export class Visibility {
  readonly #fates = new Map<string, PathFate>();
  /** Index of the uppermost layer, of which nothing is hidden. */
  readonly #top: number;
  /** Memo: the highest layer that hides everything below a folder. */
  readonly #below = new Map<string, number>();

  constructor(shadows: readonly LayerShadow[], files: Iterable<LayerFile>) {
    this.#top = shadows.length - 1;
    const byLayer: string[][] = shadows.map(() => []);
    for (const { path, layer } of files) if (layer < this.#top) byLayer[layer]?.push(path);
    shadows.forEach((shadow, layer) => {
      // What a layer does matters to files below it, and they are the fewer the lower it is.
      if (layer > 0) this.#note(shadow, layer);
      for (const path of byLayer[layer] as string[]) this.#keep(path);
    });
  }

  /** True where `path` of `layer` is what the final file system has there. The path must be one of `files`. */
  visible(path: string, layer: number): boolean {
    if (layer === this.#top) return true;
    const fate = this.#fates.get(path);
    return fate !== undefined && fate.entry <= layer && fate.cut <= layer && this.#hiddenBelow(parentOf(path)) <= layer;
  }

  /** True where the final file system has a regular file at `path`, given that the highest file known there is of `layer`. */
  exists(path: string, layer: number): boolean {
    const fate = this.#fates.get(path);
    if (fate === undefined) return false;
    if (fate.entry <= layer) return this.visible(path, layer);
    return fate.entryIsFile && fate.whiteout <= fate.entry && this.#hiddenBelow(parentOf(path)) <= fate.entry;
  }

  /** Notes `path` and the folders that lead to it as worth watching. */
  #keep(path: string): void {
    for (let at: string | undefined = path; at !== undefined && !this.#fates.has(at); at = at === '' ? undefined : parentOf(at)) {
      this.#fates.set(at, { entry: 0, entryIsFile: false, cut: 0, whiteout: 0, opaque: 0 });
    }
  }

  #note(shadow: LayerShadow, layer: number): void {
    shadow.entries.visit(this.#fates, (fate, kind) => {
      fate.entry = layer;
      fate.entryIsFile = kind === 'file';
      if (kind !== 'directory') fate.cut = layer;
    });
    for (const path of shadow.whiteouts) {
      const fate = this.#fates.get(path);
      if (fate) fate.cut = fate.whiteout = layer;
    }
    for (const path of shadow.opaque) {
      const fate = this.#fates.get(path);
      if (fate) fate.opaque = layer;
    }
  }

  #hiddenBelow(folder: string): number {
    const known = this.#below.get(folder);
    if (known !== undefined) return known;
    const fate = this.#fates.get(folder);
    const own = fate ? Math.max(fate.cut, fate.opaque) : 0;
    const hidden = folder === '' ? own : Math.max(own, this.#hiddenBelow(parentOf(folder)));
    this.#below.set(folder, hidden);
    return hidden;
  }
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
