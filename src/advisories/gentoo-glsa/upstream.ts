import { mirrorRepository } from '../mirror-repository.ts';
import type { Upstream } from '../types.ts';

/**
 * Gentoo's repository of advisories as one archive. A folder may stand in: a clone of it, or `metadata/glsa` of any Gentoo system.
 * Source: https://gitweb.gentoo.org/data/glsa.git
 */
export const gentooGlsaUpstream: Upstream = {
  id: 'gentoo-glsa',
  title: 'Gentoo Linux security advisories',
  feeds: ['gentoo-glsa'],
  url: 'https://gitweb.gentoo.org/data/glsa.git/snapshot/',
  update: (mirror) =>
    mirrorRepository(mirror, {
      upstream: 'gentoo-glsa',
      archives: ['glsa-master.tar.gz', 'master.tar.gz'],
      folders: [''],
      wanted: (path) => /(^|\/)glsa-\d{6}-\d{2,4}\.xml$/.test(path),
    }),
};
