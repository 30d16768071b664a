import { imageOf, pluginFor } from '../../match/distros/index.ts';
import type { Inventory, Package } from '../../model/index.ts';

/**
 * The packages without the programs that a package of the distribution owns: `perl` of Debian's perl-base is in the list already, at
 * a version that knows of backports. Where the owner was built by somebody else (NodeSource's nodejs, PGDG's postgresql) or nothing
 * is known of the distribution, no source speaks for the owner: the program stays, with `ownedBy`. One that a later layer has put in
 * the place of the owner's stays as nobody's.
 */
export function withoutOwnedPrograms(inventory: Inventory): Package[] {
  const image = imageOf(inventory);
  const plugin = image && pluginFor(image.distro);
  const owners = new Map(inventory.packages.flatMap((one) => (one.class === 'os' ? [[one.id, one] as const] : [])));
  return inventory.packages.flatMap((one) => {
    const owner = one.type === 'generic' && one.ownedBy !== undefined ? owners.get(one.ownedBy) : undefined;
    if (!owner) return [one];
    const { ownedBy: _, ...alone } = one;
    if (one.layer && owner.layer && one.layer.index > owner.layer.index) return [alone];
    if (!image || !plugin || plugin.packageType !== owner.type || plugin.builder?.(owner, image.distro) !== undefined) return [one];
    return [];
  });
}
