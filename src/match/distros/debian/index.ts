import { thirdPartyBuilder } from '../../third-party.ts';
import { bySource } from '../lookups.ts';
import type { DistroPlugin } from '../types.ts';

/**
 * Debian: the tracker's CVE record for the source package in this release decides; errata (DSA, DLA) stand beside it, and
 * decide where there is no CVE record. The tracker's own data is heard before osv.dev's export of it, which tells less. See
 * docs/decisions/0006.
 */
export const debian: DistroPlugin = {
  id: 'debian',
  ids: ['debian'],
  packageType: 'deb',
  ecosystems: ({ distro: { versionId = '' } }) => {
    const [major = '', minor] = versionId.split('.');
    if (major === '') return [];
    return [`Debian:${Number(major) < 7 && minor !== undefined ? `${major}.${minor}` : major}`];
  },
  lookups: bySource,
  copies: { 'debian-osv': ['debian-tracker', 'debian-dsa'] },
  rank: ({ form }) => (form === 'errata' ? 1 : 0),
  builder: thirdPartyBuilder,
  kernel:
    /^linux-(libc-dev|headers|image|kbuild|modules|source|doc|config|compiler|support|buildinfo|aws|azure|gcp|generic|virtual|kvm)(-|$)/,
};
