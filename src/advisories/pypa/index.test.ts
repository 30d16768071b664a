import { expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { pypa } from './index.ts';

const git = { type: 'GIT', repo: 'https://example.org/x', events: [{ introduced: '0' }, { fixed: 'abc' }] };
const entry = (rest: object) => ({ id: 'PYSEC-2023-242', affected: [{ package: { ecosystem: 'PyPI', name: 'httpie' }, ...rest }] });
const read = async (rest: object) => readFeed(pypa, 'lang/pypa.jsonl.gz', [entry(rest)]);

it('reads versions beside ranges, and ranges of commits not at all', async () => {
  const events = [{ introduced: '0' }, { fixed: '3.2.3' }];
  const { advisories } = await read({ ranges: [git, { type: 'ECOSYSTEM', events }], versions: ['3.2.2', '3.2.2.dev1'] });
  expect(advisories[0]?.affected).toEqual([
    { ecosystem: 'PyPI', name: 'httpie', ranges: [events], versions: ['3.2.2', '3.2.2.dev1'], status: 'affected' },
  ]);
});

it('counts records that name neither versions nor a range of them', async () => {
  expect((await read({ ranges: [git] })).leftOut).toEqual(['commits only: PYSEC-2023-242']);
  expect((await read({})).problems).toEqual(['no ranges and no versions: PYSEC-2023-242']);
});

it('calls malware what is an alias of a MAL- record', async () => {
  const { advisories } = await readFeed(pypa, 'pypa.jsonl', [{ ...entry({ versions: ['1.0'] }), aliases: ['MAL-2026-5280'] }]);
  expect(advisories[0]?.kind).toBe('malware');
});
