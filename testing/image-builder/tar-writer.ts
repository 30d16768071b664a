/** One member of an archive to write. Everything not given is fixed, so that equal entries give equal bytes. */
export interface TarEntry {
  /** No leading slash. */
  readonly path: string;
  /** `file` where not given. */
  readonly type?: 'file' | 'directory' | 'symlink' | 'hardlink';
  readonly content?: Buffer | string;
  /** Target of a symlink or hardlink. */
  readonly target?: string;
  /** Permission bits; 0644 for files, 0755 for directories, 0777 for symlinks where not given. */
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Seconds since 1970; 0 where not given. */
  readonly mtime?: number;
}

const BLOCK = 512;
const TYPE_FLAG = { file: '0', hardlink: '1', symlink: '2', directory: '5' } as const;
const DEFAULT_MODE = { file: 0o644, hardlink: 0o644, symlink: 0o777, directory: 0o755 } as const;

/**
 * A tar archive of `entries`, in their order, ended by two zero blocks. Names and link targets that do not fit into the
 * ustar header, or are not ASCII, go into a PAX extended header. Source: POSIX.1-2017, pax, "ustar Interchange Format".
 */
export function writeTar(entries: readonly TarEntry[]): Buffer {
  const parts: Buffer[] = [];
  for (const entry of entries) parts.push(...member(entry));
  parts.push(Buffer.alloc(2 * BLOCK));
  return Buffer.concat(parts);
}

function member(entry: TarEntry): Buffer[] {
  const type = entry.type ?? 'file';
  const name = type === 'directory' && !entry.path.endsWith('/') ? `${entry.path}/` : entry.path;
  const content = Buffer.from(entry.content ?? '');
  const target = entry.target ?? '';
  const extended: [string, string][] = [];
  if (!fits(name)) extended.push(['path', name]);
  if (!fits(target)) extended.push(['linkpath', target]);
  const parts: Buffer[] = [];
  if (extended.length > 0) {
    const records = Buffer.concat(extended.map(([key, value]) => paxRecord(key, value)));
    parts.push(
      header({ name: 'pax', target: '', size: records.length, flag: 'x', mode: 0o644, uid: 0, gid: 0, mtime: 0 }),
      ...padded(records),
    );
  }
  parts.push(
    header({
      name: clip(name),
      target: clip(target),
      size: content.length,
      flag: TYPE_FLAG[type],
      mode: entry.mode ?? DEFAULT_MODE[type],
      uid: entry.uid ?? 0,
      gid: entry.gid ?? 0,
      mtime: entry.mtime ?? 0,
    }),
    ...padded(content),
  );
  return parts;
}

function header(h: {
  name: string;
  target: string;
  size: number;
  flag: string;
  mode: number;
  uid: number;
  gid: number;
  mtime: number;
}): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(h.name, 0, 100, 'latin1');
  octal(block, 100, 8, h.mode);
  octal(block, 108, 8, h.uid);
  octal(block, 116, 8, h.gid);
  octal(block, 124, 12, h.size);
  octal(block, 136, 12, h.mtime);
  block.write('        ', 148, 'latin1');
  block.write(h.flag, 156, 'latin1');
  block.write(h.target, 157, 100, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  let sum = 0;
  for (const byte of block) sum += byte;
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

function octal(block: Buffer, at: number, width: number, value: number): void {
  block.write(`${value.toString(8).padStart(width - 1, '0')}\0`, at, 'latin1');
}

function fits(text: string): boolean {
  return Buffer.byteLength(text) <= 100 && /^[\x20-\x7e]*$/.test(text);
}

function clip(text: string): string {
  return fits(text) ? text : text.replace(/[^\x20-\x7e]/g, '_').slice(0, 100);
}

/** `<length> key=value\n`, where the length counts its own digits. */
function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.from(` ${key}=${value}\n`);
  let length = rest.length + String(rest.length).length;
  if (String(length).length !== String(rest.length).length) length = rest.length + String(length).length;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

function padded(content: Buffer): Buffer[] {
  const rest = content.length % BLOCK;
  return rest === 0 ? [content] : [content, Buffer.alloc(BLOCK - rest)];
}
