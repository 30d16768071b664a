import { PlimsollError } from '../../util/errors.ts';
import type { Upstream } from '../types.ts';

const FILE = 'epss_scores-current.csv.gz';

/** The scores of the day, whole; upstream redirects to the file of the day. Source: first.org/epss/data_stats. */
export const epssUpstream: Upstream = {
  id: 'epss',
  title: 'Exploit Prediction Scoring System (FIRST)',
  feeds: ['epss'],
  url: 'https://epss.empiricalsecurity.com/',
  update: async (mirror) => {
    if ((await mirror.fetch(FILE)) === 'absent') throw new PlimsollError('feed-missing', { upstream: 'epss', file: FILE });
  },
};
