import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { ghsa } from './index.ts';

const VECTOR = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N';
const record = (rest: object) => ({
  id: 'GHSA-aaaa-bbbb-cccc',
  published: '2020-01-02T03:04:05Z',
  severity: [{ type: 'CVSS_V3', score: VECTOR }],
  database_specific: { cwe_ids: ['CWE-79'], severity: 'MODERATE' },
  affected: [{ package: { ecosystem: 'PyPI', name: 'Flask_Thing' }, ranges: [range([{ introduced: '0' }, { fixed: '1.0' }])] }],
  ...rest,
});
const range = (events: readonly object[]) => ({ type: 'ECOSYSTEM', events });
const read = (rest: object) => readFeed(ghsa, 'lang/ghsa-pypi.jsonl.gz', [record(rest)]);

describe('ghsa', () => {
  it('gives the package its normal name, GitHub’s word, and the flaw its facts', async () => {
    const { advisories, facts } = await read({ aliases: ['CVE-2020-0001'] });
    expect(advisories).toMatchObject([
      {
        id: 'GHSA-aaaa-bbbb-cccc',
        form: 'flaw',
        aliases: ['CVE-2020-0001'],
        cvss: [VECTOR],
        affected: [{ ecosystem: 'PyPI', name: 'flask-thing', severityLabel: 'moderate' }],
      },
    ]);
    expect(facts[1]).toEqual({
      id: 'GHSA-aaaa-bbbb-cccc',
      cvss: [{ vector: VECTOR, source: 'ghsa' }],
      severity: { level: 'medium', source: 'ghsa' },
      cwes: ['CWE-79'],
      published: '2020-01-02T03:04:05Z',
    });
  });

  it('reads an advisory on two CVEs as a bundle of both', async () => {
    const { advisories } = await read({ aliases: ['CVE-2020-0001', 'CVE-2020-0002', 'GO-2020-1'] });
    expect(advisories).toMatchObject([{ form: 'errata', flaws: ['CVE-2020-0001', 'CVE-2020-0002'], aliases: ['GO-2020-1'] }]);
  });

  it.each([
    ['<= 2.0.0-rc7', { lastAffected: '2.0.0-rc7' }],
    ['< 2.5.3', { limit: '2.5.3' }],
  ])('ends an open range where GitHub does: %s', async (known, end) => {
    const affected = [
      {
        package: { ecosystem: 'npm', name: 'ejs' },
        ranges: [range([{ introduced: '1.0' }])],
        database_specific: { last_known_affected_version_range: known },
      },
    ];
    const { advisories } = await read({ affected });
    expect(advisories[0]?.affected[0]?.ranges).toEqual([[{ introduced: '1.0' }, end]]);
  });

  it('prefers a fix to the last version known to be affected', async () => {
    const events = [{ introduced: '0' }, { fixed: '2.5.5' }];
    const affected = [
      {
        package: { ecosystem: 'npm', name: 'ejs' },
        ranges: [range(events)],
        database_specific: { last_known_affected_version_range: '< 2.5.3' },
      },
    ];
    expect((await read({ affected })).advisories[0]?.affected[0]?.ranges).toEqual([events]);
  });

  it('keeps listed versions beside ranges, but not beside "every version"', async () => {
    const entry = (events: readonly object[]) => ({
      package: { ecosystem: 'npm', name: 'ejs' },
      ranges: [range(events)],
      versions: ['1.0.0'],
    });
    const { advisories } = await read({ affected: [entry([{ introduced: '2.0.0' }]), entry([{ introduced: '0' }])] });
    expect(advisories[0]?.affected.map(({ versions }) => versions)).toEqual([['1.0.0'], undefined]);
  });

  it('writes bounds of Composer packages with three numbers', async () => {
    const affected = [
      { package: { ecosystem: 'Packagist', name: 'Acme/Lib' }, ranges: [range([{ introduced: '2.0' }, { fixed: '2.1-beta1' }])] },
      {
        package: { ecosystem: 'Packagist', name: 'acme/other' },
        ranges: [range([{ introduced: '0' }])],
        database_specific: { last_known_affected_version_range: '<= 3.0.1.0' },
      },
    ];
    expect((await read({ affected })).advisories[0]?.affected.map(({ name, ranges }) => [name, ranges])).toEqual([
      ['acme/lib', [[{ introduced: '2.0.0' }, { fixed: '2.1.0-beta1' }]]],
      ['acme/other', [[{ introduced: '0' }, { lastAffected: '3.0.1' }]]],
    ]);
  });

  it('drops what was withdrawn, but knows its names', async () => {
    const { advisories, facts, leftOut } = await read({ aliases: ['CVE-2020-0001'], withdrawn: '2021-01-01T00:00:00Z' });
    expect(advisories).toEqual([]);
    expect(facts).toEqual([{ id: 'GHSA-aaaa-bbbb-cccc', aliases: ['CVE-2020-0001'] }]);
    expect(leftOut).toEqual(['withdrawn: GHSA-aaaa-bbbb-cccc']);
  });
});
