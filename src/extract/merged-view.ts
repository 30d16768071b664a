import type { Gap, LayerInfo } from '../model/index.ts';
import type { Extracted } from './collector.ts';
import type { Extractor, LayerPartial, MergedView } from './types.ts';

/** What became of a layer's files in the final file system. */
export interface FinalFiles {
  /** True where `path` as of `layer` is what is there. */
  visible(path: string, layer: number): boolean;
  /** True where a regular file is at `path`, `layer` being the highest one that is known to have one. */
  exists(path: string, layer: number): boolean;
}

/** Hard links are followed no further: a tar can be made whose links go in circles. */
const MAX_LINKS = 8;

/**
 * One view for each extractor, of what it made of the layers' files (`layers` and `extracted` bottom first). Hard links are
 * replaced by what they link to; one whose content nobody has seen becomes a gap.
 */
export function mergedViews(
  extractors: readonly Extractor[],
  layers: readonly LayerInfo[],
  extracted: readonly (readonly Extracted[])[],
  files: FinalFiles,
): { readonly views: readonly MergedView<unknown>[]; readonly gaps: readonly Gap[] } {
  const links = new LinkResolver(extracted);
  const gaps: Gap[] = [];
  const partials: LayerPartial<unknown>[][] = extractors.map(() => []);
  extracted.forEach((records, layer) => {
    for (const record of records) {
      const partial = links.resolve(record, layer);
      if (partial !== undefined) partials[record.extractor]?.push({ path: record.path, layer, partial });
      else if (record.unseen) gaps.push(unseenLink(record, extractors[record.extractor]?.id ?? '', layers[layer]));
    }
  });
  return { views: partials.map((own) => mergedView(layers, own, files)), gaps };
}

function mergedView(layers: readonly LayerInfo[], partials: readonly LayerPartial<unknown>[], files: FinalFiles): MergedView<unknown> {
  // Nearly all paths are of one layer: a list for each would be most of what this keeps.
  const latest = new Map<string, LayerPartial<unknown>>();
  const earlier = new Map<string, LayerPartial<unknown>[]>();
  for (const one of partials) {
    const before = latest.get(one.path);
    if (before) earlier.set(one.path, [...(earlier.get(one.path) ?? []), before]);
    latest.set(one.path, one);
  }
  const visible: LayerPartial<unknown>[] = [];
  const removed: LayerPartial<unknown>[] = [];
  for (const path of [...latest.keys()].sort()) {
    const top = latest.get(path) as LayerPartial<unknown>;
    if (files.visible(path, top.layer)) visible.push(top);
    else if (!files.exists(path, top.layer)) removed.push(top);
  }
  const history = (path: string): LayerPartial<unknown>[] => [
    ...(earlier.get(path) ?? []),
    ...(latest.has(path) ? [latest.get(path) as LayerPartial<unknown>] : []),
  ];
  return { layers, visible, removed, history };
}

/** Finds what was made of the file behind a hard link: in the link's own layer, else in the nearest one below. */
class LinkResolver {
  readonly #extracted: readonly (readonly Extracted[])[];
  /** Of layers that a link was looked for in. */
  readonly #byLayer: Map<string, Extracted[]>[] = [];

  constructor(extracted: readonly (readonly Extracted[])[]) {
    this.#extracted = extracted;
  }

  resolve(record: Extracted, layer: number, depth = 0): unknown {
    const { linkTo, extractor } = record;
    if (linkTo === undefined) return record.partial;
    if (depth === MAX_LINKS) return undefined;
    for (let below = layer; below >= 0; below--) {
      const target = this.#recordsOf(below)
        .get(linkTo)
        ?.find((one) => one.extractor === extractor);
      if (target) return this.resolve(target, below, depth + 1);
    }
    return undefined;
  }

  #recordsOf(layer: number): ReadonlyMap<string, readonly Extracted[]> {
    this.#byLayer[layer] ??= Map.groupBy(this.#extracted[layer] ?? [], (record) => record.path);
    return this.#byLayer[layer];
  }
}

function unseenLink(record: Extracted, stage: string, layer: LayerInfo | undefined): Gap {
  return {
    code: 'unsupported',
    params: { what: `a hard link to ${record.linkTo}, which no layer up to this one shows` },
    stage,
    path: record.path,
    ...(layer ? { layer: layer.digest } : {}),
    incomplete: true,
  };
}
