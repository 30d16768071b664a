import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { otherAnswers } from '../../../testing/requirements.ts';
import { rangesOutside } from '../requirements.ts';
import { rustsec } from './index.ts';
import { cargoRequirements } from './requirements.ts';

const read = (advisory: object, versions: object, rest: object = {}) =>
  readFeed(rustsec, 'lang/rustsec.jsonl.gz', [{ advisory: { id: 'RUSTSEC-2020-0001', package: 'acme', ...advisory }, versions, ...rest }]);

describe('rustsec', () => {
  it('speaks of every version that is neither patched nor unaffected', async () => {
    const { advisories, facts } = await read(
      { date: '2020-01-02', cvss: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', aliases: ['CVE-2020-0001', 'GHSA-aaaa-bbbb-cccc'] },
      { patched: ['^1.2.3', '>= 2.0.1'], unaffected: ['< 0.5.0'] },
    );
    expect(advisories).toEqual([
      {
        id: 'RUSTSEC-2020-0001',
        kind: 'vulnerability',
        form: 'flaw',
        aliases: ['CVE-2020-0001', 'GHSA-aaaa-bbbb-cccc'],
        flaws: [],
        cvss: ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H'],
        published: '2020-01-02T00:00:00Z',
        affected: [
          {
            ecosystem: 'crates.io',
            name: 'acme',
            ranges: [
              [{ introduced: '0.5.0' }, { fixed: '1.2.3' }],
              [{ introduced: '2.0.0-0' }, { fixed: '2.0.1' }],
            ],
            status: 'affected',
          },
        ],
      },
    ]);
    expect(facts).toContainEqual({ id: 'RUSTSEC-2020-0001', aliases: ['CVE-2020-0001', 'GHSA-aaaa-bbbb-cccc'] });
  });

  it('calls every version affected where none is patched', async () => {
    const { advisories } = await read({}, { patched: [] });
    expect(advisories[0]?.affected[0]?.ranges).toEqual([[{ introduced: '0' }]]);
  });

  it('knows malicious crates by their category', async () => {
    const { advisories } = await read({ categories: ['malicious'] }, {});
    expect(advisories[0]?.kind).toBe('malware');
  });

  it.each([
    ['informational, no CVE or GHSA', { informational: 'unmaintained' }, {}],
    ['about the toolchain, no crate', { package: 'std' }, { _path: 'rust/std/CVE-2020-1.md' }],
    ['withdrawn', { withdrawn: '2021-01-01' }, {}],
    ['affects no version', {}, { versions: { patched: ['>= 0.0.0-0'], unaffected: ['< 1.0.0'] } }],
  ])('leaves out: %s', async (reason, advisory, rest) => {
    const { advisories, leftOut } = await read(advisory, {}, rest);
    expect(advisories).toEqual([]);
    expect(leftOut).toEqual([`${reason}: RUSTSEC-2020-0001`]);
  });

  it('keeps an informational one that has a name elsewhere', async () => {
    const { advisories } = await read({ informational: 'unsound', aliases: ['GHSA-aaaa-bbbb-cccc'] }, { patched: [] });
    expect(advisories).toHaveLength(1);
  });

  it.each([[['>= one']], [['!= 1.0.0']], ['>= 1.0.0'], [[7]], [['']]])('counts a requirement that it cannot read: %j', async (patched) => {
    const { advisories, problems } = await read({}, { patched });
    expect(advisories).toEqual([]);
    expect(problems).toEqual(['requirement that is no range: RUSTSEC-2020-0001']);
  });
});

const MARKDOWN = `\`\`\`toml
[advisory]
id = "RUSTSEC-2020-0001"
package = "acme"
date = "2020-01-02"
aliases = ["CVE-2020-0001"]

[affected.functions]
"acme::parse" = ["< 1.2.3"]

[versions]
patched = [">= 1.2.3"]
\`\`\`

# A title

Text with a block of its own:

\`\`\`toml
[versions]
patched = []
\`\`\`
`;

/** Written by hand after the repository's README, "Advisory format". */
it('reads the Markdown of its repository', async () => {
  const { advisories, problems } = await readFeed(
    rustsec,
    'rustsec/main.tar.gz/advisory-db-main/crates/acme/RUSTSEC-2020-0001.md',
    MARKDOWN,
  );
  expect(problems).toEqual([]);
  expect(advisories).toMatchObject([
    {
      id: 'RUSTSEC-2020-0001',
      aliases: ['CVE-2020-0001'],
      published: '2020-01-02T00:00:00Z',
      affected: [{ name: 'acme', ranges: [[{ introduced: '0' }, { fixed: '1.2.3' }]] }],
    },
  ]);
});

it('tells the toolchain by its folder', async () => {
  const { leftOut } = await readFeed(rustsec, 'rustsec/main.tar.gz/advisory-db-main/rust/std/CVE-2020-0001.md', MARKDOWN);
  expect(leftOut).toEqual(['about the toolchain, no crate: RUSTSEC-2020-0001']);
});

/** tools/advisories/cargo-requirements */
it('reads requirements as the semver crate does', () => {
  expect(otherAnswers(cargoRequirements, 'testdata/semver-1.0.28.txt', import.meta.url)).toEqual([]);
});

/** What RustSec's own conversion to OSV makes of them: the smallest version above `1.2.3` is `1.2.4-0`. */
it.each([
  [['> 1.2.3'], [{ introduced: '0' }, { last_affected: '1.2.3' }]],
  [['<= 1.2.3'], [{ introduced: '1.2.4-0' }]],
  [['<= 1.2.3-rc.1'], [{ introduced: '1.2.3-rc.1.0' }]],
  [['~1.2'], [{ introduced: '0' }, { fixed: '1.2.0' }], [{ introduced: '1.3.0-0' }]],
])('%j', (requirements, ...ranges) => {
  expect(rangesOutside(requirements, cargoRequirements)?.map(({ events }) => events)).toEqual(ranges);
});
