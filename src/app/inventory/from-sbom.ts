import type { SbomTarget } from '../../image/types.ts';
import type { FoundPackage, Gap, Inventory, LayerInfo, LayerRef, Package } from '../../model/index.ts';
import { type Component, distroOf, OS_TYPES, packageOf, readSbom, restoredLayer, restoredOwner, restoredTarget } from '../../sbom/index.ts';
import { missingDatabase } from './missing-database.ts';
import { inventoryPackages, packageId } from './packages.ts';

const STAGE = 'sbom';
/** Gaps that are listed one by one. */
const MAX_GAPS = 1000;

/**
 * What an SBOM says is inside. Nothing of it was seen by us: every package says so in its evidence, but for those of an SBOM that we wrote,
 * which say how they were found then, in which layer, and whose file they are.
 */
export async function sbomInventory(target: SbomTarget): Promise<Inventory> {
  const { name } = target.info;
  const { form, tools, components, malformed, subject } = readSbom(await target.read(), name);
  const images = components.flatMap((component) => restoredTarget(component) ?? []);
  const layers = new Layers(images.flatMap((image) => image.layers));
  const detail = [form, ...tools].join(', ');
  const stated = components.flatMap((component): Stated[] => {
    const found = packageOf(component, detail);
    if (found === undefined) return [];
    const modified = layers.position(component, 'modified');
    return [
      { component, found: { ...found, layer: layers.position(component, 'layer') ?? -1, ...(modified === undefined ? {} : { modified }) } },
    ];
  });
  const distro = distroOf(components, name);
  const isOs = ({ found }: Stated) => OS_TYPES.has(found.type);
  const classes = [
    { class: 'os' as const, packages: stated.filter(isOs).map((one) => one.found) },
    { class: 'library' as const, packages: stated.filter((one) => !isOs(one)).map((one) => one.found) },
  ];
  const wrong = malformed.slice(0, MAX_GAPS).map((what): Gap => ({ code: 'malformed', params: { what }, stage: STAGE, incomplete: true }));
  // A package without version is counted as unassessed, as one of an image is.
  const gaps = [...images.flatMap((image) => image.gaps), ...wrong];
  // What several platforms are made of is no one target.
  const image = images.length === 1 ? images[0] : undefined;
  const repositories = [...new Set(images.flatMap((each) => each.repositories ?? []))];
  const inventory: Inventory = {
    schemaVersion: 1,
    target: { ...target.info, ...(subject === undefined ? {} : { name: subject }), ...image?.target },
    ...(distro === undefined ? {} : { distro }),
    ...(repositories.length === 0 ? {} : { repositories }),
    layers: image?.layers ?? [],
    packages: withStatedOwners(inventoryPackages(classes, layers.all), stated),
    gaps,
  };
  const missing = missingDatabase(inventory);
  const known = gaps.some(({ code, stage }) => code === missing?.code && stage === missing.stage);
  return missing === undefined || known ? inventory : { ...inventory, gaps: [...gaps, missing] };
}

interface Stated {
  readonly component: Component;
  readonly found: FoundPackage;
}

/** The layers of all targets that a document describes, each once. */
class Layers {
  readonly all: LayerRef[];
  readonly #positions: Map<string, number>;

  constructor(layers: readonly LayerInfo[]) {
    this.all = [...layers];
    this.#positions = new Map(layers.map((layer, i) => [keyOf(layer), i] as const).toReversed());
  }

  position(component: Component, which: 'layer' | 'modified'): number | undefined {
    const layer = restoredLayer(component, which);
    if (layer === undefined) return undefined;
    const known = this.#positions.get(keyOf(layer));
    if (known !== undefined) return known;
    this.#positions.set(keyOf(layer), this.all.length);
    return this.all.push(layer) - 1;
  }
}

function keyOf({ index, digest }: LayerRef): string {
  return `${index} ${digest}`;
}

/** With the packages that own others' files, where the document says so: who owns which files it does not. */
function withStatedOwners(packages: readonly Package[], stated: readonly Stated[]): readonly Package[] {
  const ids = new Map(stated.flatMap(({ component: { ref }, found }) => (ref === undefined ? [] : [[ref, packageId(found)] as const])));
  const owners = new Map(
    stated.flatMap(({ component, found }) => {
      const owner = ids.get(restoredOwner(component) ?? '');
      return owner === undefined ? [] : [[packageId(found), owner] as const];
    }),
  );
  if (owners.size === 0) return packages;
  return packages.map((one) => {
    const ownedBy = owners.get(one.id);
    return ownedBy === undefined || ownedBy === one.id ? one : { ...one, ownedBy };
  });
}
