import type { LayerCache } from '../../cache/types.ts';
import type { LayerShadow } from '../../image/merge/index.ts';
import type { LayerSource } from '../../image/types.ts';
import type { Gap } from '../../model/index.ts';
import type { FoundSecret, SecretScanner } from '../../secrets/types.ts';
import { knownLayer, rememberLayer } from '../inventory/cached-layer.ts';
import { gapList, type LayerPass, type Reading } from '../inventory/layer-pass.ts';
import type { CollectedSecrets } from './collector.ts';

/** What one layer, or a folder, holds. */
export interface LayerSecrets extends CollectedSecrets {
  readonly gaps: readonly Gap[];
  /** Absent for folders. */
  readonly shadow?: LayerShadow;
}

const FAMILY = 'secrets';

export interface SecretsPassOptions {
  /** Called when something has to be read. */
  readonly scanner: () => Promise<SecretScanner>;
  readonly cache?: LayerCache | undefined;
  /** Hex; differs where anything may be found that was not, or the other way round. */
  readonly version: string;
  /** False: what is kept of a secret is not enough, and its layer is read although it is known. */
  readonly suffices?: ((secret: FoundSecret) => boolean) | undefined;
}

/** The secrets in layers, or in a folder. What is kept of a layer tells where secrets are, and none of their text. */
export class SecretsPass implements LayerPass {
  /** What a table of contents leaves out may hold a secret too, and nearly all files are wanted. */
  readonly lazily = false;
  readonly #load: () => Promise<SecretScanner>;
  readonly #cache: LayerCache | undefined;
  readonly #version: string;
  readonly #suffices: (secret: FoundSecret) => boolean;
  readonly #layers: LayerSecrets[] = [];

  constructor({ scanner, cache, version, suffices = () => true }: SecretsPassOptions) {
    this.#load = scanner;
    this.#cache = cache;
    this.#version = version;
    this.#suffices = suffices;
  }

  /** By the layers' index, complete when all were read; that of a folder is the first. */
  get layers(): readonly LayerSecrets[] {
    return this.#layers;
  }

  async recall(layer: LayerSource): Promise<boolean> {
    const known = this.#cache && (await knownLayer<CollectedSecrets>(this.#cache, this.#version, layer, 'whole', FAMILY));
    if (!known?.files.every(({ secrets }) => secrets.every((each) => each.ignored !== undefined || this.#suffices(each)))) return false;
    this.#layers[layer.info.index] = known;
    return true;
  }

  async begin(layer?: LayerSource): Promise<Reading> {
    const [scanner, { SecretCollector }] = await Promise.all([this.#load(), import('./collector.ts')]);
    const { gaps, onGap } = gapList(layer?.info);
    const receiver = new SecretCollector(scanner, layer?.info.digest, onGap);
    return {
      receiver,
      onGap,
      done: async ({ shadow }) => {
        const found = { ...receiver.results(), gaps };
        this.#layers[layer?.info.index ?? 0] = shadow ? { ...found, shadow } : found;
        if (layer && shadow && this.#cache) await rememberLayer(this.#cache, this.#version, layer, { ...found, shadow }, FAMILY);
      },
      close: () => undefined,
    };
  }
}
