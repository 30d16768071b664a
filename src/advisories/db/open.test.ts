import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildInMemory, type DatabaseContent, openBuilt } from './memory.ts';
import { openDatabase } from './open.ts';
import { searchById, searchByPackage } from './search.ts';
import { openDatabaseOrStarter } from './starter.ts';

const record = (id: string, name: string, fixed: string, rest: object = {}) => ({
  feed: 'ghsa',
  record: {
    id,
    kind: 'vulnerability' as const,
    form: 'flaw' as const,
    aliases: [],
    flaws: [],
    cvss: [],
    affected: [{ ecosystem: 'npm', name, ranges: [[{ introduced: '0' }, { fixed }]], status: 'affected' as const }],
    ...rest,
  },
});
const CONTENT: DatabaseContent = {
  records: [
    record('GHSA-1', 'left', '1.0.0', { aliases: ['CVE-2020-0001'] }),
    record('GHSA-2', 'left', '2.0.0'),
    record('GHSA-3', 'right', '3.0.0'),
    record('RHSA-1', 'many', '1', {
      form: 'errata',
      flaws: Array.from({ length: 30 }, (_, number) => `CVE-2021-${1000 + number}`),
      affected: ['8', '9'].flatMap((release) =>
        ['a', 'b', 'c', 'd'].map((name) => ({
          ecosystem: `Red Hat:enterprise_linux:${release}::baseos`,
          name,
          ranges: [],
          status: 'affected' as const,
        })),
      ),
    }),
  ],
  facts: [{ id: 'GHSA-1', aliases: ['CVE-2020-0001'] }],
  feeds: [
    { id: 'ghsa', title: 'GitHub', licence: 'CC-BY-4.0', source: 'https://example.org', records: 3, fetchedAt: '2026-01-01T00:00:00Z' },
  ],
  enrichment: [],
  builtAt: '2026-01-02T00:00:00Z',
  starter: false,
};
const memory = (change: Partial<DatabaseContent> = {}) => openBuilt(buildInMemory({ ...CONTENT, ...change }), 'memory');

let root: string;
let whole: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'plimsoll-open-'));
  whole = join(root, 'whole');
  mkdirSync(whole);
  const { manifest, tables } = buildInMemory(CONTENT);
  writeFileSync(join(whole, 'manifest.json'), JSON.stringify(manifest));
  for (const [file, bytes] of tables) writeFileSync(join(whole, file), bytes);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A copy of the database, damaged; and everything that could be asked of it. */
function damagedBy(name: string, damage: (folder: string) => void): () => void {
  const folder = join(root, name);
  cpSync(whole, folder, { recursive: true });
  damage(folder);
  return () => {
    const database = openDatabase(folder);
    database.lookup({ ecosystem: 'npm', name: 'left' });
    database.lookup({ ecosystem: 'npm', name: 'right' });
    database.flaw('CVE-2020-0001');
    database.close();
  };
}

