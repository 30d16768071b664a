import { PlimsollError } from '../../util/errors.ts';
import type { Upstream } from '../types.ts';

const ID = 'almalinux-errata';
const RELEASES = ['8', '9', '10'];

/** One document a major release, replaced whole. Source: https://errata.almalinux.org, "errata.full.json". */
export const almalinuxErrataUpstream: Upstream = {
  id: ID,
  title: 'AlmaLinux errata',
  feeds: [ID],
  url: 'https://errata.almalinux.org/',
  update: async (mirror) => {
    for (const release of RELEASES) {
      const file = `${release}/errata.full.json`;
      if ((await mirror.fetch(file)) === 'absent') throw new PlimsollError('feed-missing', { upstream: ID, file });
    }
  },
};
