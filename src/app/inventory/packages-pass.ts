import type { LayerCache } from '../../cache/types.ts';
import { Collector } from '../../extract/collector.ts';
import { Dispatch } from '../../extract/dispatch.ts';
import type { Extractor } from '../../extract/types.ts';
import type { LayerSource } from '../../image/types.ts';
import type { TempFolder } from '../../util/temp.ts';
import { knownLayer, rememberLayer, type WalkedLayer } from './cached-layer.ts';
import { gapList, type LayerPass, type Reading } from './layer-pass.ts';
import type { Settling } from './settle.ts';

export interface PackagesPassOptions {
  readonly extractors: readonly Extractor[];
  readonly temp: TempFolder;
  readonly cache?: LayerCache | undefined;
  /** Under which layers are kept. */
  readonly version?: string | undefined;
}

/** A layer's (or a folder's) part of the inventory. */
export type Indexed = Settling & Pick<WalkedLayer, 'fetched'>;

/** What the extractors make of layers, or of a folder. */
export class PackagesPass implements LayerPass {
  readonly lazily = true;
  /** Layers that had to be read. */
  read = 0;
  readonly #options: PackagesPassOptions;
  readonly #dispatch: Dispatch;
  readonly #indexed: Indexed[] = [];

  constructor(options: PackagesPassOptions) {
    this.#options = options;
    this.#dispatch = new Dispatch(options.extractors);
  }

  /** By the layers' index, complete when all were read; that of a folder is the first. */
  get indexed(): readonly Indexed[] {
    return this.#indexed;
  }

  async recall(layer: LayerSource, lazy: boolean): Promise<boolean> {
    const { cache, version } = this.#options;
    if (!cache || version === undefined) return false;
    const whole = await knownLayer(cache, version, layer);
    const known = whole ?? (lazy ? await knownLayer(cache, version, layer, 'lazy') : undefined);
    if (known) this.#indexed[layer.info.index] = known;
    return known !== undefined;
  }

  async begin(layer?: LayerSource): Promise<Reading> {
    const { extractors, temp, cache, version } = this.#options;
    const { gaps, onGap } = gapList(layer?.info);
    const tempFile = () => temp.unlinkedFile();
    const receiver = new Collector({ extractors, dispatch: this.#dispatch, layer: layer?.info.digest, tempFile, onGap });
    if (layer) this.read += 1;
    return {
      receiver,
      onGap,
      done: async ({ shadow, fetched }) => {
        const indexed = { extracted: receiver.results(), gaps, ...(fetched === undefined ? {} : { fetched }) };
        this.#indexed[layer?.info.index ?? 0] = shadow ? { ...indexed, shadow } : indexed;
        if (!layer || !shadow || !cache || version === undefined) return;
        await rememberLayer(cache, version, layer, { ...indexed, shadow });
      },
      close: () => receiver.close(),
    };
  }
}
