import { hidingLayers } from '../../image/merge/index.ts';
import type { WastedSpace } from '../../model/index.ts';
import { compareText } from '../../util/compare-text.ts';
import type { LayerFiles } from './files-pass.ts';

/** Hidden files that are named. */
const LARGEST = 20;

/** Adds up what upper layers overwrite or delete. Layers are bottom first. */
export function wastedSpace(layers: readonly LayerFiles[]): WastedSpace {
  // Nothing hides what the uppermost layer has.
  const all = layers.slice(0, -1).flatMap(({ files }, layer) =>
    files.flatMap(({ folder, names, sizes }) => {
      const start = folder === '' ? '' : `${folder}/`;
      return names.flatMap((name, i) => {
        const bytes = sizes[i] as number;
        return bytes < 0 ? [] : [{ path: start + name, bytes, layer }];
      });
    }),
  );
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
    largest: hidden.sort((a, b) => b.bytes - a.bytes || a.layer - b.layer || compareText(a.path, b.path)).slice(0, LARGEST),
  };
}
