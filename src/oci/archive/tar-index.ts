import type { ByteRange, Bytes, RandomAccess } from '../../util/bytes.ts';
import { PlimsollError } from '../../util/errors.ts';
import { FLAG, parseTarHeader, TAR_BLOCK, type TarHeader } from '../../util/tar/header.ts';
import { normalisePath } from '../../util/tar/path.ts';
import { type PaxFields, parsePaxRecords, paxFields } from '../../util/tar/pax.ts';

/** An image archive has a few entries a layer; this is far beyond any. */
const MAX_ENTRIES = 100_000;
const MAX_EXTENSION = 1 << 20;
/** Symbolic links followed for one name. Linux gives up at 40. */
const MAX_HOPS = 40;

/** The regular files of a tar, by path. Links of old `docker save` archives (a layer that two images share) are followed inside the archive. */
export interface TarIndex {
  /** Undefined where the archive has no such file. */
  find(path: string): ByteRange | undefined;
}

/** No extended header before the entry. */
const NONE: PaxFields = {};

type Entry = { readonly kind: 'file'; readonly range: ByteRange } | { readonly kind: 'link'; readonly target: string | undefined };

/**
 * Reads every header of the tar, jumping over the content. The last entry of a name counts, as in unpacking.
 *
 * @throws PlimsollError archive-invalid, tar-malformed
 */
export async function indexTar(file: RandomAccess, path: string): Promise<TarIndex> {
  const entries = new Map<string, Entry>();
  let extension = NONE;
  for (let at = 0, count = 0; ; ) {
    const block = await file.read(at, TAR_BLOCK);
    if (block.length === 0 && extension === NONE) break;
    if (block.length < TAR_BLOCK) throw cutShort(path);
    const where = { what: path, offset: at };
    const header = parseTarHeader(block, where);
    if (header === undefined) break;
    if (++count > MAX_ENTRIES) throw new PlimsollError('archive-invalid', { path, reason: `it has more than ${MAX_ENTRIES} entries` });
    const start = at + TAR_BLOCK;
    const size = extension.size !== undefined && header.size > 0 ? extension.size : header.size;
    if (start + size > file.size) throw cutShort(path);
    at = start + Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;
    if (isExtension(header.flag)) {
      if (size > MAX_EXTENSION) throw new PlimsollError('archive-invalid', { path, reason: 'an extended header is too long' });
      extension = { ...extension, ...extended(header.flag, await file.read(start, size), where) };
      continue;
    }
    if (header.flag !== FLAG.paxGlobal) {
      add(entries, header, extension, { start, end: start + size });
      extension = NONE;
    }
  }
  return { find: (name) => find(entries, name) };
}

function isExtension(flag: number): boolean {
  return flag === FLAG.pax || flag === FLAG.solarisPax || flag === FLAG.gnuLongName || flag === FLAG.gnuLongLink;
}

function extended(flag: number, content: Bytes, where: { what: string; offset: number }): PaxFields {
  if (flag === FLAG.gnuLongName) return { path: untilNul(content) };
  if (flag === FLAG.gnuLongLink) return { linkPath: untilNul(content) };
  return paxFields(parsePaxRecords(content, where), where);
}

function untilNul(content: Bytes): string {
  const nul = content.indexOf(0);
  return content.toString('utf8', 0, nul < 0 ? content.length : nul);
}

/** Names that leave the root are left out: nothing asks for them. */
function add(entries: Map<string, Entry>, header: TarHeader, extension: PaxFields, range: ByteRange): void {
  const name = normalisePath(extension.path ?? header.name);
  if (name === undefined || name === '') return;
  const target = extension.linkPath ?? header.linkName;
  if (header.type === 'file') entries.set(name, { kind: 'file', range });
  else if (header.type === 'hardlink') entries.set(name, { kind: 'link', target: normalisePath(target) });
  else if (header.type === 'symlink') entries.set(name, { kind: 'link', target: symlinkTarget(name, target) });
}

function symlinkTarget(name: string, target: string): string | undefined {
  return normalisePath(target.startsWith('/') ? target : `${name.slice(0, name.lastIndexOf('/') + 1)}${target}`);
}

function find(entries: ReadonlyMap<string, Entry>, path: string): ByteRange | undefined {
  let name = normalisePath(path);
  for (let hop = 0; hop <= MAX_HOPS && name !== undefined; hop++) {
    const entry = entries.get(name);
    if (entry === undefined) return undefined;
    if (entry.kind === 'file') return entry.range;
    name = entry.target;
  }
  return undefined;
}

function cutShort(path: string): PlimsollError {
  return new PlimsollError('archive-invalid', { path, reason: 'it ends in the middle of an entry' });
}
