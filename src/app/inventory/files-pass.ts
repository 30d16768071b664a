import type { LayerCache } from '../../cache/types.ts';
import type { LayerShadow } from '../../image/merge/index.ts';
import type { LayerSource } from '../../image/types.ts';
import type { Gap } from '../../model/index.ts';
import { knownLayer, rememberLayer } from './cached-layer.ts';
import type { FilesOfLayer } from './files-receiver.ts';
import { gapList, type LayerPass, type Reading } from './layer-pass.ts';
import { familyVersion } from './packages-version.ts';

const FAMILY = 'files';
/** To be raised when what is kept changes without a change of code (sources that run as they are have no hash). */
const FORM = 1;

type Kept = FilesOfLayer & { readonly gaps: readonly Gap[] };

/** The files of one layer, and what it does to those below. */
export interface LayerFiles extends Kept {
  readonly shadow: LayerShadow;
}

/**
 * Which files and folders the layers of an image have, how large they are and whose: of what space is wasted, and with which privileges
 * the image can run, is made of this.
 */
export class FilesPass implements LayerPass {
  /** A table of contents may leave out files, and tells no capabilities. */
  readonly lazily = false;
  readonly #cache: LayerCache | undefined;
  readonly #version = familyVersion(['files', FORM]);
  readonly #layers: LayerFiles[] = [];

  constructor(cache: LayerCache | undefined) {
    this.#cache = cache;
  }

  /** By the layers' index, complete when all were read. */
  get layers(): readonly LayerFiles[] {
    return this.#layers;
  }

  /** What could not be read. */
  get gaps(): readonly Gap[] {
    return this.#layers.flatMap(({ gaps }) => gaps);
  }

  async recall(layer: LayerSource): Promise<boolean> {
    const known = this.#cache && (await knownLayer<Kept>(this.#cache, this.#version, layer, 'whole', FAMILY));
    if (known) this.#layers[layer.info.index] = known;
    return known !== undefined;
  }

  async begin(layer?: LayerSource): Promise<Reading> {
    const { FilesReceiver, MOST_FILES } = await import('./files-receiver.ts');
    const { gaps, onGap } = gapList(layer?.info);
    const receiver = new FilesReceiver();
    return {
      receiver,
      onGap,
      done: async ({ shadow }) => {
        if (!layer || !shadow) return;
        const found = receiver.results();
        if (!found.complete) onGap(tooMany(layer, MOST_FILES));
        const known = { ...found, gaps, shadow };
        this.#layers[layer.info.index] = known;
        if (this.#cache) await rememberLayer(this.#cache, this.#version, layer, known, FAMILY);
      },
      close: () => undefined,
    };
  }
}

/** No package is missing for it. */
function tooMany({ info }: LayerSource, limit: number): Gap {
  const params = { what: 'list of files', limit };
  return { code: 'too-large', params, stage: 'app/inventory', layer: info.digest, incomplete: false };
}
