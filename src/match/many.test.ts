import { expect, it } from 'vitest';
import { fakeDb, statement } from '../../testing/fake-db.ts';
import { DEBIAN_12, inventoryOf, library, osPackage } from '../../testing/fixtures/inventory.ts';
import { match } from './index.ts';

it('asks once for each source package of 3,000 packages', () => {
  const packages = Array.from({ length: 3000 }, (_, i) =>
    osPackage('deb', `bin${i}`, '1.0-1', { source: { name: `src${i % 1000}`, version: '1.0-1' } }),
  );
  const statements = Array.from({ length: 10_000 }, (_, i) =>
    statement({
      id: `CVE-2024-${10_000 + i}`,
      feed: 'debian-osv',
      ecosystem: 'Debian:12',
      name: `src${i % 1000}`,
      fixed: i % 7 ? '0.9-1' : '1.0-2',
    }),
  );
  const db = fakeDb(statements);
  const { matches } = match(inventoryOf(packages, DEBIAN_12), db);
  expect(matches.length).toBe(3 * statements.filter((_, i) => i % 7 === 0).length);
  expect(db.lookups).toBe(1000);
});

it('asks for very many packages in parts, and asks for each once', () => {
  const many = Array.from({ length: 20_000 }, (_, i) => library('npm', `p${i}`, '1.0.0'));
  const statements = [0, 8191, 8192, 19_999].map((i) =>
    statement({ id: `GHSA-${i}`, feed: 'ghsa', ecosystem: 'npm', name: `p${i}`, fixed: '1.0.1' }),
  );
  const asked: number[] = [];
  const db = { ...fakeDb(statements), prepare: (keys: Iterable<unknown>) => void asked.push([...keys].length) };
  const { matches, unassessed } = match(inventoryOf(many), db);
  expect(matches.map(({ package: { name } }) => name)).toEqual(['p0', 'p8191', 'p8192', 'p19999']);
  expect(unassessed).toEqual([]);
  expect(asked).toEqual([8192, 8192, 3616]);
});
