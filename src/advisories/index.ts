import { almalinuxErrata } from './almalinux-errata/index.ts';
import { almalinuxOsv } from './almalinux-osv/index.ts';
import { alpineOsv } from './alpine-osv/index.ts';
import { alpineSecdb } from './alpine-secdb/index.ts';
import { amazon } from './amazon/index.ts';
import { archAvg } from './arch-avg/index.ts';
import { azurelinux } from './azurelinux/index.ts';
import { bitnami } from './bitnami/index.ts';
import { debianDsa } from './debian-dsa/index.ts';
import { debianOsv } from './debian-osv/index.ts';
import { debianTracker } from './debian-tracker/index.ts';
import { epss } from './epss/index.ts';
import { friendsofphp } from './friendsofphp/index.ts';
import { gentooGlsa } from './gentoo-glsa/index.ts';
import { ghsa } from './ghsa/index.ts';
import { govulndb } from './govulndb/index.ts';
import { kev } from './kev/index.ts';
import { malicious } from './malicious/index.ts';
import { nvd } from './nvd/index.ts';
import { oracle } from './oracle/index.ts';
import { psf } from './psf/index.ts';
import { pypa } from './pypa/index.ts';
import { redhatCve } from './redhat-cve/index.ts';
import { redhatOsv } from './redhat-osv/index.ts';
import { redhatRepositoryToCpe } from './redhat-repository-to-cpe/index.ts';
import { redhatVex } from './redhat-vex/index.ts';
import { rockyErrata } from './rocky-errata/index.ts';
import { rockyOsv } from './rocky-osv/index.ts';
import { rubysec } from './rubysec/index.ts';
import { rustsec } from './rustsec/index.ts';
import { suseOsv } from './suse-osv/index.ts';
import type { AdvisorySource } from './types.ts';
import { ubuntuCveTracker } from './ubuntu-cve-tracker/index.ts';
import { ubuntuOsvFeed } from './ubuntu-osv/index.ts';
import { ubuntuUsn } from './ubuntu-usn/index.ts';
import { vulnrichment } from './vulnrichment/index.ts';

/** Every feed the engine reads; a file belongs to the first that claims it. */
export const advisorySources: readonly AdvisorySource[] = [
  debianTracker,
  debianDsa,
  debianOsv,
  alpineSecdb,
  alpineOsv,
  redhatOsv,
  redhatCve,
  redhatVex,
  almalinuxErrata,
  almalinuxOsv,
  rockyErrata,
  rockyOsv,
  oracle,
  amazon,
  suseOsv,
  azurelinux,
  ubuntuCveTracker,
  ubuntuUsn,
  ubuntuOsvFeed,
  archAvg,
  gentooGlsa,
  ghsa,
  govulndb,
  pypa,
  psf,
  rustsec,
  rubysec,
  friendsofphp,
  bitnami,
  malicious,
  redhatRepositoryToCpe,
  epss,
  kev,
  nvd,
  vulnrichment,
];
