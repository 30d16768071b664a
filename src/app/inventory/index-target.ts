import { availableParallelism } from 'node:os';
import type { LayerCache } from '../../cache/types.ts';
import type { Extractor } from '../../extract/types.ts';
import type { WholeReason } from '../../image/lazy/index.ts';
import type { ImageTarget, LayerSource, Target, TreeTarget } from '../../image/types.ts';
import type { WalkOptions } from '../../image/walk/index.ts';
import type { Inventory, LayerInfo, TargetInfo } from '../../model/index.ts';
import { inParallel } from '../../util/in-parallel.ts';
import { TempFolder } from '../../util/temp.ts';
import { rememberImage } from './known-image.ts';
import { knownInventory, tellKnown } from './known-inventory.ts';
import type { LayerPass } from './layer-pass.ts';
import type { Indexed } from './packages-pass.ts';
import { packagesVersion } from './packages-version.ts';

/** How far the reading of a target is. For folders bytes are entries, and their total is not known before the end. */
export interface IndexProgress {
  readonly phase: 'layers' | 'folder';
  /** Index of the layer that moved. */
  readonly layer?: number;
  readonly bytesDone: number;
  readonly bytesTotal?: number;
  /** Layers that need not be read, so far. */
  readonly cached?: number;
}

export interface IndexOptions {
  /** All there are by default. */
  readonly extractors?: readonly Extractor[];
  readonly onProgress?: ((progress: IndexProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Layers read at the same time; by default as many as there are processors, 4 at most. */
  readonly concurrency?: number | undefined;
  /** Where large files are kept while they are read; the system's folder by default. */
  readonly tempDir?: string | undefined;
  /** What earlier scans read; none by default. */
  readonly cache?: LayerCache | undefined;
  readonly limits?: Pick<WalkOptions, 'tar' | 'expansion'>;
  /** Called where no layer had to be read, with a name for all that the inventory then rests on: the layers and the code that reads them. */
  readonly onKnown?: ((name: string) => void) | undefined;
  /** False: the files that packages own may be left out of a known image's inventory. */
  readonly ownedFiles?: boolean | undefined;
  /** What else is looked for on the same reading; each keeps what it finds. */
  readonly beside?: readonly LayerPass[] | undefined;
  /**
   * Read layers that have a table of contents by it, as {@link walkLazily} says; called with what has to be read whole all the
   * same. Absent: every layer is read whole.
   */
  readonly lazy?: ((reason: WholeReason, layer?: LayerInfo) => void) | undefined;
}

/**
 * Everything that is inside a target. The same content gives the same inventory, whatever the order in which layers were
 * done. The target stays open.
 *
 * @throws PlimsollError where a layer is not what its digest says or cannot be unpacked by anything; a package file that
 * cannot be read is a gap of the inventory instead
 */
export async function indexTarget(target: Target, options: IndexOptions = {}): Promise<Inventory> {
  if (target.kind === 'sbom') return (await import('./from-sbom.ts')).sbomInventory(target);
  const temp = new TempFolder(options.tempDir);
  try {
    if (target.kind === 'image') return await indexImage(target, temp, options);
    options.lazy?.('no-registry');
    const { extractors, packages, settle } = await packagesPass(target, temp, options);
    await readFolder(target, [...packages, ...(options.beside ?? [])], options);
    return settle(target, extractors, [], packages[0]?.indexed ?? []);
  } finally {
    temp.close();
  }
}

/** All there are are loaded only where somebody needs more than their names. */
async function extractorsOf({ extractors }: IndexOptions, { kind }: TargetInfo): Promise<readonly Extractor[]> {
  return applicable(extractors ?? (await import('../../extract/index.ts')).extractors, kind);
}

/** Whoever asks for no packages pays for none, and leaves no empty lists of them behind. */
async function packagesPass(target: Target, temp: TempFolder, options: IndexOptions, version?: string) {
  const extractors = await extractorsOf(options, target.info);
  const [{ PackagesPass }, { settle }] = await Promise.all([import('./packages-pass.ts'), import('./settle.ts')]);
  const packages = extractors.length > 0 ? [new PackagesPass({ extractors, temp, cache: options.cache, version })] : [];
  return { extractors, packages, settle };
}

/** Lock files count in projects, installed packages of the same ecosystems in all else: see Extractor.appliesTo. */
function applicable(extractors: readonly Extractor[], kind: TargetInfo['kind']): readonly Extractor[] {
  const here = kind === 'dir' ? 'project' : 'image';
  return extractors.filter(({ appliesTo }) => appliesTo === undefined || appliesTo === here);
}

async function indexImage(image: ImageTarget, temp: TempFolder, options: IndexOptions): Promise<Inventory> {
  const { cache, lazy, beside = [] } = options;
  const version = cache && (await versionOf(image, options));
  const progress = layersProgress(image, options.onProgress);
  const known = version && !lazy ? await knownInventory(image, version, options) : undefined;
  if (known) {
    await readLayers(image, beside, progress, options);
    return known;
  }
  const { extractors, packages, settle } = await packagesPass(image, temp, options, version);
  await readLayers(image, [...packages, ...beside], progress, options);
  const indexed = packages[0]?.indexed ?? [];
  const layers = image.layers.map((layer) => layer.info);
  const inventory = settle(image, extractors, asRead(layers, indexed), indexed);
  if (version && !lazy && packages[0]?.read === 0) {
    await rememberImage(cache, version, image, inventory);
    tellKnown(image, version, options);
  }
  return inventory;
}

async function versionOf({ info }: ImageTarget, options: IndexOptions): Promise<string | undefined> {
  const all = options.extractors ? undefined : packagesVersion(undefined, options.limits);
  return all ?? packagesVersion(await extractorsOf(options, info), options.limits);
}

/** Each layer once, for those passes that do not know it. */
async function readLayers(
  target: ImageTarget,
  passes: readonly LayerPass[],
  progress: ReturnType<typeof layersProgress>,
  options: IndexOptions,
): Promise<void> {
  const { cache, limits, lazy } = options;
  const one = async (source: LayerSource, signal: AbortSignal): Promise<void> => {
    const recalled = await Promise.all(passes.map((pass) => pass.recall(source, lazy !== undefined)));
    const unknown = passes.filter((_, i) => !recalled[i]);
    if (unknown.length === 0) {
      progress?.cached(source);
      return;
    }
    const onBytes = progress && ((bytes: number) => progress.read(source, bytes));
    const walkOptions = { ...limits, signal, keepPaths: cache !== undefined, onBytes };
    if (lazy && (await readLazily(source, unknown, walkOptions, lazy))) return;
    const { readFor, walkLayer } = await walking();
    await readFor(unknown, source, async (receiver, _, onGap) => ({
      shadow: await walkLayer(source, receiver, { ...walkOptions, onGap }),
    }));
  };
  const concurrency = options.concurrency ?? Math.min(4, availableParallelism());
  await inParallel(target.layers, concurrency, one, options.signal);
}

/** Not loaded where no layer has to be read. */
async function walking() {
  return { ...(await import('./layer-pass.ts')), ...(await import('../../image/walk/index.ts')) };
}

/** False where the layer has to be read whole. */
async function readLazily(
  source: LayerSource,
  passes: readonly LayerPass[],
  options: Omit<WalkOptions, 'onGap'>,
  onWhole: NonNullable<IndexOptions['lazy']>,
): Promise<boolean> {
  const [{ NotLazy, walkLazily }, { readFor }] = await Promise.all([import('../../image/lazy/index.ts'), walking()]);
  try {
    if (passes.some((pass) => !pass.lazily)) throw new NotLazy('no-gain', 'all of it is wanted');
    await readFor(passes, source, (receiver, _, onGap) => walkLazily(source, receiver, { ...options, onGap }));
    options.onBytes?.(source.info.size);
    return true;
  } catch (error) {
    if (!(error instanceof NotLazy)) throw error;
    onWhole(error.reason, source.info);
    return false;
  }
}

/** The layers with how they were read, where that is not the usual way. */
function asRead(layers: readonly LayerInfo[], indexed: readonly Indexed[]): readonly LayerInfo[] {
  return layers.map((layer, i) => {
    const bytesFetched = indexed[i]?.fetched;
    return bytesFetched === undefined ? layer : { ...layer, readMode: 'lazy', bytesFetched };
  });
}

function layersProgress({ layers }: ImageTarget, report: IndexOptions['onProgress']) {
  if (!report) return undefined;
  const bytesTotal = layers.reduce((sum, layer) => sum + layer.info.size, 0);
  const done = layers.map(() => 0);
  let cached = 0;
  const read = ({ info }: LayerSource, bytes: number): void => {
    done[info.index] = bytes;
    report({ phase: 'layers', layer: info.index, bytesDone: done.reduce((sum, n) => sum + n, 0), bytesTotal, cached });
  };
  return {
    read,
    cached(layer: LayerSource): void {
      cached++;
      read(layer, layer.info.size);
    },
  };
}

async function readFolder(target: TreeTarget, passes: readonly LayerPass[], options: IndexOptions): Promise<void> {
  const { readFor, walkTree } = await walking();
  const onFiles = (bytesDone: number): void => options.onProgress?.({ phase: 'folder', bytesDone });
  await readFor(passes, undefined, async (_, tree, onGap) => {
    await walkTree(target.root, tree, { signal: options.signal, onGap, onFiles });
    return {};
  });
}
