import { createHash } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { type TarEntry, writeTar } from './tar-writer.ts';

/** One entry of a table of contents. Source: eStargz, "TOCEntry"; zstd:chunked adds `endOffset` and `chunkType`. */
export type TableRecord = Record<string, string | number>;

/** Layers with a table of contents. */
export type IndexedForm = 'estargz' | 'zstd:chunked';

export interface IndexedLayer {
  readonly stored: Buffer;
  /** What `stored` expands to, the table's own file included where it has one. */
  readonly tar: Buffer;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface IndexedOptions {
  /** Uncompressed bytes of a chunk; 4 KiB where not given, so that small files have several. */
  readonly chunkSize?: number;
  /** Changes the table before it is written: leaves files out, lies about them. Text is written instead of the whole table. */
  readonly table?: (records: TableRecord[]) => readonly unknown[] | string;
}

const BLOCK = 512;
const END = Buffer.alloc(2 * BLOCK);
const TYPE = { file: 'reg', directory: 'dir', symlink: 'symlink', hardlink: 'hardlink' } as const;
const digestOf = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** Writes the entries, each file's chunks compressed by themselves, and the table behind them. */
export function indexedLayer(form: IndexedForm, entries: readonly TarEntry[], options: IndexedOptions = {}): IndexedLayer {
  const blob = new Blob(form === 'estargz' ? gzipSync : zstdCompressSync);
  const records: TableRecord[] = [];
  for (const entry of entries) records.push(...writeEntry(blob, entry, form, options.chunkSize ?? 4096));
  const table = options.table?.(records) ?? records;
  const json = Buffer.from(typeof table === 'string' ? table : JSON.stringify({ version: 1, entries: table }), 'latin1');
  return form === 'estargz' ? endEstargz(blob, json) : endChunked(blob, json);
}

/** Compressed members one after another, and what they expand to. */
class Blob {
  readonly #compress: (bytes: Buffer) => Buffer;
  readonly tar: Buffer[] = [];
  readonly stored: Buffer[] = [];
  #waiting: Buffer[] = [];
  size = 0;

  constructor(compress: (bytes: Buffer) => Buffer) {
    this.#compress = compress;
  }

  add(bytes: Buffer): void {
    this.#waiting.push(bytes);
  }

  /** Ends the member; what follows begins at the returned offset. */
  cut(): number {
    const bytes = Buffer.concat(this.#waiting);
    this.#waiting = [];
    if (bytes.length > 0) {
      this.tar.push(bytes);
      this.raw(this.#compress(bytes));
    }
    return this.size;
  }

  raw(bytes: Buffer): void {
    this.stored.push(bytes);
    this.size += bytes.length;
  }
}

function writeEntry(blob: Blob, entry: TarEntry, form: IndexedForm, chunkSize: number): TableRecord[] {
  const content = Buffer.from(entry.content ?? '');
  const type = entry.type ?? 'file';
  const record: TableRecord = {
    name: type === 'directory' && !entry.path.endsWith('/') ? `${entry.path}/` : entry.path,
    type: TYPE[type],
    mode: entry.mode ?? (type === 'directory' ? 0o755 : 0o644),
    modtime: '1970-01-01T00:00:00Z',
    ...(entry.target === undefined ? {} : { linkName: entry.target }),
  };
  const whole = writeTar([entry]);
  const padding = Math.ceil(content.length / BLOCK) * BLOCK - content.length;
  blob.add(whole.subarray(0, whole.length - END.length - padding - content.length));
  if (content.length === 0) return [record];

  Object.assign(record, { size: content.length, digest: digestOf(content) });
  const records: TableRecord[] = [];
  for (let at = 0; at < content.length; at += chunkSize) {
    const chunk = content.subarray(at, at + chunkSize);
    const offset = blob.cut();
    blob.add(chunk);
    records.push({
      ...(at === 0 ? record : { name: entry.path, type: 'chunk', chunkOffset: at }),
      offset,
      ...(content.length <= chunkSize || (form === 'estargz' && at + chunkSize >= content.length) ? {} : { chunkSize: chunk.length }),
      ...(form === 'zstd:chunked' && content.length <= chunkSize ? {} : { chunkDigest: digestOf(chunk) }),
    });
  }
  const end = blob.cut();
  if (form === 'zstd:chunked') Object.assign(records[0] as TableRecord, { endOffset: end });
  blob.add(Buffer.alloc(padding));
  return records;
}

/** The table as a file of the tar, and the footer that points to it. Source: eStargz, "Footer". */
function endEstargz(blob: Blob, json: Buffer): IndexedLayer {
  const offset = blob.cut();
  blob.add(writeTar([{ path: 'stargz.index.json', content: json }]));
  blob.cut();
  const footer = Buffer.alloc(51);
  footer.set([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff, 26, 0, 0x53, 0x47, 22, 0]);
  footer.write(`${offset.toString(16).padStart(16, '0')}STARGZ`, 16, 'latin1');
  footer.set([1, 0, 0, 0xff, 0xff], 38);
  blob.raw(footer);
  return built(blob, { 'containerd.io/snapshot/stargz/toc.digest': digestOf(json) });
}

/** The table, compressed, and the footer in skippable frames. Source: containers/storage, zstd:chunked. */
function endChunked(blob: Blob, json: Buffer): IndexedLayer {
  blob.add(END);
  const offset = blob.cut() + 8;
  const compressed = zstdCompressSync(json);
  blob.raw(skippable(compressed));
  const footer = Buffer.alloc(64);
  for (const [i, value] of [offset, compressed.length, json.length, 1].entries()) footer.writeBigUInt64LE(BigInt(value), 8 * i);
  footer.write('GNUlInUx', 56, 'latin1');
  blob.raw(skippable(footer));
  return built(blob, {
    'io.github.containers.zstd-chunked.manifest-checksum': digestOf(compressed),
    'io.github.containers.zstd-chunked.manifest-position': `${offset}:${compressed.length}:${json.length}:1`,
  });
}

function skippable(content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(0x184d2a50, 0);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content]);
}

function built(blob: Blob, annotations: Readonly<Record<string, string>>): IndexedLayer {
  return { stored: Buffer.concat(blob.stored), tar: Buffer.concat(blob.tar), annotations };
}
