import { type FinalFiles, mergedViews } from '../../extract/merged-view.ts';
import { completeOsPurl } from '../../extract/os-purl.ts';
import type { Extractor, MergedView, Settled } from '../../extract/types.ts';
import { type LayerFile, type LayerShadow, Visibility } from '../../image/merge/index.ts';
import type { Target } from '../../image/types.ts';
import type { Gap, Inventory, LayerInfo } from '../../model/index.ts';
import type { WalkedLayer } from './cached-layer.ts';
import { missingDatabase } from './missing-database.ts';
import { withoutOwnedPrograms } from './owned-programs.ts';
import { withOwners } from './ownership.ts';
import { inventoryPackages } from './packages.ts';

/** A layer's (or a folder's) part of an inventory. */
export type Settling = Pick<WalkedLayer, 'extracted' | 'gaps'> & { readonly shadow?: LayerShadow };

/** The inventory of what the layers (bottom first), or a folder, gave. Pure. */
export function settle(
  target: Target,
  extractors: readonly Extractor[],
  layers: readonly LayerInfo[],
  indexed: readonly Settling[],
): Inventory {
  const extracted = indexed.map((layer) => layer.extracted);
  const merged = mergedViews(extractors, layers, extracted, finalFiles(indexed));
  const settled = extractors.map((extractor, i): Settled => {
    const view = merged.views[i];
    return view ? withModified(extractor.settle(view), view) : { packages: [] };
  });
  const distro = settled.find((one) => one.distro)?.distro;
  const repositories = [...new Set(settled.flatMap((one) => one.repositories ?? []))].sort();
  const found = settled.map(({ packages }, i) => {
    if (extractors[i]?.class !== 'os') return { class: 'library' as const, packages };
    return { class: 'os' as const, packages: packages.map((one) => ({ ...one, purl: completeOsPurl(one, distro) })) };
  });
  const inventory: Inventory = {
    schemaVersion: 1,
    target: target.info,
    ...(distro ? { distro } : {}),
    ...(repositories.length > 0 ? { repositories } : {}),
    ...(target.kind === 'image' ? { config: target.config } : {}),
    layers,
    packages: withOwners(inventoryPackages(found, layers)),
    gaps: [...indexed.flatMap((layer) => layer.gaps), ...merged.gaps, ...settled.flatMap((one) => one.gaps ?? [])].sort(gapOrder(layers)),
  };
  const missing = missingDatabase(inventory);
  return { ...inventory, packages: withoutOwnedPrograms(inventory), gaps: missing ? [...inventory.gaps, missing] : inventory.gaps };
}

/**
 * The packages with the last layer that wrote the file that states each. A package database is written with every package that comes or
 * goes: there the layer that brought the version is the last that changed the package.
 */
function withModified(settled: Settled, { visible }: MergedView<unknown>): Settled {
  const written = new Map<string, number>();
  // Nothing is below the lowest layer that could have brought it.
  for (const { path, layer } of visible) if (layer > 0) written.set(path, layer);
  if (written.size === 0) return settled;
  const packages = settled.packages.map((one) => {
    const last = one.evidence.kind === 'package-database' ? undefined : written.get(outermost(one.path));
    return last === undefined || last === one.layer ? one : { ...one, modified: last };
  });
  return { ...settled, packages };
}

/** The file of the layer that holds `a.jar!/b.jar`. */
function outermost(path: string): string {
  const nested = path.indexOf('!/');
  return nested < 0 ? path : path.slice(0, nested);
}

/** Nothing hides anything in a folder. */
function finalFiles(indexed: readonly Settling[]): FinalFiles {
  const shadows = indexed.flatMap(({ shadow }) => shadow ?? []);
  if (shadows.length === 0) return { visible: () => true, exists: () => true };
  return new Visibility(shadows, filesOf(indexed));
}

function* filesOf(indexed: readonly Settling[]): Generator<LayerFile> {
  for (const [layer, { extracted }] of indexed.entries()) for (const { path } of extracted) yield { path, layer };
}

/** By layer, path and stage: gaps come in the order in which layers happened to be read. */
function gapOrder(layers: readonly LayerInfo[]): (a: Gap, b: Gap) => number {
  const key = (gap: Gap): string => {
    const index = layers.findIndex((layer) => layer.digest === gap.layer);
    return [String(index + 1).padStart(4, '0'), gap.path ?? '', gap.stage, gap.code, JSON.stringify(gap.params)].join('\0');
  };
  return (a, b) => {
    const [one, other] = [key(a), key(b)];
    return one < other ? -1 : one > other ? 1 : 0;
  };
}
