import { imageOf, pluginFor } from '../../match/distros/index.ts';
import type { Inventory, Package } from '../../model/index.ts';

/**
 * The packages without the programs that a package of the distribution owns: `perl` of Debian's perl-base is in the list already, at
 * a version that knows of backports. Where the owner was built by somebody else (NodeSource's nodejs, PGDG's postgresql) or nothing
 * is known of the distribution, no source speaks for the owner: the program stays, with `ownedBy`.
 */
export function withoutOwnedPrograms(inventory: Inventory): Package[] {
  const image = imageOf(inventory);
  const plugin = image && pluginFor(image.distro);
  const byId = new Map(inventory.packages.map((one) => [one.id, one]));
  return inventory.packages.filter((one) => {
    const owner = one.ownedBy !== undefined && one.type === 'generic' ? byId.get(one.ownedBy) : undefined;
    if (!owner || !image || !plugin) return true;
    return plugin.packageType !== owner.type || plugin.builder?.(owner, image.distro) !== undefined;
  });
}
