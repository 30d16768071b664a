import { PlimsollError } from '../../util/errors.ts';
import type { Upstream } from '../types.ts';

const UPSTREAM = 'debian-dsa';
const LISTS = ['data/DSA/list', 'data/DLA/list'];
/** Both together have 3 MB. */
const MAX_LIST = 64 * 1024 * 1024;

/**
 * The lists of advisories in the tracker's repository. They are looked at before they are kept, because its server may answer with a
 * page that wants to see a browser. Source: https://security-team.debian.org/security_tracker.html
 */
export const debianDsaUpstream: Upstream = {
  id: UPSTREAM,
  title: 'Debian security advisories (DSA, DLA)',
  feeds: ['debian-dsa'],
  url: 'https://salsa.debian.org/security-tracker-team/security-tracker/-/raw/master/',
  update: async (mirror) => {
    for (const file of LISTS) {
      const list = await mirror.get(file, { limit: MAX_LIST });
      if (list === undefined) throw new PlimsollError('feed-missing', { upstream: UPSTREAM, file });
      if (!/^\[\d\d? \w{3} \d{4}\] D[SL]A-\d/.test(list.toString('latin1', 0, 100)))
        throw new PlimsollError('feed-malformed', { upstream: UPSTREAM, file, detail: 'it does not begin with an advisory' });
      mirror.write(file, list);
    }
  },
};
