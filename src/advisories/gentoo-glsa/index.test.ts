import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { gentooGlsa } from './index.ts';
import { vulnerableRanges } from './ranges.ts';
import type { Atom } from './schema.ts';

const read = (...records: unknown[]) => readFeed(gentooGlsa, 'gentoo-glsa.jsonl', records);

const element = (Range: string, Text: string, Slot = '') => ({ Range, Text, Slot });

/** An advisory in upstream's shape on one package. */
function advisory(unaffected: readonly object[], vulnerable: readonly object[], more: object = {}, pkg: object = {}): object {
  return {
    ID: '202401-01',
    Title: 'Acme: flaws',
    Product: { Type: 'ebuild', Text: 'acme' },
    Announced: '2024-01-02',
    Revised: { Text: '2024-02-03', Count: '02' },
    Affected: { Package: [{ Name: 'dev-libs/acme', Auto: 'yes', Arch: '*', Unaffected: unaffected, Vulnerable: vulnerable, ...pkg }] },
    References: {
      URI: [
        { Text: '\n      CVE-2024-0001 \n    ', Link: 'x' },
        { Text: 'CAN-2003-0542 (under review)', Link: 'y' },
        { Text: 'Release notes', Link: 'z' },
      ],
    },
    ...more,
  };
}

it('makes a bundle of the CVEs that it refers to', async () => {
  const { advisories, problems } = await read(advisory([element('ge', '1.2')], [element('lt', '1.2')]));
  expect(advisories).toEqual([
    {
      id: 'GLSA-202401-01',
      kind: 'vulnerability',
      form: 'errata',
      aliases: [],
      flaws: ['CVE-2024-0001', 'CVE-2003-0542'],
      cvss: [],
      published: '2024-01-02T00:00:00Z',
      modified: '2024-02-03T00:00:00Z',
      affected: [{ ecosystem: 'Gentoo', name: 'dev-libs/acme', ranges: [[{ introduced: '0' }, { fixed: '1.2' }]], status: 'affected' }],
    },
  ]);
  expect(problems).toEqual([]);
});

it('speaks of named architectures only', async () => {
  const { advisories } = await read(advisory([element('ge', '1.2')], [element('lt', '1.2')], {}, { Arch: 'ppc  ppc64' }));
  expect(advisories[0]?.affected[0]?.arches).toEqual(['ppc', 'ppc64']);
});

it('makes a statement for each slot, and one for the slots that are not named', async () => {
  const { advisories } = await read(advisory([element('ge', '1.6.21', '*'), element('ge', '1.2.56', '1.2')], [element('lt', '1.6.21')]));
  expect(advisories[0]?.affected.map(({ module, ranges }) => [module, ranges])).toEqual([
    ['1.2', [[{ introduced: '0' }, { fixed: '1.2.56' }]]],
    ['!1.2', [[{ introduced: '0' }, { fixed: '1.6.21' }]]],
  ]);
});

it('speaks of no other slot where only slots are vulnerable', async () => {
  const { advisories } = await read(advisory([element('ge', '8.4', '8')], [element('lt', '8.4', '8')]));
  expect(advisories[0]?.affected.map(({ module }) => module)).toEqual(['8']);
});

/** Entries as `ge 1.2`; the result as `[introduced, end]`. */
describe('vulnerable and not unaffected', () => {
  const atoms = (texts: readonly string[]): Atom[] =>
    texts.map((text) => ({ range: text.split(' ')[0] as Atom['range'], version: text.split(' ')[1] ?? '' }));

  it.each<[string[], string[], string[]]>([
    [['lt 1.2'], ['ge 1.2'], ['introduced 0, fixed 1.2']],
    [['le 1.2'], [], ['introduced 0, lastAffected 1.2']],
    [['le 3.1.3'], ['ge 3.1.4'], ['introduced 0, lastAffected 3.1.3', 'introduced 3.1.4, fixed 3.1.4']],
    [['lt 2.0.48'], ['ge 2.0.48', 'lt 2.0'], ['introduced 2.0, fixed 2.0.48']],
    [['lt 2.6'], ['ge 2.6', 'rge 2.4-r2'], ['introduced 0, fixed 2.4-r2', 'introduced 2.4-r1000000000, fixed 2.6']],
    [['lt 2'], ['ge 2', 'rgt 1.5-r1'], ['introduced 0, lastAffected 1.5-r1', 'introduced 1.5-r1000000000, fixed 2']],
    [['lt 2'], ['ge 2', 'eq 1.5-r1'], ['introduced 0, fixed 1.5-r1', 'introduced 1.5-r2, fixed 2']],
    [['rle 1.5-r3'], [], ['introduced 1.5, lastAffected 1.5-r3']],
    [['rlt 1.5-r3'], [], ['introduced 1.5, fixed 1.5-r3']],
    [['gt 1.0', 'eq 0.5'], [], ['introduced 1.0-r1', 'introduced 0.5, lastAffected 0.5']],
    [['ge 1.0'], ['gt 1.5-r2'], ['introduced 1.0, lastAffected 1.5-r2']],
    [['lt 1.0'], ['lt 2.0'], []],
  ])('%j without %j is %j', (vulnerable, unaffected, expected) => {
    const ranges = vulnerableRanges(atoms(vulnerable), atoms(unaffected));
    expect(ranges.map((range) => range.map((event) => Object.entries(event).flat().join(' ')).join(', '))).toEqual(expected);
  });
});

it('leaves out what is about no package', async () => {
  const { advisories, leftOut } = await read(advisory([], [element('lt', '1')], { Product: { Type: 'infrastructure' } }));
  expect(advisories).toEqual([]);
  expect(leftOut).toEqual(['about no package: GLSA-202401-01']);
});

it('takes more for vulnerable, never less, where an unaffected version cannot be read', async () => {
  const { advisories, problems } = await read(advisory([element('ge', '2'), element('eq', '1.4*')], [element('lt', '2')]));
  expect(advisories[0]?.affected[0]?.ranges).toEqual([[{ introduced: '0' }, { fixed: '2' }]]);
  expect(problems).toEqual(['version that is none: GLSA-202401-01']);
});

it.each<[string, object, string[]]>([
  ['another id', advisory([], [], { ID: '../1' }), ['not a GLSA: GLSA-../1']],
  ['no packages', advisory([], [], { Affected: { Package: null } }), ['names no package: GLSA-202401-01']],
  [
    'a name without category',
    advisory([], [element('lt', '1')], {}, { Name: 'acme' }),
    ['names no package: GLSA-202401-01', 'names no package: GLSA-202401-01'],
  ],
  ['nothing vulnerable', advisory([element('ge', '1')], []), ['no vulnerable version: GLSA-202401-01']],
  [
    'a range that is none',
    advisory([], [element('about', '1')]),
    ['version that is none: GLSA-202401-01', 'no vulnerable version: GLSA-202401-01'],
  ],
  [
    'versions that are no texts',
    advisory([], [{ Range: 'lt', Text: 7 }]),
    ['version that is none: GLSA-202401-01', 'no vulnerable version: GLSA-202401-01'],
  ],
])('counts %s', async (_, value, expected) => {
  const { advisories, problems } = await read(value);
  expect(advisories).toEqual([]);
  expect(problems).toEqual(expected);
});
