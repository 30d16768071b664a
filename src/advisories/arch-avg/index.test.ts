import { expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { archAvg } from './index.ts';

const read = (...records: unknown[]) => readFeed(archAvg, 'arch-avg.jsonl', records);

/** A group in the tracker's shape. */
function group(more: object = {}): object {
  return {
    name: 'AVG-7',
    packages: ['acme', 'lib32-acme'],
    status: 'Fixed',
    severity: 'High',
    type: 'multiple issues',
    affected: '1.0-1',
    fixed: '1.1-1',
    ticket: null,
    issues: ['CVE-2020-0001', 'CVE-2020-0002'],
    advisories: ['ASA-202001-1'],
    ...more,
  };
}

it('makes a bundle of a group, with the advisories as its other names', async () => {
  const { advisories, problems } = await read(group());
  const said = { ecosystem: 'Arch', ranges: [[{ introduced: '0' }, { fixed: '1.1-1' }]], status: 'affected', severityLabel: 'high' };
  expect(advisories).toEqual([
    {
      id: 'AVG-7',
      kind: 'vulnerability',
      form: 'errata',
      aliases: ['ASA-202001-1'],
      flaws: ['CVE-2020-0001', 'CVE-2020-0002'],
      cvss: [],
      affected: [
        { name: 'acme', ...said },
        { name: 'lib32-acme', ...said },
      ],
    },
  ]);
  expect(problems).toEqual([]);
});

it('reads the list that the tracker itself exports', async () => {
  const { advisories } = await readFeed(archAvg, 'arch-avg.json', JSON.stringify([group(), group({ name: 'AVG-8' })]));
  expect(advisories.map(({ id }) => id)).toEqual(['AVG-7', 'AVG-8']);
});

it.each<[string, string | null, object]>([
  ['Fixed', null, { ranges: [], status: 'under-investigation' }],
  ['Vulnerable', null, { ranges: [], status: 'affected' }],
  ['Vulnerable', '1.1-1', { ranges: [[{ introduced: '0' }, { fixed: '1.1-1' }]], status: 'affected' }],
  ['Testing', '1.1-1', { ranges: [[{ introduced: '0' }, { limit: '1.1-1' }]], status: 'affected' }],
  ['Unknown', '1.1-1', { ranges: [[{ introduced: '0' }, { fixed: '1.1-1' }]], status: 'under-investigation' }],
  ['Not affected', '1.1-1', { ranges: [], status: 'not-affected' }],
])('reads %s, fixed in %s', async (status, fixed, expected) => {
  const { advisories } = await read(group({ status, fixed }));
  expect(advisories[0]?.affected[0]).toMatchObject(expected);
});

it('has no word where the severity is unknown', async () => {
  const { advisories } = await read(group({ severity: 'Unknown' }));
  expect(advisories[0]?.affected[0]).not.toHaveProperty('severityLabel');
});

it.each<[string, object, string]>([
  ['another name', group({ name: 'ASA-202001-1' }), 'not a vulnerability group: ASA-202001-1'],
  ['no flaws', group({ issues: [7, 'x'] }), 'not a vulnerability group: AVG-7'],
  ['no packages', group({ packages: 'acme' }), 'not a vulnerability group: AVG-7'],
  ['no status', group({ status: null }), 'not a vulnerability group: AVG-7'],
  ['an unknown status', group({ status: 'Fine' }), 'unknown status: AVG-7'],
])('counts %s', async (_, value, problem) => {
  const { advisories, problems } = await read(value);
  expect(advisories).toEqual([]);
  expect(problems).toEqual([problem]);
});
