import { pipeline, Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { ByteStream, Bytes } from '../util/bytes.ts';
import { bunzip2 } from '../util/bzip2/index.ts';
import type { FeedFile, RecordSink } from './types.ts';

/** Longest single record accepted; the longest of the known feeds is 1.5 MB. */
const MAX_RECORD = 64 * 1024 * 1024;
const MAX_DOCUMENT = 512 * 1024 * 1024;
const NEWLINE = 0x0a;

/** True where a folder or the file of `path`, extensions cut off, is called as `pattern` says: `os/debian-osv.jsonl.gz`, `debian-osv/CVE-2021-1.json`. */
export function isNamed(path: string, pattern: RegExp): boolean {
  if (path !== lastPath) {
    lastPath = path;
    lastParts = path.split('/').map((part) => part.replace(/(\.(jsonl|json|csv|gz))+$/, ''));
  }
  return lastParts.some((part) => pattern.test(part));
}

/** Every feed is asked about every one of some 400,000 entries of archives: the name is taken apart once. */
let lastPath = '';
let lastParts: readonly string[] = [''];

/** True where a file holds a record a line. */
export function isLines(name: string): boolean {
  return /\.jsonl(\.gz)?$/.test(name);
}

/** True for the names of files that `readJson` reads. */
export function isJson(path: string): boolean {
  return /\.jsonl?(\.gz)?$/.test(path);
}

/**
 * Calls `take` with every record of a JSON lines file (`.jsonl`), or with the one document of any other file; `.gz`, `.zst` and `.bz2` are
 * decompressed. Text that is not JSON is counted, and the next line read.
 */
export async function readJson(file: FeedFile, sink: Pick<RecordSink, 'problem'>, take: (record: unknown) => void): Promise<void> {
  const one = (text: Bytes, line: number) => {
    const record = parseJson(text);
    if (record === undefined) sink.problem('not JSON', `${file.name}:${line}`);
    else take(record);
  };
  if (isLines(file.name)) await eachLine(file, one);
  else one(await readAll(file), 1);
}

/** Calls `take` with every line that is not empty. Throws where a line is longer than any record can be. */
export async function eachLine(file: FeedFile, take: (line: Bytes, number: number) => void): Promise<void> {
  let rest: Bytes[] = [];
  let restLength = 0;
  let number = 0;
  for await (const chunk of decompressed(file)) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      number += 1;
      const piece = chunk.subarray(start, end);
      const line = restLength === 0 ? piece : Buffer.concat([...rest, piece]);
      rest = [];
      restLength = 0;
      start = end + 1;
      if (line.length > 0) take(line, number);
    }
    if (start < chunk.length) {
      rest.push(Buffer.from(chunk.subarray(start)));
      restLength += chunk.length - start;
      if (restLength > MAX_RECORD) throw new Error(`line ${number + 1} is longer than ${MAX_RECORD} bytes`);
    }
  }
  if (restLength > 0) take(Buffer.concat(rest), number + 1);
}

/** The whole file, decompressed by its name; throws where it is larger than any known document. */
export async function readAll(file: FeedFile): Promise<Bytes> {
  const bytes = await readUpTo(file, MAX_DOCUMENT);
  if (bytes === undefined) throw new Error(`longer than ${MAX_DOCUMENT} bytes`);
  return bytes;
}

/** The whole file, decompressed by its name; undefined where it is longer than `limit` bytes. */
export async function readUpTo(file: FeedFile, limit: number): Promise<Bytes | undefined> {
  const chunks: Bytes[] = [];
  let length = 0;
  for await (const chunk of decompressed(file)) {
    length += chunk.length;
    if (length > limit) return undefined;
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks);
}

/** The bytes of a file, decompressed where its name says that it is. */
export function decompressed(file: FeedFile): ByteStream {
  if (file.name.endsWith('.bz2')) return bunzip2(file.open());
  const form = /\.(gz|zst)$/.exec(file.name)?.[1];
  if (form === undefined) return file.open();
  const unzip = form === 'gz' ? createGunzip({ chunkSize: 256 * 1024 }) : createZstdDecompress({ chunkSize: 256 * 1024 });
  // Errors of either end reach whoever iterates `unzip`; the callback has nothing to add.
  pipeline(Readable.from(file.open(), { objectMode: false }), unzip, () => {});
  return unzip as AsyncIterable<Bytes>;
}

function parseJson(text: Bytes): unknown {
  try {
    return JSON.parse(text.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
