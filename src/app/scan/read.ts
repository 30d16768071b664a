import { join } from 'node:path';
import { openFolderCache } from '../../cache/index.ts';
import type { LayerCache, LocalCache } from '../../cache/types.ts';
import type { WholeReason } from '../../image/lazy/index.ts';
import { onlyOne } from '../../image/targets/index.ts';
import type { ContentTarget, ImageTarget, Target } from '../../image/types.ts';
import type { ChecksReport, DockerfileLines, Inventory, ReportWarning, SecretsReport, WastedSpace } from '../../model/index.ts';
import { formatPlatform } from '../../oci/platform.ts';
import type { RegistryOptions } from '../../oci/registry/index.ts';
import { PlimsollError } from '../../util/errors.ts';
import { present } from '../../util/present.ts';
import type { FoundBase } from '../base/types.ts';
import type { CheckingOne } from '../checks/index.ts';
import { type IndexOptions, indexTarget } from '../inventory/index-target.ts';
import { withGaps } from '../inventory/layer-pass.ts';
import type { Located } from './options.ts';
import type { Run } from './run.ts';

/** What was read. */
export interface Layers {
  readonly inventory: Inventory;
  /** Why layers had to be read whole although lazy reading was asked for, one a layer. */
  readonly whole: readonly WholeReason[];
  /** Where no layer had to be read: a name for all that the inventory rests on. */
  readonly known?: string;
  readonly wasted?: WastedSpace;
  /** Present where secrets were looked for. */
  readonly secrets?: SecretsReport;
  /** Present where configuration was looked at. */
  readonly checks?: ChecksReport;
  /** Present where a Dockerfile was given and the target is an image. */
  readonly dockerfile?: DockerfileLines;
  /** What is known of the base image, and what is to be said of how; present where it was looked for. */
  readonly base?: FoundBase;
}

/** What the reading of an opened target came to, and what there is to say of the caches then. Closes the target. */
export async function withLayers<T>(
  opened: { close(): Promise<void> },
  { options, opening }: Run,
  work: (cache: LayerCache | undefined) => Promise<T>,
): Promise<{ readonly value: T; readonly shared: readonly ReportWarning[]; readonly local: LocalCache | undefined }> {
  try {
    const caches = await openCaches(options, opening.registry);
    let value: T;
    try {
      value = await work(caches.cache);
    } finally {
      await caches.cache?.finish();
    }
    return { value, shared: caches.warnings(), local: caches.local };
  } finally {
    await opened.close();
  }
}

/** What is inside. The target stays open. */
export async function readTarget(target: Target | ContentTarget, run: Run, cache: LayerCache | undefined): Promise<Layers> {
  if (target.kind === 'content') return readContent(target, run);
  const { options, fresh, secrets } = run;
  const looking = await secrets?.begin(target, cache);
  // Of the target with secrets masked: what is shown of a configuration is shown there too.
  const checking = options.scanners?.includes('config') ? await checksOf(looking?.target ?? target, cache, options.now) : undefined;
  const files = options.wasted && target.kind === 'image' ? new (await import('../inventory/files-pass.ts')).FilesPass(cache) : undefined;
  const beside = [looking?.pass, checking?.pass, files].filter((each) => each !== undefined);
  const whole: WholeReason[] = [];
  let known: string | undefined;
  const packages = await indexTarget(looking?.target ?? target, {
    signal: options.signal,
    cache,
    ...(fresh || options.scanners?.includes('packages') ? {} : { extractors: [] }),
    beside,
    ownedFiles: options.ownedFiles,
    onKnown: (name) => {
      known = name;
    },
    lazy: options.lazy ? (reason) => void whole.push(reason) : undefined,
    onProgress: options.onProgress && progressOf(options.onProgress),
  });
  const { checks, gaps = [] } = (await checking?.finish()) ?? {};
  const base = target.kind === 'image' && options.base !== 'none' ? await baseOf(target, run) : undefined;
  const inventory = withGaps(packages, [...gaps, ...(files?.gaps ?? []), ...(base?.gaps ?? [])]);
  const wasted = files && (await import('../inventory/wasted-space.ts')).wastedSpace(files.layers);
  const built =
    run.builtFrom && inventory.config ? (await import('./built-from.ts')).tied(run.builtFrom, inventory.config, checks) : undefined;
  return { inventory, ...(await looking?.finish(inventory)), ...present({ checks }), ...built, ...present({ wasted, base, known }), whole };
}

function progressOf(onProgress: NonNullable<Located['onProgress']>): NonNullable<IndexOptions['onProgress']> {
  return ({ phase, bytesDone, bytesTotal, cached }) => {
    if (phase === 'layers') onProgress({ stage: 'layers', done: bytesDone, total: bytesTotal ?? bytesDone, cached: cached ?? 0 });
    if (phase === 'folder') onProgress({ stage: 'folder', done: bytesDone });
  };
}

async function baseOf(target: ImageTarget, { options, opening, builtFrom }: Run): Promise<FoundBase> {
  const { findBase } = await import('../base/find-base.ts');
  const platform = formatPlatform(target.info.platform ?? target.config);
  return findBase(target, {
    cacheDir: options.cacheDir,
    search: options.base === 'registry' ? 'registry' : 'auto',
    offline: options.offline === true,
    dockerfile: builtFrom?.document,
    open: async (reference) => {
      const { openRegistryTarget } = await import('../../image/targets/registry.ts');
      return onlyOne(await openRegistryTarget(reference, reference, { ...opening, platform }), opening);
    },
  });
}

async function checksOf(target: Target, cache: LayerCache | undefined, now: Date): Promise<CheckingOne> {
  const { checkTarget } = await import('../checks/index.ts');
  return checkTarget(target, cache, now);
}

/** What is neither an image nor a folder has nothing but secrets in it. */
async function readContent(target: ContentTarget, { options: { onProgress, signal }, secrets }: Run): Promise<Layers> {
  const onBytes = onProgress && ((done: number) => onProgress({ stage: 'content', done }));
  const found = await secrets?.content(target, { signal, onBytes });
  if (!found) throw new PlimsollError('target-unrecognised', { path: target.info.name });
  return { ...found, whole: [] };
}

/** This machine's cache, and before it the team's where there is one. */
async function openCaches({ cacheSize, cacheDir, now, sharedCache, offline }: Located, registry: RegistryOptions) {
  const local = cacheSize ? openFolderCache({ folder: join(cacheDir, 'layers'), limit: cacheSize, now }) : undefined;
  if (sharedCache === undefined || offline === true) return { local, cache: local, warnings: () => [] };
  const { openSharedCache, sharedCacheWarnings } = await import('./shared-cache.ts');
  const cache = await openSharedCache(sharedCache, registry, local);
  return { local, cache, warnings: () => sharedCacheWarnings(cache) };
}
