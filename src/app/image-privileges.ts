import type { ImageFacts } from '../harden/types.ts';
import type { ImageTarget, LayerSource } from '../image/types.ts';
import { decompress } from '../util/compression/index.ts';
import { PlimsollError } from '../util/errors.ts';
import { normalisePath, type TarEntry, type TarVisitor, TarWalker } from '../util/tar/index.ts';

/** Bytes of etc/passwd and etc/group that are read. */
const MAX_TEXT = 1024 * 1024;
/** Folders and programs that are remembered; an image has some hundreds. */
const MAX_PATHS = 100_000;

interface Folder {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

/**
 * Owners of folders, accounts, and programs with privileges of their own, as they are when all layers lie upon each other. Reads every
 * layer once, bottom first. The target stays open.
 *
 * @throws PlimsollError where a layer is not what its digest says or cannot be unpacked; aborted
 */
export async function imagePrivileges(image: ImageTarget, signal?: AbortSignal): Promise<ImageFacts> {
  const state = new State();
  for (const layer of image.layers) state.lay(await readLayer(layer, signal));
  const { folders, files, texts } = state;
  const shown = (paths: Iterable<string>) => [...paths].map((path) => `/${path}`).sort();
  const holding = foldersWithFiles(files.keys());
  const passwd = texts.get('etc/passwd');
  const group = texts.get('etc/group');
  const marked = (mark: Mark) => shown([...files].filter(([, marks]) => marks.has(mark)).map(([path]) => path));
  return {
    name: image.info.name,
    ...(image.info.repository === undefined ? {} : { reference: image.info.name }),
    config: image.config,
    ...(passwd === undefined ? {} : { passwd }),
    ...(group === undefined ? {} : { group }),
    folders: [...folders]
      .filter(([, { uid, gid, mode }]) => uid !== 0 || (mode & 0o002) !== 0 || (gid !== 0 && (mode & 0o020) !== 0))
      .map(([path, folder]) => ({ path: `/${path}`, ...folder, empty: !holding.has(path) }))
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
    setuid: marked('setuid'),
    capable: marked('capable'),
    userSwitchers: marked('switcher'),
  };
}

type Mark = 'setuid' | 'capable' | 'switcher';

/** What a layer has, or all so far. Paths without leading slash. */
class State {
  readonly folders = new Map<string, Folder>();
  readonly files = new Map<string, ReadonlySet<Mark>>();
  readonly texts = new Map<string, string>();
  /** Paths that hide themselves and what is below them in lower layers: whiteouts, and what is no folder. */
  readonly cut = new Set<string>();
  /** Folders whose content in lower layers is hidden. */
  readonly opaque = new Set<string>();

  folder(path: string, folder: Folder): void {
    if (this.folders.size < MAX_PATHS || this.folders.has(path)) this.folders.set(path, folder);
  }

  file(path: string, marks: ReadonlySet<Mark>): void {
    if (this.files.size < MAX_PATHS * 10 || marks.size > 0) this.files.set(path, marks);
    this.cut.add(path);
  }

  /** Lays a layer upon this. Source: OCI image specification, layer.md, "Applying Changesets". */
  lay(upper: State): void {
    for (const map of [this.folders, this.files, this.texts]) {
      for (const key of map.keys()) if (upper.#hides(key)) map.delete(key);
    }
    for (const [path, folder] of upper.folders) {
      this.files.delete(path);
      this.folder(path, folder);
    }
    for (const [path, marks] of upper.files) this.files.set(path, marks);
    for (const [path, text] of upper.texts) this.texts.set(path, text);
  }

  #hides(path: string): boolean {
    if (this.cut.has(path) || this.opaque.has('')) return true;
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const above = path.slice(0, at);
      if (this.cut.has(above) || this.opaque.has(above)) return true;
    }
    return false;
  }
}

const SWITCHERS = new Set(['gosu', 'su-exec', 's6-setuidgid', 'chpst']);
const NO_MARKS: ReadonlySet<Mark> = new Set();

async function readLayer(layer: LayerSource, signal: AbortSignal | undefined): Promise<State> {
  const state = new State();
  const what = `layer ${layer.info.index + 1} (${layer.info.digest})`;
  const walker = new TarWalker(what, new Visitor(state));
  for await (const chunk of decompress(await layer.open(), { what })) {
    if (signal?.aborted) throw new PlimsollError('aborted', {}, { cause: signal.reason });
    walker.push(chunk);
  }
  walker.finish();
  return state;
}

class Visitor implements TarVisitor {
  readonly #state: State;
  #reading: { readonly path: string; readonly parts: Buffer[] } | undefined;

  constructor(state: State) {
    this.#state = state;
  }

  entry(entry: TarEntry): boolean {
    const path = normalisePath(entry.name);
    if (path === undefined || path === '') return false;
    const base = path.lastIndexOf('/') + 1;
    const name = path.slice(base);
    if (name.startsWith('.wh.')) {
      const folder = path.slice(0, Math.max(0, base - 1));
      if (name === '.wh..wh..opq') this.#state.opaque.add(folder);
      else if (!name.startsWith('.wh..wh.')) this.#state.cut.add(`${folder === '' ? '' : `${folder}/`}${name.slice('.wh.'.length)}`);
      return false;
    }
    if (entry.type === 'directory') {
      this.#state.files.delete(path);
      this.#state.folder(path, { uid: entry.uid, gid: entry.gid, mode: entry.mode });
      return false;
    }
    this.#state.folders.delete(path);
    const regular = entry.type === 'file' || entry.type === 'hardlink';
    this.#state.file(path, regular ? marksOf(entry, name) : NO_MARKS);
    if (entry.type !== 'file' || (path !== 'etc/passwd' && path !== 'etc/group') || entry.size > MAX_TEXT) return false;
    this.#reading = { path, parts: [] };
    return true;
  }

  data(bytes: Buffer): void {
    this.#reading?.parts.push(Buffer.from(bytes));
  }

  end(): void {
    if (this.#reading) this.#state.texts.set(this.#reading.path, Buffer.concat(this.#reading.parts).toString('utf8'));
    this.#reading = undefined;
  }
}

function marksOf(entry: TarEntry, name: string): ReadonlySet<Mark> {
  const { mode } = entry;
  const executable = (mode & 0o111) !== 0;
  const marks: Mark[] = [
    ...(executable && (mode & 0o6000) !== 0 ? ['setuid' as const] : []),
    ...(entry.hasCapabilities ? ['capable' as const] : []),
    ...(executable && SWITCHERS.has(name) ? ['switcher' as const] : []),
  ];
  return marks.length === 0 ? NO_MARKS : new Set(marks);
}

/** Every folder that has a file at any depth. */
function foldersWithFiles(paths: Iterable<string>): Set<string> {
  const found = new Set<string>();
  for (const path of paths) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at);
      if (found.has(folder)) break;
      found.add(folder);
    }
  }
  return found;
}
