import { byBinary } from '../lookups.ts';
import type { DistroPlugin } from '../types.ts';

/**
 * Arch Linux: groups name installed packages. There are no releases, and no derivative is among the ids: Manjaro holds packages
 * back, others build them anew.
 */
export const arch: DistroPlugin = {
  id: 'arch',
  ids: ['arch'],
  packageType: 'alpm',
  ecosystems: () => ['Arch'],
  lookups: byBinary,
  rank: () => 0,
  kernel: /^linux(-(lts|zen|hardened|rt|rt-lts))?(-(headers|docs))?$|^linux-api-headers$/,
};
