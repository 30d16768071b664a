import { availableParallelism } from 'node:os';
import type { LayerCache } from '../cache/types.ts';
import { Collector } from '../extract/collector.ts';
import { Dispatch } from '../extract/dispatch.ts';
import { extractors as allExtractors } from '../extract/index.ts';
import type { Extractor } from '../extract/types.ts';
import { NotLazy, type WholeReason, walkLazily } from '../image/lazy/index.ts';
import type { ImageTarget, LayerSource, Target, TreeTarget } from '../image/types.ts';
import { type WalkOptions, walkLayer, walkTree } from '../image/walk/index.ts';
import type { Gap, Inventory, LayerInfo, TargetInfo } from '../model/index.ts';
import { inParallel } from '../util/in-parallel.ts';
import { TempFolder } from '../util/temp.ts';
import { knownLayer, packagesVersion, rememberLayer, type WalkedLayer } from './inventory/cached-layer.ts';
import { sbomInventory } from './inventory/from-sbom.ts';
import { knownImage, rememberImage } from './inventory/known-image.ts';
import { type Settling, settle } from './inventory/settle.ts';

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
  /** False: the files that packages own may be left out of a known image's inventory. */
  readonly ownedFiles?: boolean | undefined;
  /**
   * Read layers that have a table of contents by it, as {@link walkLazily} says; called with what has to be read whole all the
   * same. Absent: every layer is read whole.
   */
  readonly lazy?: ((reason: WholeReason, layer?: LayerInfo) => void) | undefined;
}

/** A layer's (or a folder's) part of the result. */
type Indexed = Settling & Pick<WalkedLayer, 'fetched'>;

type CollectorOf = (onGap: (gap: Gap) => void, layer?: LayerInfo) => Collector;

/**
 * Everything that is inside a target. The same content gives the same inventory, whatever the order in which layers were
 * done. The target stays open.
 *
 * @throws PlimsollError where a layer is not what its digest says or cannot be unpacked by anything; a package file that
 * cannot be read is a gap of the inventory instead
 */
export async function indexTarget(target: Target, options: IndexOptions = {}): Promise<Inventory> {
  if (target.kind === 'sbom') return sbomInventory(target);
  const extractors = applicable(options.extractors ?? allExtractors, target.info.kind);
  const temp = new TempFolder(options.tempDir);
  try {
    const dispatch = new Dispatch(extractors);
    const collector: CollectorOf = (onGap, layer) =>
      new Collector({ extractors, dispatch, layer: layer?.digest, tempFile: () => temp.unlinkedFile(), onGap });
    if (target.kind === 'image') return await indexImage(target, collector, extractors, options);
    options.lazy?.('no-registry');
    return settle(target, extractors, [], [await indexFolder(target, collector, options)]);
  } finally {
    temp.close();
  }
}

/** Lock files count in projects, installed packages of the same ecosystems in all else: see Extractor.appliesTo. */
function applicable(extractors: readonly Extractor[], kind: TargetInfo['kind']): readonly Extractor[] {
  const here = kind === 'dir' ? 'project' : 'image';
  return extractors.filter(({ appliesTo }) => appliesTo === undefined || appliesTo === here);
}

async function indexImage(
  image: ImageTarget,
  collectorOf: CollectorOf,
  extractors: readonly Extractor[],
  options: IndexOptions,
): Promise<Inventory> {
  const { cache, limits, lazy, ownedFiles = true } = options;
  const version = cache && packagesVersion(extractors, limits);
  const progress = layersProgress(image, options.onProgress);
  const layers = image.layers.map((layer) => layer.info);
  const known = version && !lazy && (await knownImage(cache, version, image, ownedFiles));
  if (known) {
    for (const layer of image.layers) progress?.cached(layer);
    const { packages, gaps, ...origin } = known;
    return { schemaVersion: 1, target: image.info, ...origin, config: image.config, layers, packages, gaps };
  }
  const { indexed, read } = await indexLayers(image, collectorOf, version, progress, options);
  const inventory = settle(image, extractors, asRead(layers, indexed), indexed);
  if (version && !lazy && read === 0) await rememberImage(cache, version, image, inventory);
  return inventory;
}

