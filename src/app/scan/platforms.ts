import { MemoryCache } from '../../cache/memory.ts';
import type { LayerCache } from '../../cache/types.ts';
import type { PlatformImage, PlatformsTarget } from '../../image/types.ts';
import type { Report, TargetInfo } from '../../model/index.ts';
import { formatPlatform } from '../../oci/platform.ts';
import type { FailedPlatform, PlatformReports } from '../../report/types.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import { scanOpened } from './index.ts';
import { assessorOf, judge } from './judge.ts';
import type { ScanOptions } from './options.ts';
import { type Layers, readTarget, withLayers } from './read.ts';
import { inRun, openAny, type Run } from './run.ts';

/** Bytes that the layers of one run may take in memory where nothing is kept on disk: those of some hundred usual layers. */
const MEMORY = 2 ** 28;

/**
 * Scans every image of a multi-platform one, one after the other; attestations and other artifacts are passed over. Layers that
 * images share are read once, whether a cache is kept or not. What has one image only, or is none, is scanned as `scan` does it.
 * The platforms come in the order of the index. One that cannot be read is in `failed`, and the others are there.
 *
 * @throws PlimsollError where the target itself cannot be opened, data is too old, or the only image there is cannot be read
 */
export async function scanPlatforms(target: string, options: Omit<ScanOptions, 'platform'> = {}): Promise<PlatformReports> {
  return inRun({ ...options, platform: 'all' }, async (run) => {
    const opened = await openAny(target, run);
    if (opened.kind !== 'platforms') return { reports: [await scanOpened(opened, run)], failed: [] };
    const { value, shared, local } = await withLayers(opened, run, (cache) => readAll(opened, run, cache));
    const assessor = await assessorOf(value.layers, run.fresh, local);
    const reports: Report[] = [];
    for (const each of value.layers) {
      const options = naming(run.options, platformOf(each.inventory.target));
      reports.push(await judge({ ...each, shared }, assessor, { ...run, options }));
    }
    return { reports: run.standing?.ofAllPlatforms(reports, value.failed.length > 0) ?? reports, failed: value.failed };
  });
}

async function readAll({ images }: PlatformsTarget, run: Run, kept: LayerCache | undefined) {
  const { options } = run;
  const cache = kept ?? (images.length > 1 ? new MemoryCache(MEMORY) : undefined);
  const layers: Layers[] = [];
  const failed: FailedPlatform[] = [];
  for (const image of images) {
    try {
      layers.push(await readImage(image, run, cache));
    } catch (error) {
      if (images.length === 1 || !isOfOneImage(error) || options.signal?.aborted) throw error;
      const { digest, platform } = image;
      failed.push({ digest, ...(platform === undefined ? {} : { platform }), error });
    }
  }
  const artifacts = layers.length > 0 ? failed.filter(({ error }) => error.code === 'not-an-image') : [];
  return { layers, failed: failed.filter((one) => !artifacts.includes(one)) };
}

async function readImage(image: PlatformImage, run: Run, cache: LayerCache | undefined): Promise<Layers> {
  const { options } = run;
  naming(options, image.platform).onProgress?.({ stage: 'opening' });
  const target = await image.open();
  return await readTarget(target, { ...run, options: naming(options, platformOf(target.info)) }, cache);
}

/** A usage error, or data that is too old, is not this image's alone. */
function isOfOneImage(error: unknown): error is PlimsollError {
  return error instanceof PlimsollError && error.exitCode === EXIT.scanError;
}

/** The same options, with a progress that says which platform it is about. */
function naming<T extends ScanOptions>(options: T, platform: string | undefined): T {
  const { onProgress } = options;
  if (!onProgress || platform === undefined) return options;
  return { ...options, onProgress: (state) => onProgress({ ...state, platform }) };
}

function platformOf({ platform }: TargetInfo): string | undefined {
  return platform && formatPlatform(platform);
}
