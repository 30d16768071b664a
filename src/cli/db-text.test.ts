import { expect, it } from 'vitest';
import { statement } from '../../testing/fake-db.ts';
import { emptyReport } from '../../testing/fixtures/report.ts';
import { searchText } from './db-text.ts';

it('shows a statement with its module stream and what it says of versions', () => {
  const about = { id: 'X-1', feed: 'redhat-cve', ecosystem: 'Red Hat:enterprise_linux:8', name: 'nodejs' };
  const statements = [
    statement({ ...about, fixed: '1:18.20-1.el8', module: 'nodejs:18' }),
    statement({ ...about, status: 'will-not-fix' }),
    statement(about),
  ];
  const { database } = emptyReport();
  const text = searchText(
    { kind: 'id', query: 'X-1', database, flaws: [], statements, shards: { here: 1, of: 1 } },
    (key) => key,
    undefined,
  );
  expect(text.split('\n').map((line) => line.split(/ {2,}/).slice(2, 4))).toEqual([
    ['search.package', 'search.affected'],
    ['nodejs (nodejs:18)', '< 1:18.20-1.el8'],
    ['nodejs', 'will-not-fix'],
    ['nodejs', '*'],
    [],
  ]);
});