describe('a database that cannot be trusted', () => {
  it.each<[string, (folder: string) => void]>([
    ['a shard cut off', (folder) => truncateSync(join(folder, 'npm.tbl'), statSync(join(folder, 'npm.tbl')).size - 1)],
    ['an empty shard', (folder) => truncateSync(join(folder, 'npm.tbl'), 0)],
    ['a shard in another’s place', (folder) => cpSync(join(folder, 'common.tbl'), join(folder, 'npm.tbl'))],
    ['a changed byte', (folder) => edit(join(folder, 'npm.tbl'), (bytes) => bytes.writeUInt8(bytes.readUInt8(3) ^ 1, 3))],
    ['a manifest cut off', (folder) => truncateSync(join(folder, 'manifest.json'), 100)],
    ['a manifest that is something else', (folder) => writeFileSync(join(folder, 'manifest.json'), '[]')],
    ['a manifest that is null', (folder) => writeFileSync(join(folder, 'manifest.json'), 'null')],
    ['a manifest with another digest', (folder) => manifest(folder, (value) => ({ ...value, digest: `sha256:${'0'.repeat(64)}` }))],
    [
      'a shard that leads out of the folder',
      (folder) => manifest(folder, (value) => ({ ...value, shards: value.shards.map((shard) => ({ ...shard, file: '../x' })) })),
    ],
    ['a manifest with other dates', (folder) => manifest(folder, (value) => ({ ...value, builtAt: '2026-10-10T00:00:00Z' }))],
    ['a manifest without a checksum', (folder) => manifest(folder, (value) => ({ ...value, checksum: undefined }))],
    ['a manifest without shards', (folder) => manifest(folder, (value) => ({ ...value, shards: undefined }))],
  ])('is refused with the way out: %s', (name, damage) => {
    expect(damagedBy(name, damage)).toThrow(
      expect.objectContaining({ code: 'database-damaged', message: expect.stringContaining('plimsoll db update') }),
    );
  });

  it('is refused where a part that is needed is not here', () => {
    expect(damagedBy('a missing shard', (folder) => unlinkSync(join(folder, 'common.tbl')))).toThrow(
      expect.objectContaining({ code: 'database-incomplete', params: expect.objectContaining({ parts: 'common' }) }),
    );
  });

  it('is told from one of a newer plimsoll', () => {
    const ask = damagedBy('newer', (folder) => manifest(folder, (value) => ({ ...value, schemaVersion: 99 })));
    expect(ask).toThrow(expect.objectContaining({ code: 'database-newer', params: expect.objectContaining({ version: 99 }) }));
  });

  it('is told from none at all', () => {
    expect(() => openDatabase(join(root, 'none'))).toThrow(expect.objectContaining({ code: 'database-missing' }));
  });

  it('is never silently replaced by the starter', () => {
    const folder = join(root, 'half');
    mkdirSync(folder);
    writeFileSync(join(folder, 'CURRENT'), '20260101T000000Z-0123456789ab\n');
    expect(() => openDatabaseOrStarter(folder)).toThrow(expect.objectContaining({ code: 'database-damaged' }));
  });

  it('follows CURRENT to generations only', () => {
    const folder = join(root, 'astray');
    mkdirSync(folder);
    writeFileSync(join(folder, 'CURRENT'), '../whole\n');
    expect(() => openDatabase(folder)).toThrow(expect.objectContaining({ code: 'database-missing' }));
  });
});

function edit(path: string, change: (bytes: Buffer) => void): void {
  const bytes = readFileSync(path);
  change(bytes);
  writeFileSync(path, bytes);
}

function manifest(folder: string, change: (value: { readonly shards: readonly object[] }) => unknown): void {
  const path = join(folder, 'manifest.json');
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')))));
}

describe('diff', () => {
  it('is empty for the same content, whenever it was built', () => {
    expect(memory({ builtAt: '2026-06-01T00:00:00Z' }).diff(memory())).toEqual([]);
  });

  it('names packages that are new, gone or said otherwise', () => {
    const changed = memory({
      records: [record('GHSA-1', 'left', '1.0.1', { aliases: ['CVE-2020-0001'] }), record('GHSA-4', 'new', '1'), CONTENT.records[3]!],
    });
    const keys = ['left', 'new', 'right'].map((name) => ({ ecosystem: 'npm', name }));
    expect(changed.diff(memory())).toEqual(keys);
    expect(memory().diff(changed)).toEqual(keys);
  });

  it('sees a change of what several statements share', () => {
    const [, , , errata] = CONTENT.records;
    const grown = { ...errata!, record: { ...errata!.record, flaws: [...errata!.record.flaws, 'CVE-2022-0001'] } };
    expect(memory({ records: [...CONTENT.records.slice(0, 3), grown] }).diff(memory())).toHaveLength(8);
  });
});

describe('search', () => {
  it('finds a flaw and every statement on it, by any name', () => {
    for (const name of ['CVE-2020-0001', 'GHSA-1']) {
      const { flaws, statements } = searchById(memory(), name);
      expect(flaws.map(({ id }) => id)).toEqual(['CVE-2020-0001']);
      expect(statements.map(({ id }) => id)).toEqual(['GHSA-1']);
    }
  });

  it('finds statements by what they share', () => {
    const { statements } = searchById(memory(), 'CVE-2021-1007');
    expect(statements.map(({ ecosystem, name }) => `${ecosystem} ${name}`)).toHaveLength(8);
    expect(searchById(memory(), 'RHSA-1').statements).toHaveLength(8);
    expect(searchById(memory(), 'CVE-2021-10').statements).toEqual([]);
  });

  it('finds a package in all ecosystems, or in those of a family', () => {
    expect(searchByPackage(memory(), 'left')).toHaveLength(2);
    expect(searchByPackage(memory(), 'a', 'Red Hat')).toHaveLength(2);
    expect(searchByPackage(memory(), 'a', 'npm')).toEqual([]);
  });
});
