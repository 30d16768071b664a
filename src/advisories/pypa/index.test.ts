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

/** Written by hand after the OSV schema, in YAML as the repository has it. */
it('reads the YAML of its repository, versions as they are written', async () => {
  const text = `id: PYSEC-2023-242
details: 'Words: before 1.10, and

  more of them'
affected:
- package:
    name: httpie
    ecosystem: PyPI
    purl: pkg:pypi/httpie
  ranges:
  - type: ECOSYSTEM
    events:
    - introduced: 1.0
    - fixed: 1.10
  versions:
  - 1.0
  - "1.2"
  - 1.9.0
aliases:
- CVE-2023-0001
modified: "2023-10-12T02:55:32.357329Z"
published: 2023-08-02T22:15:00Z
`;
  const { advisories, problems } = await readFeed(pypa, 'pypa/main.tar.gz/advisory-database-main/vulns/httpie/PYSEC-2023-242.yaml', text);
  expect(problems).toEqual([]);
  expect(advisories).toMatchObject([
    {
      id: 'PYSEC-2023-242',
      aliases: ['CVE-2023-0001'],
      published: '2023-08-02T22:15:00Z',
      modified: '2023-10-12T02:55:32Z',
      affected: [{ name: 'httpie', ranges: [[{ introduced: '1.0' }, { fixed: '1.10' }]], versions: ['1.0', '1.2', '1.9.0'] }],
    },
  ]);
});
