import { describe, expect, it } from 'vitest';
import { statement } from '../../testing/fake-db.ts';
import type { Advisory, RangeEvent } from '../model/index.ts';
import { schemeFor } from '../versions/index.ts';
import type { VersionScheme } from '../versions/types.ts';
import { judge, subject } from './judge.ts';

const scheme = (ecosystem: string): VersionScheme => {
  const found = schemeFor(ecosystem);
  if (!found) throw new Error(ecosystem);
  return found;
};

const on = (rest: Partial<Advisory>, version: string, ecosystem = 'npm') =>
  judge(statement({ id: 'GHSA-1', feed: 'ghsa', ecosystem, name: 'x', ...rest }), subject(version, scheme(ecosystem)));

const introduced = (text: string): RangeEvent => ({ introduced: text });
const fixed = (text: string): RangeEvent => ({ fixed: text });
const lastAffected = (text: string): RangeEvent => ({ lastAffected: text });
const limit = (text: string): RangeEvent => ({ limit: text });

/** `0 .. fixed` is judged by a way of its own; the same range with its end told twice is judged by the general one. */
describe('a range up to a fix', () => {
  const versions = ['0', '1.0.0', '1.1.9-rc1', '1.2.0', '1.2.0-1', '2', '1:0.1', 'x', '', '1.2.0+b', 'v1.2.0'];
  it.each(['npm', 'PyPI', 'Maven', 'Debian:12', 'Alpine:v3.20', 'Red Hat:8', 'Go'])('says what the general way says (%s)', (ecosystem) => {
    for (const end of versions) {
      for (const version of versions) {
        const once = on({ ranges: [[introduced('0'), fixed(end)]] }, version, ecosystem);
        const twice = on({ ranges: [[introduced('0'), fixed(end), fixed(end)]] }, version, ecosystem);
        expect({ ...once, fixes: [] }, `${version} in ..${end}`).toEqual({ ...twice, fixes: [] });
      }
    }
  });
});

/** The rules of OSV's "Evaluation", with the edge each one turns on. */
describe('ranges', () => {
  it.each([
    ['before the fix', [introduced('0'), fixed('1.2.0')], '1.1.9', 'affected', '1.1.9 < 1.2.0 (semver)'],
    ['the fix itself', [introduced('0'), fixed('1.2.0')], '1.2.0', 'not-affected', '1.2.0 >= 1.2.0 (semver)'],
    ['where it was introduced', [introduced('1.0.0'), fixed('1.2.0')], '1.0.0', 'affected', '1.0.0 <= 1.0.0 < 1.2.0 (semver)'],
    [
      'before it was introduced',
      [introduced('1.0.0'), fixed('1.2.0')],
      '0.9.0',
      'not-affected',
      '0.9.0 < 1.0.0, where it was introduced (semver)',
    ],
    ['the last affected', [introduced('0'), lastAffected('1.2.0')], '1.2.0', 'affected', '1.2.0 <= 1.2.0 (semver)'],
    ['after the last affected', [introduced('0'), lastAffected('1.2.0')], '1.2.1', 'not-affected', '1.2.1 > 1.2.0 (semver)'],
    ['no fix', [introduced('0')], '9.9.9', 'affected', '9.9.9, no fixed version is known (semver)'],
    [
      'a second stream',
      [introduced('0'), fixed('1.5.0'), introduced('2.0.0'), fixed('2.3.0')],
      '2.1.0',
      'affected',
      '2.0.0 <= 2.1.0 < 2.3.0 (semver)',
    ],
    [
      'between streams',
      [introduced('0'), fixed('1.5.0'), introduced('2.0.0'), fixed('2.3.0')],
      '1.6.0',
      'not-affected',
      '1.6.0 >= 1.5.0 (semver)',
    ],
    [
      'events out of order',
      [fixed('2.3.0'), introduced('2.0.0'), fixed('1.5.0'), introduced('0')],
      '2.1.0',
      'affected',
      '2.0.0 <= 2.1.0 < 2.3.0 (semver)',
    ],
    ['never affected', [introduced('0'), fixed('0')], '1.0.0', 'not-affected', '1.0.0 >= 0 (semver)'],
    ['beyond the limit', [introduced('0'), limit('2.0.0')], '2.0.0', 'not-affected', '2.0.0 >= 2.0.0, the limit of what is known (semver)'],
    ['below the limit', [introduced('0'), limit('2.0.0')], '1.9.0', 'affected', '1.9.0, no fixed version is known (semver)'],
    ['no limit at all', [introduced('0'), limit('*')], '9.0.0', 'affected', '9.0.0, no fixed version is known (semver)'],
  ] as const)('%s', (_what, range, version, kind, detail) => {
    expect(on({ ranges: [range] }, version)).toMatchObject({ kind, detail });
  });

  it('is affected by any of several ranges', () => {
    const ranges = [
      [introduced('1.0.0'), fixed('1.0.5')],
      [introduced('2.0.0'), fixed('2.0.5')],
    ];
    expect(on({ ranges }, '2.0.1')).toMatchObject({ kind: 'affected', fixes: ['2.0.5'] });
    expect(on({ ranges }, '1.0.1')).toMatchObject({ kind: 'affected', fixes: ['1.0.5', '2.0.5'] });
    expect(on({ ranges }, '3.0.0').kind).toBe('not-affected');
  });
});

