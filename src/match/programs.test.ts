import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { fakeDb, statement } from '../../testing/fake-db.ts';
import { inventoryOf, library } from '../../testing/fixtures/inventory.ts';
import { schemeFor } from '../versions/index.ts';
import { ecosystemsOf, match } from './index.ts';
import { lookupOf } from './programs.ts';

const bitnami = (name: string, fixed: string, introduced = '0') =>
  statement({ id: `BIT-${name}-2024-1`, feed: 'bitnami', ecosystem: 'Bitnami', name, ranges: [[{ introduced }, { fixed }]] });

/** Verdicts, or why there is none. */
function judged(name: string, version: string, statements = [bitnami('node', '20.2.0', '20.0.0')]): string[] {
  const { matches, unassessed } = match(inventoryOf([library('generic', name, version)]), fakeDb(statements));
  return [...matches.map((each) => each.verdict.kind), ...unassessed.map((each) => each.reason)];
}

describe('programs are judged', () => {
  it.each([
    ['node', '20.1.0', ['affected']],
    ['node', '20.2.0', []],
    ['node', '18.20.4', []],
    ['openssl', '1.1.1w', ['no-data-for-ecosystem']],
    ['busybox', '1.36.1', ['no-data-for-ecosystem']],
    ['unheard-of', '1.0', ['no-data-for-ecosystem']],
  ])('%s %s', (name, version, expected) => {
    expect(judged(name, version)).toEqual(expected);
  });

  it('by parts that are missing in a version as zeros, as the records write them (PostgreSQL 16.3 is 16.3.0)', () => {
    expect(judged('postgres', '16.13', [bitnami('postgresql', '16.14.0', '16.0.0')])).toEqual(['affected']);
    expect(judged('postgres', '16.14', [bitnami('postgresql', '16.14.0', '16.0.0')])).toEqual([]);
  });

  it('never as safe by a version that is none', () => {
    expect(judged('httpd', 'trunk', [bitnami('apache', '2.4.68', '2.4.0')])).toEqual(['undecided']);
  });

  it('by Go’s own database for its toolchain', () => {
    const go = statement({
      id: 'GO-2026-1',
      feed: 'govulndb',
      ecosystem: 'Go',
      name: 'toolchain',
      ranges: [[{ introduced: '0' }, { fixed: '1.22.4' }]],
    });
    expect(judged('go', '1.22.3', [go])).toEqual(['affected']);
    expect(judged('go', '1.22.4', [go])).toEqual([]);
  });
});

it.each([
  ['1.8.0_392', '8.0.392'],
  ['1.8.0_05', '8.0.5'],
  ['1.7.0', '7.0.0'],
  ['11.0.24', '11.0.24'],
  ['21.0.12.1', '21.0.12.1'],
])('java %s is asked after as %s', (version, expected) => {
  expect(lookupOf({ type: 'generic', name: 'java', version })).toEqual({ ecosystem: 'Bitnami', name: 'java', version: expected });
});

it('asks only the ecosystems that speak of the programs there', () => {
  const db = fakeDb([bitnami('node', '1.0.0')]);
  expect(ecosystemsOf(inventoryOf([library('generic', 'bash', '5.2.15')]), db)).toEqual([]);
  expect(ecosystemsOf(inventoryOf([library('generic', 'node', '1.0.0')]), db)).toEqual(['Bitnami']);
});

const FEED = new URL('../../../shared/data/advisories/lang/bitnami.jsonl.gz', import.meta.url);
const PROGRAMS = 'node python java ruby php nginx httpd redis postgres mariadb git haproxy memcached sqlite'.split(' ');

describe.skipIf(!existsSync(FEED))('Bitnami’s records (needs ../shared/data)', () => {
  interface Affected {
    readonly package: { readonly name: string };
    readonly ranges: readonly { readonly events: readonly Readonly<Record<string, string>>[] }[];
  }
  let byName: ReadonlyMap<string, readonly Affected[]>;
  beforeAll(() => {
    const affected = gunzipSync(readFileSync(FEED))
      .toString('utf8')
      .split('\n')
      .flatMap((line) => (line === '' ? [] : (JSON.parse(line) as { affected: Affected[] }).affected));
    byName = Map.groupBy(affected, (each) => each.package.name);
  });

  it.each(PROGRAMS)('speak of %s by upstream versions, which the scheme orders', (program) => {
    const records = byName.get(lookupOf({ type: 'generic', name: program, version: '1.0.0' })?.name ?? '') ?? [];
    expect(records.length).toBeGreaterThan(5);
    const bounds = records.flatMap((each) => each.ranges.flatMap((range) => range.events.flatMap((event) => Object.values(event))));
    const scheme = schemeFor('Bitnami');
    expect(bounds.filter((bound) => bound !== '0' && scheme?.parse(bound) === undefined)).toEqual([]);
    // A revision of Bitnami's own would be a number behind a dash. The record of CVE-2022-34169 has some, builds of Liberica's JDK.
    const revised = new Set(bounds.filter((bound) => /-[1-9]\d{0,2}$/.test(bound)));
    expect([...revised].sort()).toEqual(program === 'java' ? ['1.8.0-333', '11.0.15-1', '17.0.3-1'] : []);
  });
});
