import type { SbomTarget } from '../../image/types.ts';
import type { FoundPackage, Gap, Inventory } from '../../model/index.ts';
import { distroOf, OS_TYPES, packageOf, readSbom } from '../../sbom/index.ts';
import { missingDatabase } from './missing-database.ts';
import { inventoryPackages } from './packages.ts';

const STAGE = 'sbom';
/** Gaps that are listed one by one. */
const MAX_GAPS = 1000;

/** What an SBOM says is inside. Nothing of it was seen by us: every package says so in its evidence. */
export async function sbomInventory(target: SbomTarget): Promise<Inventory> {
  const { name } = target.info;
  const { form, tools, components, malformed, subject } = readSbom(await target.read(), name);
  const detail = [form, ...tools].join(', ');
  const found = components.flatMap((component) => packageOf(component, detail) ?? []);
  const distro = distroOf(components, name);
  const isOs = ({ type }: FoundPackage) => OS_TYPES.has(type);
  const classes = [
    { class: 'os' as const, packages: found.filter(isOs) },
    { class: 'library' as const, packages: found.filter((one) => !isOs(one)) },
  ];
  // A package without version is counted as unassessed, as one of an image is.
  const gaps = malformed.slice(0, MAX_GAPS).map((what): Gap => ({ code: 'malformed', params: { what }, stage: STAGE, incomplete: true }));
  const inventory: Inventory = {
    schemaVersion: 1,
    target: { ...target.info, ...(subject === undefined ? {} : { name: subject }) },
    ...(distro === undefined ? {} : { distro }),
    layers: [],
    packages: inventoryPackages(classes, []),
    gaps,
  };
  const missing = missingDatabase(inventory);
  return missing === undefined ? inventory : { ...inventory, gaps: [...gaps, missing] };
}
