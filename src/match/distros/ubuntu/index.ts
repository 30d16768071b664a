import { isUbuntuPro, type Package, ubuntuEcosystem } from '../../../model/index.ts';
import { thirdPartyBuilder } from '../../third-party.ts';
import { bySource } from '../lookups.ts';
import type { DistroPlugin } from '../types.ts';

/** Packages of Ubuntu Pro say so in their versions: `1.0-1ubuntu0.1+esm1`, `...~esm2`. Source: documentation.ubuntu.com/security, "ESM". */
const PRO_BUILD = /[+~.]esm\d/;
/** FIPS builds have versions of their own, which are no later or earlier than those of the archive: `1.1.1f-1ubuntu2.fips.16`. */
const FIPS_BUILD = /fips/i;

/**
 * Ubuntu: the tracker's word on the source package in this release. The public archive is heard first; Ubuntu Pro's word counts
 * where the public archive is silent, and its fixes are out of reach of whoever has no subscription. A package that Pro built is
 * heard the other way round. Notices (USN) stand beside the tracker, and decide where it is silent; its own records are heard before
 * what Canonical makes of them as OSV, which tells less. See docs/decisions/0012.
 */
export const ubuntu: DistroPlugin = {
  id: 'ubuntu',
  ids: ['ubuntu'],
  packageType: 'deb',
  ecosystems: ({ distro: { versionId = '' } }) => {
    const release = /^\d+\.\d\d/.exec(versionId)?.[0];
    return release === undefined ? [] : [ubuntuEcosystem(release, 'public'), ubuntuEcosystem(release, 'pro')];
  },
  lookups: bySource,
  copies: { 'ubuntu-osv': 'ubuntu-cve-tracker' },
  rank: ({ ecosystem, form }, pkg) => (form === 'errata' ? 2 : 0) + (isUbuntuPro(ecosystem) === isProBuild(pkg) ? 0 : 1),
  caveat: ({ ecosystem }, pkg) => {
    if (!isUbuntuPro(ecosystem) || isProBuild(pkg)) return undefined;
    return { note: 'by Ubuntu Pro (ESM), whose fixes only subscribers get', outOfReach: true };
  },
  builder: (pkg, distro) => (FIPS_BUILD.test(versionOf(pkg)) ? 'Ubuntu Pro FIPS' : thirdPartyBuilder(pkg, distro)),
  kernel:
    /^linux-(libc-dev|headers|image|modules|source|doc|buildinfo|signatures|crashdump|aws|azure|bluefield|gcp|gke|gkeop|generic|hwe|ibm|intel|kvm|lowlatency|nvidia|oem|oracle|raspi|realtime|riscv|starfive|unsigned|virtual|xilinx)(-|$)/,
};

function isProBuild(pkg: Package): boolean {
  return PRO_BUILD.test(versionOf(pkg));
}

function versionOf(pkg: Package): string {
  return (pkg.source ?? pkg).version;
}
