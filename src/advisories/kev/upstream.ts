import type { Bytes } from '../../util/bytes.ts';
import { PlimsollError } from '../../util/errors.ts';
import type { Upstream } from '../types.ts';
import { kevEntries } from './schema.ts';

const FILE = 'known_exploited_vulnerabilities.json';

/** One document, replaced when CISA adds to it. Source: the catalogue's page, "JSON". */
export const kevUpstream: Upstream = {
  id: 'kev',
  title: 'CISA Known Exploited Vulnerabilities',
  feeds: ['kev'],
  url: 'https://www.cisa.gov/sites/default/files/feeds/',
  update: async (mirror) => {
    if ((await mirror.fetch(FILE, FILE, flaw)) === 'absent') throw new PlimsollError('feed-missing', { upstream: 'kev', file: FILE });
  },
};

/** An error page or half a catalogue must not take the place of what is here. */
function flaw(bytes: Bytes): string | undefined {
  try {
    return kevEntries(JSON.parse(bytes.toString('utf8')), { problem: () => {} }).length > 0 ? undefined : 'it lists no flaw';
  } catch {
    return 'it is no JSON';
  }
}
