import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { otherAnswers } from '../../../testing/requirements.ts';
import { rubysec } from './index.ts';
import { gemRequirements } from './requirements.ts';

const read = (record: object) => readFeed(rubysec, 'lang/rubysec.jsonl.gz', [{ gem: 'acme', cve: '2020-0001', ...record }]);

describe('rubysec', () => {
  it('speaks of every version that is neither patched nor unaffected', async () => {
    const { advisories, facts } = await read({
      ghsa: 'aaaa-bbbb-cccc',
      osvdb: 1234,
      date: '2020-01-02',
      patched_versions: ['~> 5.2.4, >= 5.2.4.3', '>= 6.0.3.1'],
      unaffected_versions: ['< 4.0.0'],
    });
    expect(advisories).toEqual([
      {
        id: 'CVE-2020-0001',
        kind: 'vulnerability',
        form: 'flaw',
        aliases: ['GHSA-aaaa-bbbb-cccc', 'OSVDB-1234'],
        flaws: [],
        cvss: [],
        published: '2020-01-02T00:00:00Z',
        affected: [
          {
            ecosystem: 'RubyGems',
            name: 'acme',
            ranges: [
              [{ introduced: '4.0.0' }, { fixed: '5.2.4.3' }],
              // The pre-releases of 5.3 are neither `~> 5.2.4` nor `>= 6`.
              [{ introduced: '5.3.A' }, { fixed: '6.0.3.1' }],
            ],
            status: 'affected',
          },
        ],
      },
    ]);
    expect(facts).toContainEqual({ id: 'CVE-2020-0001', aliases: ['GHSA-aaaa-bbbb-cccc', 'OSVDB-1234'] });
  });

  it('joins patched versions that overlap', async () => {
    const { advisories } = await read({ patched_versions: ['>= 1.2.5', '~> 1.2.3'] });
    expect(advisories[0]?.affected[0]?.ranges).toEqual([[{ introduced: '0' }, { fixed: '1.2.3' }]]);
  });

  it('calls every version affected where no patch is named', async () => {
    const { advisories } = await read({});
    expect(advisories[0]?.affected[0]?.ranges).toEqual([[{ introduced: '0' }]]);
  });

  it.each([
    ['GHSA-aaaa-bbbb-cccc', { cve: undefined, ghsa: 'aaaa-bbbb-cccc', osvdb: 7 }],
    ['OSVDB-7', { cve: undefined, osvdb: '7' }],
  ])('goes by %s where there is no better name', async (id, record) => {
    const { advisories } = await read(record);
    expect(advisories.map((advisory) => advisory.id)).toEqual([id]);
  });

  it.each([
    ['about the interpreter, no gem', { gem: undefined, engine: 'ruby' }],
    ['affects no version', { unaffected_versions: ['< 2'], patched_versions: ['>= 1'] }],
  ])('leaves out: %s', async (reason, record) => {
    const { advisories, leftOut } = await read(record);
    expect(advisories).toEqual([]);
    expect(leftOut).toEqual([`${reason}: CVE-2020-0001`]);
  });

  it.each([[['>= x']], [['!= 1.0']], ['>= 1'], [[null]]])('counts a requirement that it cannot read: %j', async (patched_versions) => {
    const { advisories, problems } = await read({ patched_versions });
    expect(advisories).toEqual([]);
    expect(problems).toEqual(['requirement that is no range: CVE-2020-0001']);
  });
});

/** Written by hand after the repository's README, "YAML Schema". */
it('reads the YAML of its repository', async () => {
  const text = `---
gem: acme
cve: 2020-0010
ghsa: aaaa-bbbb-cccc
osvdb: 1234
url: https://acme.example
title: A flaw
date: 2020-01-02
description: |
  Versions Affected: < 1.2.10
  patched_versions: none
cvss_v3: 7.5
unaffected_versions:
  - "< 1.0"
patched_versions:
  - ~> 1.2.10
  - '>= 2.1'
related:
  url:
    - https://acme.example/b
`;
  const { advisories, problems } = await readFeed(
    rubysec,
    'rubysec/master.tar.gz/ruby-advisory-db-master/gems/acme/CVE-2020-0010.yml',
    text,
  );
  expect(problems).toEqual([]);
  expect(advisories).toMatchObject([
    {
      id: 'CVE-2020-0010',
      aliases: ['GHSA-aaaa-bbbb-cccc', 'OSVDB-1234'],
      published: '2020-01-02T00:00:00Z',
      affected: [
        {
          name: 'acme',
          ranges: [
            [{ introduced: '1.0' }, { fixed: '1.2.10' }],
            [{ introduced: '1.3.A' }, { fixed: '2.1' }],
          ],
        },
      ],
    },
  ]);
});

it('tells the interpreter by its field', async () => {
  const name = 'rubysec/master.tar.gz/ruby-advisory-db-master/rubies/ruby/CVE-2020-0010.yml';
  const { leftOut } = await readFeed(rubysec, name, 'engine: ruby\ncve: 2020-0010\npatched_versions:\n  - ">= 2.7.0"\n');
  expect(leftOut).toEqual(['about the interpreter, no gem: CVE-2020-0010']);
});

/** tools/advisories/gem-requirements.rb */
it('reads requirements as RubyGems does', () => {
  expect(otherAnswers(gemRequirements, 'testdata/rubygems-3.3.txt', import.meta.url)).toEqual([]);
});
