import type { LayerCache } from '../../cache/types.ts';
import type { LayerFacts } from '../../checks/image/index.ts';
import type { CheckContext } from '../../checks/types.ts';
import type { LayerSource } from '../../image/types.ts';
import type { Gap } from '../../model/index.ts';
import { knownLayer, rememberLayer } from '../inventory/cached-layer.ts';
import { gapList, type LayerPass, type Reading } from '../inventory/layer-pass.ts';
import { familyVersion } from '../inventory/packages-version.ts';
import type { FactsOfLayer } from './settle.ts';

const FAMILY = 'checks';
/** To be raised when what is collected changes without a change of code (sources that run as they are have no hash). */
const FORM = 1;

type Kept = LayerFacts & { readonly gaps: readonly Gap[] };

/** What checks of a built image look at in layers, or in a folder. What is kept holds no password and no file's text but the accounts'. */
export class ChecksPass implements LayerPass {
  /** Modes, owners and configuration files are in a table of contents too. */
  readonly lazily = true;
  readonly #cache: LayerCache | undefined;
  readonly #context: CheckContext;
  readonly #version: string;
  readonly #layers: FactsOfLayer[] = [];

  constructor(cache: LayerCache | undefined, context: CheckContext) {
    this.#cache = cache;
    this.#context = context;
    this.#version = familyVersion(['checks', FORM]);
  }

  /** By the layers' index, complete when all were read; that of a folder is the first. */
  get layers(): readonly FactsOfLayer[] {
    return this.#layers;
  }

  async recall(layer: LayerSource, lazy: boolean): Promise<boolean> {
    if (!this.#cache) return false;
    const whole = await knownLayer<Kept>(this.#cache, this.#version, layer, 'whole', FAMILY);
    const known = whole ?? (lazy ? await knownLayer<Kept>(this.#cache, this.#version, layer, 'lazy', FAMILY) : undefined);
    if (known) this.#layers[layer.info.index] = known;
    return known !== undefined;
  }

  async begin(layer?: LayerSource): Promise<Reading> {
    const { FactReceiver } = await import('./receiver.ts');
    const { gaps, onGap } = gapList(layer?.info);
    const receiver = new FactReceiver(this.#context);
    return {
      receiver,
      onGap,
      done: async ({ shadow, fetched }) => {
        const found = { ...receiver.results(), gaps, ...(fetched === undefined ? {} : { fetched }) };
        this.#layers[layer?.info.index ?? 0] = shadow ? { ...found, shadow } : found;
        if (layer && shadow && this.#cache) await rememberLayer(this.#cache, this.#version, layer, { ...found, shadow }, FAMILY);
      },
      close: () => undefined,
    };
  }
}
