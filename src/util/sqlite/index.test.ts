import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { allOf } from '../../../testing/all-of.ts';
import { memoryAccess } from '../../../testing/memory-access.ts';
import { mutations, outcomeOf } from '../../../testing/mutations.ts';
import { inTempFolder, sqliteDatabase } from '../../../testing/rpm-databases.ts';
import { readAhead } from '../read-ahead.ts';
import { hasCommits, isSqlite, SqliteFile, type SqliteValue } from './index.ts';

const SAMPLE = fileURLToPath(new URL('../../../../shared/data/rpmdb/cbl-mariner-2.0-rpmdb.sqlite', import.meta.url));
const LIMITS = { row: 64 << 20 };

/** Every table with its rows. */
async function readAll(bytes: Buffer): Promise<Record<string, SqliteValue[][]>> {
  const file = await SqliteFile.open(readAhead(memoryAccess(bytes)), LIMITS);
  const all: Record<string, SqliteValue[][]> = {};
  for (const table of file.tables) all[table.name] = await allOf(file.rows(table));
  return all;
}

/** The same, as SQLite answers. Without the header's mark of a write-ahead log, which would make it look for one. */
function askSqlite(bytes: Buffer): Record<string, SqliteValue[][]> {
  const copy = Buffer.from(bytes);
  copy.fill(1, 18, 20);
  return inTempFolder((folder) => {
    writeFileSync(join(folder, 'db'), copy);
    const database = new DatabaseSync(join(folder, 'db'), { readOnly: true });
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[];
    const all = tables.map(({ name }) => [name, database.prepare(`SELECT * FROM "${name}" ORDER BY rowid`).all().map(Object.values)]);
    database.close();
    return Object.fromEntries(all);
  });
}

/** Numbers and bytes alike for both readers; the row id, which stands for a column that is stored as null, left out. */
function comparable(all: Record<string, SqliteValue[][]>): Record<string, unknown[][]> {
  const plain = (value: SqliteValue) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('hex') : typeof value === 'bigint' ? Number(value) : value;
  return Object.fromEntries(Object.entries(all).map(([name, rows]) => [name, rows.map((row) => row.map(plain))]));
}

function withoutFirst(all: Record<string, unknown[][]>, name: string): Record<string, unknown[][]> {
  return { ...all, [name]: (all[name] ?? []).map((row) => row.slice(1)) };
}

describe.each([512, 1024, 4096, 65_536])('pages of %i bytes', (pageSize) => {
  // Lengths on both sides of where a row leaves its page, and rows enough for a tree of three levels.
  const lengths = [0, 1, pageSize - 40, pageSize - 35, pageSize - 20, pageSize, 3 * pageSize, 20 * pageSize + 7];
  const rows = [
    ...lengths.map((length, i) => Buffer.alloc(length, i + 1)),
    ...Array.from({ length: 3000 }, (_, i) => Buffer.from(`row ${i}`)),
  ];
  const bytes = sqliteDatabase(rows, [
    `PRAGMA page_size = ${pageSize}`,
    'CREATE TABLE "all" (n, i INTEGER, r REAL, t TEXT, b BLOB)',
    "INSERT INTO 'all' VALUES (NULL, 0, 0.5, 'é', x'00ff'), (1, -1, -1e300, '', x''), (127, 128, 2, 'a', NULL), (32768, -8388609, 1, 1, 1)",
    "INSERT INTO 'all' VALUES (2147483648, 140737488355328, 1, 2, 3), (-140737488355329, 9007199254740991, 1, 2, 3)",
    'CREATE INDEX of_all ON "all" (t)',
  ]);

  it('gives the rows that SQLite gives', async () => {
    const ours = comparable(await readAll(bytes));
    expect(withoutFirst(ours, 'Packages')).toEqual(withoutFirst(comparable(askSqlite(bytes)), 'Packages'));
    expect(Object.entries(ours).find(([name]) => name === 'Packages')?.[1].length).toBe(rows.length);
  });
});

