import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { otherAnswers } from '../../../testing/requirements.ts';
import { friendsofphp } from './index.ts';
import { composerRequirements } from './requirements.ts';

const read = (branches: object, rest: object = {}) =>
  readFeed(friendsofphp, 'lang/friendsofphp.jsonl.gz', [
    { cve: 'CVE-2020-0001', reference: 'composer://Acme/lib', branches, _path: 'acme/lib/2020-01-02.yaml', ...rest },
  ]);

describe('friendsofphp', () => {
  it('speaks of the versions that a branch lists, and joins branches that touch', async () => {
    const { advisories, facts } = await read(
      {
        '1.x': { time: '2020-01-03 04:05:06', versions: ['>=1.0', '<1.1'] },
        '1.1.x': { time: '2020-01-02 04:05:06', versions: ['>=1.1', '<1.1.5'] },
        '2.x': { time: null, versions: ['>=2.0.0', '<=2.0.3'] },
      },
      { link: 'https://github.com/acme/lib/security/advisories/GHSA-aaaa-bbbb-cccc' },
    );
    expect(advisories).toEqual([
      {
        id: 'CVE-2020-0001',
        kind: 'vulnerability',
        form: 'flaw',
        aliases: ['GHSA-aaaa-bbbb-cccc'],
        flaws: [],
        cvss: [],
        published: '2020-01-02T00:00:00Z',
        affected: [
          {
            ecosystem: 'Packagist',
            name: 'acme/lib',
            ranges: [
              [{ introduced: '1.0.0-dev' }, { fixed: '1.1.5' }],
              [{ introduced: '2.0.0-dev' }, { lastAffected: '2.0.3' }],
            ],
            status: 'affected',
          },
        ],
      },
    ]);
    expect(facts).toContainEqual({ id: 'CVE-2020-0001', aliases: ['GHSA-aaaa-bbbb-cccc'] });
  });

  it('goes by the name of the file where there is no CVE', async () => {
    const { advisories } = await read({ '1.x': { versions: ['<1.2'] } }, { cve: null });
    expect(advisories.map(({ id }) => id)).toEqual(['acme/lib/2020-01-02']);
  });

  it.each([
    ['not a PHP advisory', { reference: 'pear://x/y' }],
    ['not a PHP advisory', { branches: {} }],
    ['not a PHP advisory', { branches: ['<1'] }],
    ['requirement that is no range', { branches: { '1.x': { versions: [] } } }],
    ['requirement that is no range', { branches: { '1.x': { versions: '<1' } } }],
    ['requirement that is no range', { branches: { '1.x': { versions: ['dev-main'] } } }],
    ['requirement that is no range', { branches: { '1.x': { versions: ['!=1.2.3'] } } }],
  ])('counts: %s', async (reason, rest) => {
    const { advisories, problems } = await read({}, rest);
    expect(advisories).toEqual([]);
    expect(problems).toEqual([`${reason}: acme/lib/2020-01-02`]);
  });
});

/** Written by hand after the repository's README. */
it('reads the YAML of its repository', async () => {
  const text = `title:     "Acme: a flaw"
link:      https://acme.example/CVE-2020-0001
cve:       ~
branches:
    1.10:
        time:     2020-1-2 03:04:05
        versions: ['>=1.10', '<1.10.5']
    2.x:
        time:     ~
        versions: ['>=2.0.0', '<2.0.3']
reference: composer://acme/lib
`;
  const name = 'friendsofphp/master.tar.gz/security-advisories-master/acme/lib/2020-01-02.yaml';
  const { advisories, problems } = await readFeed(friendsofphp, name, text);
  expect(problems).toEqual([]);
  expect(advisories).toMatchObject([
    {
      id: 'acme/lib/2020-01-02',
      published: '2020-01-02T00:00:00Z',
      affected: [
        {
          name: 'acme/lib',
          ranges: [
            [{ introduced: '1.10.0-dev' }, { fixed: '1.10.5' }],
            [{ introduced: '2.0.0-dev' }, { fixed: '2.0.3' }],
          ],
        },
      ],
    },
  ]);
});

/** tools/advisories/composer-constraints.php */
it('reads constraints as Composer does, but for the pre-releases of the fix', () => {
  expect(otherAnswers(composerRequirements, 'testdata/composer-semver-3.3.txt', import.meta.url)).toEqual([
    '<1 | 1.0.0-dev | no',
    '<0-p1,<0 | 0.0.0-dev | no',
    '<0.1.2 | 0.1.2-beta1 | no',
    '<1.1.2,>=0.2.0.2-dev | 1.1.2-beta1 | no',
    '<1.1.2 | 1.1.2-dev | no',
    '<0.1,<=2.1.1.1-dev | 0.1.0-RC2 | no',
  ]);
});
