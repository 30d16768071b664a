import type { Bytes, RandomAccess } from '../bytes.ts';
import { PlimsollError } from '../errors.ts';
import { HEADER_LENGTH, malformed, Pages } from './pages.ts';
import { readRecord, type SqliteValue, varint } from './record.ts';

export interface SqliteTable {
  readonly name: string;
  /** Number of the page that its b-tree hangs from. */
  readonly root: number;
}

export interface SqliteLimits {
  /** Bytes of one row. */
  readonly row: number;
}

/** SQLite's own bound on the depth of a b-tree. */
const MAX_DEPTH = 20;
const LEAF = 0x0d;
const INNER = 0x05;

/**
 * Reads the tables of a SQLite 3 file in the order of their row ids: no indexes, no virtual tables, no tables without row id, no
 * write-ahead log (a header that says there is one is taken as it is). Each table can be read once.
 * Source: sqlite.org/fileformat2.html. Throws file-malformed, file-unsupported and file-too-large.
 */
export class SqliteFile {
  readonly #pages: Pages;
  readonly #limits: SqliteLimits;
  readonly tables: readonly SqliteTable[];

  private constructor(pages: Pages, limits: SqliteLimits, tables: readonly SqliteTable[]) {
    this.#pages = pages;
    this.#limits = limits;
    this.tables = tables;
  }

  static async open(access: RandomAccess, limits: SqliteLimits): Promise<SqliteFile> {
    const pages = await Pages.open(access);
    const tables: SqliteTable[] = [];
    for await (const [type, name, , root] of rowsOf(pages, limits, 1)) {
      if (type === 'table' && typeof name === 'string' && typeof root === 'number' && root > 0) tables.push({ name, root });
    }
    return new SqliteFile(pages, limits, tables);
  }

  /** The columns of every row as stored: a column that stands for the row id is null. */
  rows(table: SqliteTable): AsyncGenerator<SqliteValue[]> {
    return rowsOf(this.#pages, this.#limits, table.root);
  }
}

async function* rowsOf(pages: Pages, limits: SqliteLimits, root: number): AsyncGenerator<SqliteValue[]> {
  const todo = [{ page: root, depth: 0 }];
  for (let next = todo.pop(); next; next = todo.pop()) {
    if (next.depth > MAX_DEPTH) throw malformed('b-tree too deep');
    const page = await pages.claim(next.page);
    const { kind, cells, right } = readHeader(page, next.page === 1 ? HEADER_LENGTH : 0);
    if (kind === LEAF) {
      for (const cell of cells) yield readRecord(await payloadOf(pages, limits, page, cell));
      continue;
    }
    const depth = next.depth + 1;
    todo.push({ page: right, depth });
    // Children are taken from the end of the list: the first one has to be there.
    for (const cell of cells.reverse()) todo.push({ page: numberAt(page, cell), depth });
  }
}

/** Offsets of a page's cells in their order. Source: fileformat2.html, 1.6 "B-tree Pages". */
function readHeader(page: Bytes, at: number): { kind: number; cells: number[]; right: number } {
  const kind = page[at] as number;
  if (kind !== LEAF && kind !== INNER) throw malformed(`b-tree page of type ${kind}`);
  const count = page.readUInt16BE(at + 3);
  const list = at + (kind === LEAF ? 8 : 12);
  if (list + 2 * count > page.length) throw malformed(`a page with ${count} cells`);
  const cells = Array.from({ length: count }, (_, i) => page.readUInt16BE(list + 2 * i));
  return { kind, cells, right: kind === INNER ? page.readUInt32BE(at + 8) : 0 };
}

function numberAt(page: Bytes, at: number): number {
  if (at + 4 > page.length) throw malformed('a cell outside its page');
  return page.readUInt32BE(at);
}

/** A row's record: in the page, and beyond a size in overflow pages. Source: fileformat2.html, 1.6, "B-tree Cell Format". */
async function payloadOf(pages: Pages, limits: SqliteLimits, page: Bytes, cell: number): Promise<Bytes> {
  const [length, afterLength] = varint(page, cell);
  const [, start] = varint(page, afterLength);
  if (length > limits.row) throw new PlimsollError('file-too-large', { what: 'row of a SQLite database', limit: limits.row });
  const here = lengthHere(length, pages.usable);
  if (start + here > page.length) throw malformed('a row outside its page');
  if (here === length) return page.subarray(start, start + length);
  if (length > pages.count * pages.usable) throw malformed('a row longer than the file');
  const payload = Buffer.allocUnsafe(length);
  let done = page.copy(payload, 0, start, start + here);
  for (let number = numberAt(page, start + here); done < length; ) {
    const overflow = await pages.claim(number);
    done += overflow.copy(payload, done, 4);
    number = overflow.readUInt32BE(0);
  }
  return payload;
}

/** Bytes of a record that are in the leaf itself. The names are those of the specification. */
function lengthHere(P: number, U: number): number {
  const X = U - 35;
  if (P <= X) return P;
  const M = Math.floor(((U - 12) * 32) / 255) - 23;
  const K = M + ((P - M) % (U - 4));
  return K <= X ? K : M;
}

export { hasCommits } from './log.ts';
export { isSqlite } from './pages.ts';
export type { SqliteValue } from './record.ts';
