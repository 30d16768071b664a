/**
 * Tars piece by piece, for what no ordinary writer makes: wrong checksums, negative sizes, sparse files of every kind, entries
 * in any order. Pieces are concatenated by the test; nothing is checked here. Ordinary images come from ../image-builder.
 */

const BLOCK = 512;

export interface RawHeader {
  readonly name: string | Buffer;
  /** One character; NUL for v7. */
  readonly flag?: string;
  readonly size?: number;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly linkName?: string;
  readonly prefix?: string;
  readonly magic?: 'ustar' | 'gnu' | 'v7' | 'star';
  /** Bytes written over the header at an offset, before the checksum. */
  readonly patches?: readonly (readonly [offset: number, bytes: Buffer | string])[];
  /** Added to the checksum. */
  readonly checksumError?: number;
}

const MAGIC = { ustar: 'ustar\x0000', star: 'ustar\x0000', gnu: 'ustar  \0', v7: '\0\0\0\0\0\0\0\0' };

/** A header block. */
export function header(h: RawHeader): Buffer {
  const block = Buffer.alloc(BLOCK);
  put(block, 0, h.name);
  octal(block, 100, 8, h.mode ?? 0o644);
  octal(block, 108, 8, h.uid ?? 0);
  octal(block, 116, 8, h.gid ?? 0);
  octal(block, 124, 12, h.size ?? 0);
  octal(block, 136, 12, 0);
  put(block, 156, h.flag ?? '0');
  put(block, 157, h.linkName ?? '');
  put(block, 257, MAGIC[h.magic ?? 'ustar']);
  put(block, 345, h.prefix ?? '');
  if (h.magic === 'star') put(block, 508, 'tar\0');
  for (const [offset, bytes] of h.patches ?? []) put(block, offset, bytes);
  put(block, 148, '        ');
  const sum = block.reduce((total, byte) => total + byte, 0) + (h.checksumError ?? 0);
  put(block, 148, `${sum.toString(8).padStart(6, '0')}\0 `);
  return block;
}

/** A header with its content behind it. */
export function entry(h: RawHeader, content: Buffer | string = ''): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([header({ size: bytes.length, ...h }), padded(bytes)]);
}

/** The extended header for the entry that follows; `g` for all that follow. */
export function pax(records: readonly (readonly [key: string, value: string])[], flag: 'x' | 'g' = 'x'): Buffer {
  return entry({ name: 'PaxHeaders/x', flag }, Buffer.concat(records.map(([key, value]) => paxRecord(key, value))));
}

/** `<length> key=value\n`, where the length counts its own digits. */
export function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.from(` ${key}=${value}\n`);
  const digits = String(rest.length + String(rest.length).length).length;
  return Buffer.concat([Buffer.from(String(rest.length + digits)), rest]);
}

/** A GNU long name (`L`) or long link (`K`) for the entry that follows. */
export function gnuLong(flag: 'L' | 'K', text: string): Buffer {
  return entry({ name: '././@LongLink', flag, magic: 'gnu' }, `${text}\0`);
}

/** Data and where it lies in a sparse file. */
export interface Run {
  readonly offset: number;
  readonly data: Buffer | string;
}

/** A sparse file as GNU tar wrote it before PAX. */
export function oldGnuSparse(name: string, runs: readonly Run[], realSize: number): Buffer {
  const fields = runs.map(({ offset, data }) => Buffer.concat([number12(offset), number12(data.length)]));
  const content = Buffer.concat(runs.map((run) => Buffer.from(run.data)));
  const extensions: Buffer[] = [];
  for (let i = 4; i < fields.length; i += 21) {
    const block = Buffer.alloc(BLOCK);
    put(block, 0, Buffer.concat(fields.slice(i, i + 21)));
    if (i + 21 < fields.length) block[504] = 1;
    extensions.push(block);
  }
  const patches: (readonly [number, Buffer | string])[] = [
    [386, Buffer.concat(fields.slice(0, 4))],
    [483, number12(realSize)],
  ];
  if (extensions.length > 0) patches.push([482, Buffer.from([1])]);
  const head = header({ name, flag: 'S', magic: 'gnu', size: content.length, patches });
  return Buffer.concat([head, ...extensions, padded(content)]);
}

/** A sparse file as GNU tar writes it with PAX headers. */
export function paxSparse(version: '0.0' | '0.1' | '1.0', name: string, runs: readonly Run[], realSize: number): Buffer {
  const content = Buffer.concat(runs.map((run) => Buffer.from(run.data)));
  const pairs = runs.flatMap((run) => [run.offset, run.data.length]);
  if (version === '1.0') {
    const map = padded(Buffer.from([runs.length, ...pairs].map((n) => `${n}\n`).join('')));
    const fields = [
      ['GNU.sparse.major', '1'],
      ['GNU.sparse.minor', '0'],
      ['GNU.sparse.name', name],
      ['GNU.sparse.realsize', String(realSize)],
    ] as const;
    return Buffer.concat([pax(fields), entry({ name: `GNUSparseFile.1/${name}` }, Buffer.concat([map, content]))]);
  }
  const fields: [string, string][] = [
    ['GNU.sparse.size', String(realSize)],
    ['GNU.sparse.numblocks', String(runs.length)],
  ];
  if (version === '0.1') fields.push(['GNU.sparse.name', name], ['GNU.sparse.map', pairs.join(',')]);
  else for (const run of runs) fields.push(['GNU.sparse.offset', String(run.offset)], ['GNU.sparse.numbytes', String(run.data.length)]);
  return Buffer.concat([pax(fields), entry({ name: version === '0.0' ? name : `GNUSparseFile.1/${name}` }, content)]);
}

/** The two blocks of zeros that end an archive. */
export function end(): Buffer {
  return Buffer.alloc(2 * BLOCK);
}

export function tar(...pieces: readonly Buffer[]): Buffer {
  return Buffer.concat([...pieces, end()]);
}

/** A number in base 256, as GNU and star write what octal cannot hold. */
export function base256(value: bigint, width: number): Buffer {
  const bytes = Buffer.alloc(width);
  let rest = BigInt.asUintN(width * 8, value);
  for (let i = width - 1; i >= 0; i--) {
    bytes[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  bytes[0] = (bytes[0] as number) | 0x80;
  return bytes;
}

function padded(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)]);
}

function number12(value: number): Buffer {
  return Buffer.from(`${value.toString(8).padStart(11, '0')}\0`);
}

function octal(block: Buffer, at: number, width: number, value: number): void {
  put(block, at, `${value.toString(8).padStart(width - 1, '0')}\0`);
}

function put(block: Buffer, at: number, bytes: Buffer | string): void {
  Buffer.from(bytes).copy(block, at);
}
