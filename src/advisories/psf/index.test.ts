import { expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { psf } from './index.ts';

it('gives names only where commits are all that is said, and counts that', async () => {
  const { advisories, facts, leftOut } = await readFeed(psf, 'lang/psf.jsonl.gz', [
    {
      id: 'PSF-2007-1',
      aliases: ['CVE-2007-4965'],
      affected: [
        { ranges: [{ type: 'GIT', repo: 'https://github.com/python/cpython', events: [{ introduced: '0' }, { fixed: '4df1b6d' }] }] },
      ],
    },
  ]);
  expect(advisories).toEqual([]);
  expect(facts).toEqual([{ id: 'PSF-2007-1', aliases: ['CVE-2007-4965'] }]);
  expect(leftOut).toEqual(['commits only: PSF-2007-1']);
});