describe('a real database with the header of a write-ahead log', () => {
  const have = existsSync(SAMPLE);

  it.skipIf(!have)('gives what SQLite gives, table for table (needs ../shared/data/rpmdb)', async () => {
    const bytes = readFileSync(SAMPLE);
    expect([...bytes.subarray(18, 20)]).toEqual([2, 2]);
    const [ours, theirs] = [comparable(await readAll(bytes)), comparable(askSqlite(bytes))];
    expect(Object.keys(ours)).toEqual(Object.keys(theirs));
    expect(withoutFirst(ours, 'Packages')).toEqual(withoutFirst(theirs, 'Packages'));
  });
});

describe('write-ahead log', () => {
  const log = inTempFolder((folder) => {
    const database = new DatabaseSync(join(folder, 'db'));
    database.exec('PRAGMA journal_mode = WAL; CREATE TABLE a (b); INSERT INTO a VALUES (1)');
    const bytes = readFileSync(join(folder, 'db-wal'));
    database.close();
    return bytes;
  });

  it('holds something while a transaction in it is finished and not overwritten', async () => {
    expect(await hasCommits(memoryAccess(log))).toBe(true);
    const reset = Buffer.from(log);
    reset.writeUInt32BE(reset.readUInt32BE(16) + 1, 16);
    expect(await hasCommits(memoryAccess(reset))).toBe(false);
    for (const length of [0, 10, 32, 60, 4000]) expect(await hasCommits(memoryAccess(log.subarray(0, length)))).toBe(false);
    expect(await hasCommits(memoryAccess(Buffer.alloc(70_000, 0x37)))).toBe(false);
  });
});

describe('malformed databases', () => {
  const small = sqliteDatabase(
    [Buffer.alloc(3000, 1), ...Array.from({ length: 60 }, (_, i) => Buffer.alloc(20, i))],
    ['PRAGMA page_size = 512'],
  );

  it('are read or refused with a coded error, never otherwise', async () => {
    for (const bytes of mutations(small))
      expect(await outcomeOf(readAll(bytes))).toMatch(/^(ok|file-malformed|file-unsupported|file-too-large)$/);
  });

  it.each([
    ['no header', Buffer.from('SQLite format 2\0'.repeat(100)), 'file-malformed'],
    ['nothing', Buffer.alloc(0), 'file-malformed'],
    ['an impossible page size', edited(small, (copy) => copy.writeUInt16BE(513, 16)), 'file-malformed'],
    ['texts in UTF-16', edited(small, (copy) => copy.writeUInt32BE(2, 56)), 'file-unsupported'],
    ['fewer pages than announced', small.subarray(0, small.length - 512), 'file-malformed'],
    ['a page that is its own child', edited(small, ownChild), 'file-malformed'],
    ['a chain of overflow pages that goes in circles', edited(small, circle), 'file-malformed'],
  ])('%s', async (_, bytes, code) => {
    expect(await outcomeOf(readAll(bytes))).toBe(code);
  });

  it('refuses a row longer than the limit', async () => {
    const file = await SqliteFile.open(memoryAccess(small), { row: 2000 });
    const table = file.tables.find(({ name }) => name === 'Packages');
    expect(await outcomeOf(allOf(file.rows(table!)))).toBe('file-too-large');
  });

  it('are told from others by their first bytes', () => {
    expect(isSqlite(small)).toBe(true);
    expect(isSqlite(small.subarray(0, 20))).toBe(false);
  });
});

function edited(bytes: Buffer, edit: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(bytes);
  edit(copy);
  return copy;
}

/** The first inner page beyond page 1 gets itself as its rightmost child. */
function ownChild(copy: Buffer): void {
  for (let page = 2; page <= copy.length / 512; page++) {
    const at = (page - 1) * 512;
    if (copy[at] === 5) return void copy.writeUInt32BE(page, at + 8);
  }
  throw new Error('no inner page');
}

/** The row of 3,000 bytes has six overflow pages: each that is followed by another one is made to follow itself. */
function circle(copy: Buffer): void {
  for (let page = 2; page <= copy.length / 512; page++) {
    const at = (page - 1) * 512;
    if (copy.subarray(at + 4, at + 512).every((byte) => byte === 1)) copy.writeUInt32BE(page, at);
  }
}
