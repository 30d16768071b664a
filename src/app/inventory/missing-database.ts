import { imageOf, pluginFor } from '../../match/distros/index.ts';
import type { Gap, Inventory } from '../../model/index.ts';

/**
 * A gap where an image says that it is a distribution, and no package of that distribution's package manager was found:
 * somebody left the package database out or emptied it, and what was installed with it cannot be told. An image without
 * os-release is made from nothing and misses nothing; folders of projects have no distribution of their own.
 */
export function missingDatabase(inventory: Inventory): Gap | undefined {
  const image = inventory.target.kind === 'dir' ? undefined : imageOf(inventory);
  const plugin = image && pluginFor(image.distro);
  if (!plugin || inventory.packages.some((one) => one.type === plugin.packageType)) return undefined;
  const { id, prettyName, path } = image.distro;
  const what = `the packages of ${prettyName ?? id}`;
  return { code: 'not-here', params: { what }, stage: 'app/inventory', path, incomplete: true };
}
