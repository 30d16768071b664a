import { PlimsollError } from '../../util/errors.ts';
import type { Upstream } from '../types.ts';

const ID = 'oracle';
/** The first year that Oracle has definitions of. */
const FIRST = 2007;

/**
 * One OVAL document a year: those of past years hardly change, and are asked for by tag. That of the new year may be missing
 * in its first days. Source: Oracle Linux 9, "Auditing for Vulnerabilities By Using OVAL Definitions", "Consolidated OVAL definition files".
 */
export const oracleUpstream: Upstream = {
  id: ID,
  title: 'Oracle Linux errata',
  feeds: [ID],
  url: 'https://linux.oracle.com/security/oval/',
  update: async (mirror) => {
    const last = mirror.now.getUTCFullYear();
    for (let year = FIRST; year <= last; year++) {
      const file = `com.oracle.elsa-${year}.xml.bz2`;
      const found = await mirror.fetch(file);
      if (found === 'absent' && year < last) throw new PlimsollError('feed-missing', { upstream: ID, file });
    }
  },
};
