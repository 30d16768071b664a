import { describe, expect, it } from 'vitest';
import { closeAliases } from './alias-closure.ts';

type Edge = readonly [string, string];

/** Every order of a few edges, either end first: the closure must be the same. */
function orders(edges: readonly Edge[]): readonly (readonly Edge[])[] {
  if (edges.length === 0) return [[]];
  return edges.flatMap((edge, number) => {
    const rest = orders(edges.filter((_, other) => other !== number));
    return rest.flatMap((order) => [
      [edge, ...order],
      [[edge[1], edge[0]] as const, ...order],
    ]);
  });
}

const CASES: readonly {
  readonly what: string;
  readonly edges: readonly Edge[];
  readonly flaws: Readonly<Record<string, readonly string[]>>;
}[] = [
  {
    what: 'a CVE leads its names',
    edges: [
      ['GHSA-1', 'CVE-2020-0001'],
      ['GO-1', 'GHSA-1'],
      ['GO-1', 'CVE-2020-0001'],
    ],
    flaws: { 'GHSA-1': ['CVE-2020-0001'], 'GO-1': ['CVE-2020-0001'], 'CVE-2020-0001': ['CVE-2020-0001'] },
  },
  {
    what: 'two CVEs are never one flaw, even where a record says so',
    edges: [['CVE-2020-0001', 'CVE-2020-0002']],
    flaws: { 'CVE-2020-0001': ['CVE-2020-0001'], 'CVE-2020-0002': ['CVE-2020-0002'] },
  },
  {
    what: 'an advisory on two CVEs belongs to both and joins neither',
    edges: [
      ['GHSA-1', 'CVE-2020-0001'],
      ['GHSA-1', 'CVE-2020-0002'],
    ],
    flaws: { 'GHSA-1': ['CVE-2020-0001', 'CVE-2020-0002'], 'CVE-2020-0001': ['CVE-2020-0001'], 'CVE-2020-0002': ['CVE-2020-0002'] },
  },
  {
    what: 'a name without a CVE follows its neighbour that has one',
    edges: [
      ['PYSEC-1', 'GHSA-1'],
      ['GHSA-1', 'CVE-2020-0001'],
    ],
    flaws: { 'PYSEC-1': ['CVE-2020-0001'], 'GHSA-1': ['CVE-2020-0001'] },
  },
  {
    what: 'a chain of names without a CVE follows too',
    edges: [
      ['A-1', 'B-1'],
      ['B-1', 'C-1'],
      ['C-1', 'CVE-2020-0001'],
    ],
    flaws: { 'A-1': ['CVE-2020-0001'], 'B-1': ['CVE-2020-0001'] },
  },
  {
    what: 'a neighbour that knows one CVE is believed before one that bundles',
    edges: [
      ['A-1', 'GHSA-1'],
      ['A-1', 'GHSA-2'],
      ['GHSA-1', 'CVE-2020-0001'],
      ['GHSA-2', 'CVE-2020-0001'],
      ['GHSA-2', 'CVE-2020-0002'],
    ],
    flaws: { 'A-1': ['CVE-2020-0001'], 'GHSA-2': ['CVE-2020-0001', 'CVE-2020-0002'] },
  },
  {
    what: 'names do not leak from one CVE to another through a bundle',
    edges: [
      ['GHSA-1', 'CVE-2020-0001'],
      ['GO-9', 'GHSA-1'],
      ['GO-9', 'CVE-2020-0001'],
      ['GO-9', 'CVE-2020-0002'],
    ],
    flaws: { 'GHSA-1': ['CVE-2020-0001'], 'GO-9': ['CVE-2020-0001', 'CVE-2020-0002'], 'CVE-2020-0002': ['CVE-2020-0002'] },
  },
  {
    what: 'without any CVE the GHSA leads',
    edges: [
      ['MAL-2020-1', 'GHSA-1'],
      ['SNYK-1', 'MAL-2020-1'],
    ],
    flaws: { 'MAL-2020-1': ['GHSA-1'], 'SNYK-1': ['GHSA-1'], 'GHSA-1': ['GHSA-1'] },
  },
  { what: 'a name of itself is nothing', edges: [['GHSA-1', 'GHSA-1']], flaws: { 'GHSA-1': ['GHSA-1'] } },
];

describe('the alias closure', () => {
  it.each(CASES)('$what', ({ edges, flaws }) => {
    for (const order of orders(edges.slice(0, 4)).map((some) => [...some, ...edges.slice(4)])) {
      const closure = closeAliases(order);
      for (const [name, expected] of Object.entries(flaws)) expect(closure.flawsOf(name), name).toEqual(expected);
    }
  });

  it('gives each flaw its other names, and none to the flaws of others', () => {
    const { aliases, shared } = closeAliases([
      ['GHSA-1', 'CVE-2020-0001'],
      ['GHSA-2', 'CVE-2020-0001'],
      ['GHSA-2', 'CVE-2020-0002'],
      ['BIT-1', 'CVE-2020-0002'],
    ]);
    expect(Object.fromEntries(aliases)).toEqual({ 'CVE-2020-0001': ['GHSA-1', 'GHSA-2'], 'CVE-2020-0002': ['BIT-1', 'GHSA-2'] });
    expect(Object.fromEntries(shared)).toEqual({ 'GHSA-2': ['CVE-2020-0001', 'CVE-2020-0002'] });
  });

  it('takes long chains without a deep stack', () => {
    const chain = Array.from({ length: 50_000 }, (_, number) => [`N-${number}`, `N-${number + 1}`] as const);
    expect(closeAliases([...chain, ['N-50000', 'CVE-2020-0001']]).flawsOf('N-0')).toEqual(['CVE-2020-0001']);
  });
});
