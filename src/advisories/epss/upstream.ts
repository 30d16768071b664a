import { gunzipSync } from 'node:zlib';
import type { Bytes } from '../../util/bytes.ts';
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
    if ((await mirror.fetch(FILE, FILE, flaw)) === 'absent') throw new PlimsollError('feed-missing', { upstream: 'epss', file: FILE });
  },
};

/** Some 25 MB by 2026. */
const MAX_TEXT = 256 << 20;

/** An error page or half a list must not take the place of what is here. */
function flaw(bytes: Bytes): string | undefined {
  try {
    const text = gunzipSync(bytes, { maxOutputLength: MAX_TEXT });
    return /^CVE-\d{4}-\d{4,},\d/m.test(text.subarray(0, 4096).toString('latin1')) ? undefined : 'it holds no scores';
  } catch {
    return 'it cannot be unpacked';
  }
}