describe('versions that cannot be compared', () => {
  it.each([
    ['the installed one', { ranges: [[introduced('0'), fixed('1.2.0')]] }, 'main'],
    ['the fixed one', { ranges: [[introduced('0'), fixed('see vendor')]] }, '1.0.0'],
    ['one that a list without ranges has to be held against', { versions: ['1.0.0'] }, 'main'],
  ])('are undecided, never safe: %s', (_what, rest, version) => {
    expect(on(rest, version).kind).toBe('undecided');
  });

  it('are affected where every version is', () => {
    expect(on({ ranges: [[introduced('0')]] }, 'main').kind).toBe('affected');
  });

  it('are affected where another range says so', () => {
    expect(
      on(
        {
          ranges: [
            [introduced('0'), fixed('?')],
            [introduced('0'), fixed('2.0.0')],
          ],
        },
        '1.0.0',
      ).kind,
    ).toBe('affected');
  });
});

describe('lists and words', () => {
  it('counts a listed version though no range has it', () => {
    expect(on({ ranges: [[introduced('2.0.0')]], versions: ['1.0.0'] }, '1.0.0')).toMatchObject({ kind: 'affected', rule: 'version-list' });
  });

  it('takes another spelling of a version where there is only a list', () => {
    expect(on({ versions: ['1.0'] }, '1.0.0', 'PyPI').kind).toBe('affected');
    expect(on({ versions: ['1.1'] }, '1.0.0', 'PyPI').kind).toBe('not-affected');
  });

  it('takes a statement without ranges for one on every version', () => {
    expect(on({ status: 'will-not-fix' }, '1.0.0')).toMatchObject({ kind: 'affected', rule: 'all-versions' });
  });

  it('believes the vendor', () => {
    expect(on({ status: 'not-affected' }, '1.0.0')).toMatchObject({ kind: 'not-affected', rule: 'vendor-status' });
    expect(on({ status: 'under-investigation' }, '1.0.0').kind).toBe('undecided');
  });
});

/** OSV's algorithm taken literally, on places in a list of versions that are in order. */
describe('against a brute force', () => {
  const ordered = ['0.1.0', '0.9.0', '1.0.0-rc.1', '1.0.0', '1.0.1', '1.1.0', '2.0.0-beta', '2.0.0', '2.0.10', '10.0.0'];
  const random = generator(42);
  const pick = (): number => Math.floor(random() * ordered.length);

  it('agrees on 5,000 random ranges', () => {
    const wrong: unknown[] = [];
    for (let round = 0; round < 5000; round++) {
      const events = Array.from({ length: 1 + Math.floor(random() * 4) }, () => {
        const at = random() < 0.3 ? -1 : pick();
        const kind = (['introduced', 'fixed', 'lastAffected'] as const)[Math.floor(random() * 3)] ?? 'introduced';
        return { at: kind === 'introduced' ? at : pick(), kind };
      });
      const range = events.map(({ at, kind }) => ({ [kind]: ordered[at] ?? '0' }) as unknown as RangeEvent);
      const version = pick();
      const expected = literally(events, version) ? 'affected' : 'not-affected';
      const got = on({ ranges: [range] }, ordered[version] ?? '').kind;
      if (got !== expected) wrong.push({ range, version: ordered[version], got });
    }
    expect(wrong).toEqual([]);
  });

  function literally(events: readonly { at: number; kind: string }[], version: number): boolean {
    let vulnerable = false;
    for (const { at, kind } of [...events].sort((a, b) => a.at - b.at)) {
      if (kind === 'introduced' && version >= at) vulnerable = true;
      else if (kind === 'fixed' && version >= at) vulnerable = false;
      else if (kind === 'lastAffected' && version > at) vulnerable = false;
    }
    return vulnerable;
  }
});

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
