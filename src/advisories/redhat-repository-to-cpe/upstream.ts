import { PlimsollError } from '../../util/errors.ts';
import type { Upstream } from '../types.ts';

const ID = 'redhat-repository-to-cpe';
const FILE = 'repository-to-cpe.json';

/** One document. Source: https://security.access.redhat.com/data/metrics. */
export const redhatRepositoryToCpeUpstream: Upstream = {
  id: ID,
  title: 'Red Hat repositories and their products',
  feeds: [ID],
  url: 'https://security.access.redhat.com/data/metrics/',
  update: async (mirror) => {
    if ((await mirror.fetch(FILE)) === 'absent') throw new PlimsollError('feed-missing', { upstream: ID, file: FILE });
  },
};
