import { hash } from 'node:crypto';
import { licenseExpression } from '../../licenses/index.ts';
import type { FoundPackage, LayerRef, Package } from '../../model/index.ts';
import { compareText } from '../../util/compare-text.ts';
import { layerRef } from './layer-ref.ts';

/** What the extractors of one class found. */
export interface Found {
  readonly class: Package['class'];
  readonly packages: readonly FoundPackage[];
}

/**
 * Found packages as the inventory has them: with an id, the layer that brought them, in an order that depends on nothing but
 * them. Two that agree in type, name, version, architecture and path are one.
 */
export function inventoryPackages(found: readonly Found[], layers: readonly LayerRef[]): Package[] {
  const refs = layers.map(layerRef);
  const byId = new Map<string, Package>();
  const expressions = remembered(licenseExpression);
  for (const { class: kind, packages } of found) {
    for (const { layer, modified, ...one } of packages) {
      const id = packageId(one);
      const known = byId.get(id);
      if (known && !(known.dev && !one.dev)) continue;
      const ref = refs[layer];
      const last = modified === undefined ? undefined : refs[modified];
      const expression = one.licenses && expressions(one.type, one.licenses);
      byId.set(id, {
        ...one,
        id,
        class: kind,
        ...(expression ? { licenseExpression: expression } : {}),
        ...(ref ? { layer: ref } : {}),
        ...(last ? { modified: last } : {}),
      });
    }
  }
  return [...byId.values()].sort(inOrder);
}

/** Thousands of packages declare the same few licences. */
function remembered(expressionOf: typeof licenseExpression): typeof licenseExpression {
  const known = new Map<string, string | undefined>();
  return (type, declared) => {
    const key = [type, ...declared].join('\0');
    if (!known.has(key)) known.set(key, expressionOf(type, declared));
    return known.get(key);
  };
}

/** 64 bits of what makes a package: equal content gives equal ids in every scan. */
export function packageId({ type, name, version, arch, path }: Pick<FoundPackage, 'type' | 'name' | 'version' | 'arch' | 'path'>): string {
  // Not cut out of the whole hash, which would be kept for it.
  return hash('sha256', [type, name, version, arch ?? '', path].join('\0'), 'buffer').toString('hex', 0, 8);
}

/** OS packages first, then by type, name, version and path, as code units compare: the same on every machine. */
function inOrder(a: Package, b: Package): number {
  return (
    compareText(b.class, a.class) ||
    compareText(a.type, b.type) ||
    compareText(a.name, b.name) ||
    compareText(a.version, b.version) ||
    compareText(a.path, b.path) ||
    compareText(a.id, b.id)
  );
}
