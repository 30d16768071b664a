import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A value of a header: texts, or numbers of 8 (a char), 16 or 32 bits. */
type HeaderValue =
  | { text: string }
  | { texts: readonly string[] }
  | { chars: readonly number[] }
  | { int16: readonly number[] }
  | { int32: readonly number[] };

/** An rpm package header as databases keep it, without regions. Source: rpm, docs/manual/format.md, "Header". */
export function rpmHeader(values: Readonly<Record<number, HeaderValue>>): Buffer {
  const index: Buffer[] = [];
  let data = Buffer.alloc(0);
  for (const [tag, value] of Object.entries(values)) {
    const { type, width, bytes, count } = encode(value);
    data = Buffer.concat([data, Buffer.alloc((width - (data.length % width)) % width)]);
    index.push(bytesOf([Number(tag), type, data.length, count]));
    data = Buffer.concat([data, bytes]);
  }
  return Buffer.concat([bytesOf([index.length, data.length]), ...index, data]);
}

function encode(value: HeaderValue): { type: number; width: number; bytes: Buffer; count: number } {
  if ('text' in value) return { type: 6, width: 1, bytes: Buffer.from(`${value.text}\0`), count: 1 };
  if ('texts' in value)
    return { type: 8, width: 1, bytes: Buffer.from(value.texts.map((text) => `${text}\0`).join('')), count: value.texts.length };
  if ('chars' in value) return { type: 1, width: 1, bytes: Buffer.from(value.chars), count: value.chars.length };
  if ('int32' in value) return { type: 4, width: 4, bytes: bytesOf(value.int32), count: value.int32.length };
  const bytes = Buffer.alloc(2 * value.int16.length);
  value.int16.forEach((number, i) => void bytes.writeUInt16BE(number, 2 * i));
  return { type: 3, width: 2, bytes, count: value.int16.length };
}

function bytesOf(numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, i) => void bytes.writeUInt32BE(number, 4 * i));
  return bytes;
}

/** A folder that is removed afterwards. */
export function inTempFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-test-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What SQLite itself writes after the statements; `rows` are put into a table `Packages` as rpm declares it. */
export function sqliteDatabase(rows: readonly Buffer[], statements: readonly string[] = []): Buffer {
  return inTempFolder((folder) => {
    const path = join(folder, 'rpmdb.sqlite');
    const database = new DatabaseSync(path);
    for (const statement of statements) database.exec(statement);
    database.exec("CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)");
    const insert = database.prepare("INSERT INTO 'Packages' (blob) VALUES (?)");
    for (const row of rows) insert.run(row);
    database.close();
    return readFileSync(path);
  });
}

/** A file as rpm's ndb backend writes it. Source: lib/backend/ndb/rpmpkg.c. */
export function ndbDatabase(blobs: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(4096);
  head.write('RpmP', 0, 'latin1');
  head.writeUInt32LE(1, 12);
  head.writeUInt32LE(blobs.length + 1, 16);
  for (let at = 32; at < head.length; at += 16) head.write('Slot', at, 'latin1');
  const bodies: Buffer[] = [];
  let block = head.length / 16;
  blobs.forEach((blob, i) => {
    const blocks = Math.ceil((16 + blob.length + 12) / 16);
    const body = Buffer.alloc(16 * blocks);
    body.write('BlbS', 0, 'latin1');
    for (const [at, number] of [
      [4, i + 1],
      [12, blob.length],
      [body.length - 8, blob.length],
    ] as const)
      body.writeUInt32LE(number, at);
    blob.copy(body, 16);
    body.write('BlbE', body.length - 4, 'latin1');
    for (const [at, number] of [
      [4, i + 1],
      [8, block],
      [12, blocks],
    ] as const)
      head.writeUInt32LE(number, 32 + 16 * i + at);
    bodies.push(body);
    block += blocks;
  });
  return Buffer.concat([head, ...bodies]);
}

/** The blobs of such a file by their marks alone, slots ignored: another way to find them. */
export function blobsByMark(bytes: Buffer): Buffer[] {
  const blobs: Buffer[] = [];
  for (let at = bytes.indexOf('BlbS'); at >= 0; at = bytes.indexOf('BlbS', at + 4)) {
    if (at % 16 === 0) blobs.push(bytes.subarray(at + 16, at + 16 + bytes.readUInt32LE(at + 12)));
  }
  return blobs;
}

/** True where Berkeley DB 5.3's own programs are there (Debian: db5.3-util). */
export const haveBerkeleyDb = spawnSync('db5.3_load', ['-V']).status === 0;

/** A hash file that db5.3_load wrote, of pairs of key and value. `order` is 1234 for little-endian numbers, 4321 for the others. */
export function hashFile(pairs: readonly (readonly [Buffer, Buffer])[], options: { pageSize?: number; order?: 1234 | 4321 } = {}): Buffer {
  const { pageSize = 4096, order = 1234 } = options;
  const lines = pairs.flatMap(([key, value]) => [` ${key.toString('hex')}`, ` ${value.toString('hex')}`]);
  const head = ['VERSION=3', 'format=bytevalue', 'type=hash', `db_pagesize=${pageSize}`, `db_lorder=${order}`, 'HEADER=END'];
  return inTempFolder((folder) => {
    const path = join(folder, 'Packages');
    const { status, stderr } = spawnSync('db5.3_load', [path], {
      input: `${[...head, ...lines, 'DATA=END'].join('\n')}\n`,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`db5.3_load: ${stderr}`);
    return readFileSync(path);
  });
}

/** rpm's Packages file: headers under 1, 2, ..., and under 0 the highest number. */
export function hashDatabase(blobs: readonly Buffer[], options: { pageSize?: number; order?: 1234 | 4321 } = {}): Buffer {
  const key = (number: number): Buffer => {
    const bytes = Buffer.alloc(4);
    if (options.order === 4321) bytes.writeUInt32BE(number);
    else bytes.writeUInt32LE(number);
    return bytes;
  };
  return hashFile([[key(0), key(blobs.length)], ...blobs.map((blob, i) => [key(i + 1), blob] as const)], options);
}

/** True where rpm is there (Debian's has the backends sqlite and bdb_ro, and no ndb). */
export const haveRpm = spawnSync('rpm', ['--version']).status === 0;

/** The lines that `rpm -qa` prints for a database, sorted. rpm writes beside what it reads, so it gets a copy. */
export function rpmQuery(database: Buffer, form: 'sqlite' | 'bdb_ro', format: string): string[] {
  return inTempFolder((folder) => {
    writeFileSync(join(folder, form === 'sqlite' ? 'rpmdb.sqlite' : 'Packages'), database);
    // The tables of indexes, without which rpm refuses to open.
    if (form === 'sqlite') spawnSync('rpm', ['--initdb', '--dbpath', folder]);
    const options = ['-qa', '--dbpath', folder, '--define', `_db_backend ${form}`, '--nodigest', '--nosignature', '--qf', format];
    const { status, stdout, stderr } = spawnSync('rpm', options, { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (status !== 0) throw new Error(`rpm -qa: ${stderr}`);
    return stdout.split('\n').filter(Boolean).sort();
  });
}
