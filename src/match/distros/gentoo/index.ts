import { byBinary } from '../lookups.ts';
import type { DistroPlugin } from '../types.ts';

/**
 * Gentoo: advisories name `category/package`, versions and sometimes slots; `module` of a statement is the slot, or `!1.2,1.5` for
 * every slot but these. Packages of overlays are not Gentoo's. Source: GLSA's document type (glsa.dtd), "slot".
 */
export const gentoo: DistroPlugin = {
  id: 'gentoo',
  ids: ['gentoo'],
  packageType: 'ebuild',
  ecosystems: () => ['Gentoo'],
  lookups: byBinary,
  applies: ({ module, arches }, { package: pkg }) => isOfSlot(module, pkg.module) && (!arches || !pkg.arch || arches.includes(pkg.arch)),
  rank: () => 0,
  builder: ({ origin }) => (origin === undefined || origin === 'gentoo' ? undefined : origin),
  kernel: /^sys-kernel\/(.*-(sources|kernel|kernel-bin|headers)|linux-headers)$/,
};

/** A slot may have a sub-slot, `0/1.1`; a statement may name both or the slot alone. A package without one is held against all. */
function isOfSlot(said: string | undefined, slot: string | undefined): boolean {
  if (said === undefined || slot === undefined) return true;
  const names = [slot, slot.split('/')[0] ?? ''];
  return said.startsWith('!')
    ? !said
        .slice(1)
        .split(',')
        .some((each) => names.includes(each))
    : names.includes(said);
}
