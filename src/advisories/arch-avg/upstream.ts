import { PlimsollError } from '../../util/errors.ts';
import type { Upstream } from '../types.ts';

const FILE = 'all.json';

/** All vulnerability groups in one document. Source: https://wiki.archlinux.org/title/Arch_Security_Team */
export const archAvgUpstream: Upstream = {
  id: 'arch-avg',
  title: 'Arch Linux vulnerability groups',
  feeds: ['arch-avg'],
  url: 'https://security.archlinux.org/',
  update: async (mirror) => {
    if ((await mirror.fetch(FILE)) === 'absent') throw new PlimsollError('feed-missing', { upstream: 'arch-avg', file: FILE });
  },
};
