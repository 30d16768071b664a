import { PlimsollError } from '../../util/errors.ts';
import type { Upstream } from '../types.ts';

const ID = 'azurelinux';
const FILES = ['cbl-mariner-1.0-oval.xml', 'cbl-mariner-2.0-oval.xml', 'azurelinux-3.0-oval.xml'];

/** One OVAL document a release, at the top of Microsoft's repository; a checked-out copy of it is a mirror. */
export const azurelinuxUpstream: Upstream = {
  id: ID,
  title: 'Azure Linux and CBL-Mariner vulnerability data',
  feeds: [ID],
  url: 'https://raw.githubusercontent.com/microsoft/AzureLinuxVulnerabilityData/main/',
  update: async (mirror) => {
    for (const file of FILES) {
      if ((await mirror.fetch(file)) === 'absent') throw new PlimsollError('feed-missing', { upstream: ID, file });
    }
  },
};
