import type { LayerShadow } from '../../image/merge/index.ts';
import { hidingLayers } from '../../image/merge/index.ts';
import type { FileReceiver, TreeReceiver } from '../../image/walk/index.ts';
import type { WastedSpace } from '../../model/index.ts';
import type { LayerPass, Reading } from './layer-pass.ts';

/** Files of one layer that are kept; of a layer with more, the rest is not counted. */
const MOST_FILES = 500_000;
const LARGEST = 20;

/** A layer's regular files with their sizes, and what it does to those below. */
interface Sizes {
  readonly files: ReadonlyMap<string, number>;
  readonly shadow: LayerShadow;
}

/** Adds up what upper layers overwrite or delete. Reads no file: paths and sizes stand in the tar's headers. */
export class WastePass implements LayerPass {
  /** A table of contents may leave out files. */
  readonly lazily = false;
  readonly #layers: Sizes[] = [];

  /** Sizes are not kept: every layer is read. */
  async recall(): Promise<boolean> {
    return false;
  }

  begin(layer?: Parameters<LayerPass['begin']>[0]): Reading {
    const receiver = new SizesReceiver();
    return {
      receiver,
      onGap: () => undefined,
      done: async ({ shadow }) => {
        if (layer && shadow) this.#layers[layer.info.index] = { files: receiver.files, shadow };
      },
      close: () => undefined,
    };
  }

  /** What it came to, once all layers were read; undefined where one was not. */
  wasted(count: number): WastedSpace | undefined {
    const layers = this.#layers;
    if (layers.length !== count || Object.keys(layers).length !== count) return undefined;
    const all = layers.flatMap(({ files }, layer) => [...files].map(([path, bytes]) => ({ path, bytes, layer })));
    const hiding = hidingLayers(
      layers.map(({ shadow }) => shadow),
      all,
    );
    const hidden = all.flatMap((file, i) => (hiding[i] === undefined ? [] : [{ ...file, hiddenBy: hiding[i] }]));
    const byLayer = Map.groupBy(hidden, (file) => file.layer);
    const sum = (files: readonly { readonly bytes: number }[]): number => files.reduce((total, { bytes }) => total + bytes, 0);
    return {
      bytes: sum(hidden),
      files: hidden.length,
      layers: [...byLayer].map(([index, files]) => ({ index, bytes: sum(files), files: files.length })),
      largest: hidden.sort((a, b) => b.bytes - a.bytes || a.layer - b.layer || (a.path < b.path ? -1 : 1)).slice(0, LARGEST),
    };
  }
}

/** Wants no file, and remembers what it was asked about. */
class SizesReceiver implements FileReceiver, TreeReceiver {
  readonly files = new Map<string, number>();

  wants(path: string, _mode: number, size?: number): boolean {
    if (size !== undefined && (this.files.size < MOST_FILES || this.files.has(path))) this.files.set(path, size);
    return false;
  }

  begin(): void {}
  data(): boolean {
    return false;
  }
  end(): void {}
  link(): void {}
  entry(): void {}
  missed(): ReadonlySet<string> {
    return NONE;
  }
  beginMissed(): boolean {
    return false;
  }
  settled(): undefined {
    return undefined;
  }
  async file(): Promise<void> {}
}

const NONE: ReadonlySet<string> = new Set();
