import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { alpineSecdb } from './index.ts';

const file = (secfixes: unknown, distroversion = 'v3.10') => ({
  distroversion,
  reponame: 'main',
  packages: [{ pkg: { name: 'xen', secfixes } }],
});
const read = (record: unknown) => readFeed(alpineSecdb, 'os/alpine-secdb.jsonl.gz', [record]);

describe('alpine-secdb', () => {
  it('says from which version a branch has the fix', async () => {
    const { advisories } = await read(file({ '4.9.1-r1': ['CVE-2017-0001'] }));
    expect(advisories).toEqual([
      {
        id: 'CVE-2017-0001',
        kind: 'vulnerability',
        form: 'flaw',
        aliases: [],
        flaws: [],
        cvss: [],
        affected: [{ ecosystem: 'Alpine:v3.10', name: 'xen', ranges: [[{ introduced: '0' }, { fixed: '4.9.1-r1' }]], status: 'affected' }],
      },
    ]);
  });

  it('takes version 0 for "never affected"', async () => {
    const { advisories } = await read(file({ '0': ['CVE-2021-26720'] }));
    expect(advisories[0]?.affected[0]).toMatchObject({ status: 'not-affected', ranges: [] });
  });

  it('reads several names in one entry as names of one flaw', async () => {
    const { advisories, facts } = await read(file({ '4.9.0-r0': ['CVE-2017-8904 XSA-214'] }));
    expect(advisories.map(({ id, aliases }) => ({ id, aliases }))).toEqual([{ id: 'CVE-2017-8904', aliases: ['XSA-214'] }]);
    expect(facts).toEqual([{ id: 'CVE-2017-8904', aliases: ['XSA-214'] }]);
  });

  it('keeps two CVEs of one entry apart', async () => {
    const { advisories } = await read(file({ '1-r0': ['CVE-2017-0001 CVE-2017-0002'] }));
    expect(advisories.map(({ id, aliases }) => ({ id, aliases }))).toEqual([
      { id: 'CVE-2017-0001', aliases: [] },
      { id: 'CVE-2017-0002', aliases: [] },
    ]);
  });

  it('reads an entry without a CVE by its first name', async () => {
    const { advisories } = await read(file({ '1-r0': ['ALPINE-13661', 'GHSA-aaaa-bbbb-cccc'] }, 'edge'));
    expect(advisories.map(({ id, affected }) => `${id} ${affected[0]?.ecosystem}`)).toEqual([
      'ALPINE-13661 Alpine:edge',
      'GHSA-aaaa-bbbb-cccc Alpine:edge',
    ]);
  });

  it('takes a branch without packages for a whole one: v3.3/community is', async () => {
    const { problems, leftOut } = await read({ distroversion: 'v3.3', reponame: 'community', packages: [] });
    expect({ problems, leftOut }).toEqual({ problems: [], leftOut: ['no packages: v3.3'] });
  });

  it.each([
    ['another document', { packages: [] }],
    ['a branch that is none', file({}, '../v3')],
    ['packages that are no list', { distroversion: 'v3.10', packages: {} }],
  ])('counts %s', async (_, record) => {
    const { advisories, problems } = await read(record);
    expect(advisories).toEqual([]);
    expect(problems).toHaveLength(1);
  });
});
