import { describe, expect, it } from 'vitest';
import { emptyReport } from '../../../testing/fixtures/report.ts';
import type { AdvisoryDb } from '../../advisories/types.ts';
import { stateDatabase } from './database-age.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const feed = (id: string, fetchedAt: string) => ({ id, title: id, licence: '', source: '', records: 1, fetchedAt });

function database(needed: readonly string[], feeds: ReturnType<typeof feed>[], starter = false): AdvisoryDb {
  const { ageDays: _age, stale: _stale, oldestFeed: _oldest, ...info } = emptyReport().database;
  return {
    info: { ...info, starter, feeds },
    shardsFor: () => [],
    feedsOf: () => needed,
    covers: () => false,
    ecosystemsOf: () => [],
    productsOf: () => undefined,
    prepare: () => undefined,
    prepareFlaws: () => undefined,
    lookup: () => [],
    flaw: () => undefined,
    names: (id) => [id],
    diff: () => [],
    close: () => undefined,
  };
}

describe('stateDatabase', () => {
  const feeds = [feed('npm', '2026-11-20T00:00:00Z'), feed('debian', '2026-11-01T12:00:00Z'), feed('old', '2020-01-01T00:00:00Z')];

  it.each([
    [['npm'], 7, 1, 'npm', false],
    [['npm', 'debian'], 7, 20, 'debian', true],
    [['npm', 'debian'], 20, 20, 'debian', false],
    [[], 7, 2516, 'old', true],
  ] as const)('with %j needed and a limit of %i is %i days old, by %s: stale %s', (needed, limit, age, oldest, stale) => {
    const stated = stateDatabase({ database: database(needed, feeds) }, [], NOW, limit);
    expect(stated.database).toMatchObject({ ageDays: age, oldestFeed: oldest, stale });
    expect(stated.warnings.map((each) => each.code)).toEqual(stale ? ['stale-database'] : []);
  });

  it('warns of a starter, and of a date in the future', () => {
    const stated = stateDatabase({ database: database(['a'], [feed('a', '2027-01-01T00:00:00Z')], true) }, [], NOW, 7);
    expect(stated.database).toMatchObject({ ageDays: 0, stale: false });
    expect(stated.warnings.map((each) => each.code)).toEqual(['starter-database', 'future-database']);
  });

  it('takes a date that is none for stale', () => {
    expect(stateDatabase({ database: database(['a'], [feed('a', 'yesterday')]) }, [], NOW, 7).database.stale).toBe(true);
  });
});
