import { hash } from 'node:crypto';
import type { Digest } from '../../model/index.ts';
import { digestParts } from '../../oci/digest.ts';
import type { ByteRange, Bytes } from '../../util/bytes.ts';
import { PlimsollError } from '../../util/errors.ts';
import { type TarVisitor, TarWalker } from '../../util/tar/index.ts';
import type { TablePlace } from './annotations.ts';
import { expandFirst } from './expand.ts';
import { badTable } from './not-lazy.ts';
import { MAX_READ, type StoredReader } from './stored-reader.ts';

/** Bytes of a table as JSON: some 200,000 files. Larger ones cost more memory than they save time. */
const MAX_TABLE = 64 << 20;
/** Source: eStargz, "Footer". */
const FOOTER = 51;
const TABLE_NAME = 'stargz.index.json';

export interface LocatedTable {
  readonly json: Bytes;
  /** Offset in the stored layer behind which no file's content lies. */
  readonly dataEnd: number;
}

/**
 * Fetches the table and holds it against the digest that the manifest names.
 *
 * @throws NotLazy where it is larger than allowed, or not where or what the form says; PlimsollError digest-mismatch
 */
export function locateTable(place: TablePlace, reader: StoredReader, what: string): Promise<LocatedTable> {
  return place.form === 'estargz' ? estargz(place.digest, reader, what) : zstdChunked(place.digest, place.stored, reader, what);
}

async function zstdChunked(digest: Digest, stored: ByteRange, reader: StoredReader, what: string): Promise<LocatedTable> {
  if (stored.end - stored.start > MAX_READ) throw badTable('larger than allowed');
  const bytes = await reader.read(stored);
  verify(bytes, digest, what);
  return { json: await whole(bytes, MAX_TABLE, what), dataEnd: stored.start };
}

async function estargz(digest: Digest, reader: StoredReader, what: string): Promise<LocatedTable> {
  const footerStart = reader.size - FOOTER;
  const start = tableOffset(await reader.read({ start: footerStart, end: reader.size }));
  if (start === undefined || start >= footerStart || footerStart - start > MAX_READ) throw badTable('no footer that points to it');
  const tar = await whole(await reader.read({ start, end: footerStart }), MAX_TABLE + 4096, what);
  const json = onlyFile(tar, what);
  verify(json, digest, what);
  return { json, dataEnd: start };
}

/** The offset in the extra field of an empty gzip member; undefined where the bytes are no such footer. */
function tableOffset(footer: Bytes): number | undefined {
  const isMember = footer.length === FOOTER && footer.readUInt16BE(0) === 0x1f8b && footer.readUInt16LE(10) === 26;
  const field = isMember ? /^SG\x16\0([0-9a-f]{16})STARGZ$/.exec(footer.toString('latin1', 12, 38)) : null;
  const offset = Number.parseInt(field?.[1] ?? '', 16);
  return Number.isSafeInteger(offset) ? offset : undefined;
}

async function whole(stored: Bytes, limit: number, what: string): Promise<Bytes> {
  const bytes = await expanded(() => expandFirst(stored, limit + 1, what));
  if (bytes.length > limit) throw badTable('larger than allowed');
  return bytes;
}

/** The content of the table's file in its own small tar. */
function onlyFile(tar: Bytes, what: string): Bytes {
  const found: Bytes[] = [];
  const visitor: TarVisitor = {
    entry: ({ name, type }) => name === TABLE_NAME && type === 'file',
    data: (bytes) => void found.push(bytes),
    end: () => undefined,
  };
  try {
    new TarWalker(what, visitor).push(tar);
  } catch (error) {
    if (error instanceof PlimsollError) throw badTable(error.message);
    throw error;
  }
  return found.length === 1 ? (found[0] as Bytes) : Buffer.concat(found);
}

async function expanded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PlimsollError) throw badTable(error.message);
    throw error;
  }
}

/** @throws PlimsollError digest-mismatch */
export function verify(bytes: Bytes, expected: Digest, what: string): void {
  const { algorithm, hex } = digestParts(expected);
  const actual = hash(algorithm, bytes, 'hex');
  if (actual !== hex) throw new PlimsollError('digest-mismatch', { what, expected, actual: `${algorithm}:${actual}` });
}
