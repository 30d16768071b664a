import { expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { alpineOsv } from './index.ts';

it('keeps what a record says of Alpine and leaves Debian to Debian', async () => {
  const affected = ['Alpine:v3.20', 'Debian:12'].map((ecosystem) => ({
    package: { ecosystem, name: 'expat' },
    ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '2.4.3-r0' }] }],
  }));
  const { advisories } = await readFeed(alpineOsv, 'os/alpine-osv.jsonl.gz', [{ id: 'CVE-2021-45960', affected }]);
  expect(advisories.flatMap((record) => record.affected)).toEqual([
    { ecosystem: 'Alpine:v3.20', name: 'expat', ranges: [[{ introduced: '0' }, { fixed: '2.4.3-r0' }]], status: 'affected' },
  ]);
});
