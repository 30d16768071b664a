import { thirdPartyBuilder } from '../../third-party.ts';
import { bySource } from '../lookups.ts';
import type { DistroPlugin } from '../types.ts';

/**
 * Alpine: secdb names the fixed version by branch and origin, `0` meaning never affected; it comes before osv.dev's copy.
 * See docs/decisions/0006.
 */
export const alpine: DistroPlugin = {
  id: 'alpine',
  ids: ['alpine'],
  packageType: 'apk',
  ecosystems: ({ distro: { codename, versionId } }) => {
    if (codename === 'edge') return ['Alpine:edge'];
    return versionId ? [`Alpine:v${versionId.split('.').slice(0, 2).join('.')}`] : [];
  },
  lookups: bySource,
  rank: ({ feed }) => (feed === 'alpine-osv' ? 1 : 0),
  builder: thirdPartyBuilder,
  kernel: /^linux-(headers|lts|virt|edge|stable|rpi\d?|vanilla|hardened|asahi|openpax)(-dev|-doc)?$/,
};