/** What the layers gave, and how many of them had to be read for it. */
async function indexLayers(
  target: ImageTarget,
  collectorOf: CollectorOf,
  version: string | undefined,
  progress: ReturnType<typeof layersProgress>,
  options: IndexOptions,
): Promise<{ readonly indexed: readonly Indexed[]; readonly read: number }> {
  const { cache, limits } = options;
  let read = 0;
  const one = async (source: LayerSource, signal: AbortSignal): Promise<Indexed> => {
    const known =
      cache &&
      version &&
      ((await knownLayer(cache, version, source)) ?? (options.lazy && (await knownLayer(cache, version, source, 'lazy'))));
    if (known) {
      progress?.cached(source);
      return known;
    }
    read += 1;
    const walkOptions = {
      ...limits,
      signal,
      keepPaths: cache !== undefined,
      onBytes: progress && ((bytes: number) => progress.read(source, bytes)),
    };
    const lazily = options.lazy && (await readLazily(source, collectorOf, walkOptions, options.lazy));
    const walked = lazily ?? (await readLayer(source, collectorOf, walkOptions));
    if (cache && version) await rememberLayer(cache, version, source, walked);
    return walked;
  };
  const concurrency = options.concurrency ?? Math.min(4, availableParallelism());
  return { indexed: await inParallel(target.layers, concurrency, one, options.signal), read };
}

async function readLayer(
  source: LayerSource,
  collectorOf: CollectorOf,
  options: Omit<WalkOptions, 'onGap'>,
  walk: (...args: Parameters<typeof walkLayer>) => Promise<Pick<WalkedLayer, 'shadow' | 'fetched'>> = wholly,
): Promise<WalkedLayer> {
  const { gaps, onGap } = gapList(source.info);
  const collector = collectorOf(onGap, source.info);
  try {
    const walked = await walk(source, collector, { ...options, onGap });
    return { extracted: collector.results(), gaps, ...walked };
  } finally {
    collector.close();
  }
}

/** Gaps of one layer that are listed; a hostile one has no right to fill the report. */
const MAX_GAPS = 1000;

/** Collects gaps up to a limit; the last one then says that there were more. */
function gapList(layer?: LayerInfo): { readonly gaps: Gap[]; readonly onGap: (gap: Gap) => void } {
  const gaps: Gap[] = [];
  const more = { code: 'too-large', params: { what: 'list of gaps', limit: MAX_GAPS }, stage: 'app/inventory', incomplete: true } as const;
  const onGap = (gap: Gap): void => {
    if (gaps.length < MAX_GAPS) gaps.push(gap);
    else if (gaps.length === MAX_GAPS) gaps.push({ ...more, ...(layer ? { layer: layer.digest } : {}) });
  };
  return { gaps, onGap };
}

async function wholly(...args: Parameters<typeof walkLayer>): Promise<Pick<WalkedLayer, 'shadow'>> {
  return { shadow: await walkLayer(...args) };
}

/** Undefined where the layer has to be read whole. */
async function readLazily(
  source: LayerSource,
  collectorOf: CollectorOf,
  options: Omit<WalkOptions, 'onGap'>,
  onWhole: NonNullable<IndexOptions['lazy']>,
): Promise<WalkedLayer | undefined> {
  try {
    const walked = await readLayer(source, collectorOf, options, walkLazily);
    options.onBytes?.(source.info.size);
    return walked;
  } catch (error) {
    if (!(error instanceof NotLazy)) throw error;
    onWhole(error.reason, source.info);
    return undefined;
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

async function indexFolder(target: TreeTarget, collectorOf: CollectorOf, options: IndexOptions): Promise<Indexed> {
  const { gaps, onGap } = gapList();
  const collector = collectorOf(onGap);
  const onFiles = (bytesDone: number): void => options.onProgress?.({ phase: 'folder', bytesDone });
  await walkTree(target.root, collector, { signal: options.signal, onGap, onFiles });
  return { extracted: collector.results(), gaps };
}
