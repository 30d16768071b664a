import { PlimsollError } from '../../util/errors.ts';
import type { Upstream } from '../types.ts';

const FILE = 'known_exploited_vulnerabilities.json';

/** One document, replaced when CISA adds to it. Source: the catalogue's page, "JSON". */
export const kevUpstream: Upstream = {
  id: 'kev',
  title: 'CISA Known Exploited Vulnerabilities',
  feeds: ['kev'],
  url: 'https://www.cisa.gov/sites/default/files/feeds/',
  update: async (mirror) => {
    if ((await mirror.fetch(FILE)) === 'absent') throw new PlimsollError('feed-missing', { upstream: 'kev', file: FILE });
  },
};
