import { PlimsollError } from '../../util/errors.ts';
import type { Upstream } from '../types.ts';

const FILE = 'json';

/** The whole tracker in one document of 75 MB. Source: https://security-tracker.debian.org/tracker/, "Security issues as JSON". */
export const debianTrackerUpstream: Upstream = {
  id: 'debian-tracker',
  title: 'Debian Security Tracker',
  feeds: ['debian-tracker'],
  url: 'https://security-tracker.debian.org/tracker/data/',
  update: async (mirror) => {
    const fetched = await mirror.fetch(FILE, 'tracker.json');
    if (fetched === 'absent') throw new PlimsollError('feed-missing', { upstream: 'debian-tracker', file: FILE });
  },
};
