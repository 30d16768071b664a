import { almalinuxErrataUpstream } from './almalinux-errata/upstream.ts';
import { alpineSecdbUpstream } from './alpine-secdb/upstream.ts';
import { amazonUpstream } from './amazon/upstream.ts';
import { archAvgUpstream } from './arch-avg/upstream.ts';
import { azurelinuxUpstream } from './azurelinux/upstream.ts';
import { bitnamiUpstream } from './bitnami/upstream.ts';
import { debianDsaUpstream } from './debian-dsa/upstream.ts';
import { debianTrackerUpstream } from './debian-tracker/upstream.ts';
import { epssUpstream } from './epss/upstream.ts';
import { friendsofphpUpstream } from './friendsofphp/upstream.ts';
import { gentooGlsaUpstream } from './gentoo-glsa/upstream.ts';
import { ghsaUpstream } from './ghsa/upstream.ts';
import { govulndbUpstream } from './govulndb/upstream.ts';
import { kevUpstream } from './kev/upstream.ts';
import { maliciousUpstream } from './malicious/upstream.ts';
import { nvdUpstream } from './nvd/upstream.ts';
import { oracleUpstream } from './oracle/upstream.ts';
import { osvRpmUpstream, osvUpstream } from './osv-bucket/upstream.ts';
import { psfUpstream } from './psf/upstream.ts';
import { pypaUpstream } from './pypa/upstream.ts';
import { redhatRepositoryToCpeUpstream } from './redhat-repository-to-cpe/upstream.ts';
import { redhatVexUpstream } from './redhat-vex/upstream.ts';
import { rockyErrataUpstream } from './rocky-errata/upstream.ts';
import { rubysecUpstream } from './rubysec/upstream.ts';
import { rustsecUpstream } from './rustsec/upstream.ts';
import { suseOsvUpstream } from './suse-osv/upstream.ts';
import type { Upstream } from './types.ts';
import { ubuntuCveTrackerUpstream } from './ubuntu-cve-tracker/upstream.ts';
import { ubuntuOsvUpstream } from './ubuntu-osv/upstream.ts';
import { ubuntuUsnUpstream } from './ubuntu-usn/upstream.ts';
import { vulnrichmentUpstream } from './vulnrichment/upstream.ts';

/**
 * Every upstream that `plimsoll db update` knows, in the order in which `--list` shows them. Where several have a feed and were
 * updated together, the first of them is read: the owner of a feed before who collects feeds.
 */
export const upstreams: readonly Upstream[] = [
  debianTrackerUpstream,
  debianDsaUpstream,
  alpineSecdbUpstream,
  ubuntuOsvUpstream,
  ubuntuCveTrackerUpstream,
  ubuntuUsnUpstream,
  redhatVexUpstream,
  redhatRepositoryToCpeUpstream,
  almalinuxErrataUpstream,
  rockyErrataUpstream,
  oracleUpstream,
  amazonUpstream,
  suseOsvUpstream,
  azurelinuxUpstream,
  archAvgUpstream,
  gentooGlsaUpstream,
  ghsaUpstream,
  govulndbUpstream,
  pypaUpstream,
  psfUpstream,
  rustsecUpstream,
  rubysecUpstream,
  friendsofphpUpstream,
  bitnamiUpstream,
  maliciousUpstream,
  epssUpstream,
  kevUpstream,
  nvdUpstream,
  vulnrichmentUpstream,
  osvUpstream,
  osvRpmUpstream,
];
