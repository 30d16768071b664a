import type { TargetInfo } from '../../model/index.ts';
import { type ArchiveFile, openArchiveFile, spoolArchive } from '../../oci/archive/file.ts';
import { isImageTar } from '../../oci/archive/identify.ts';
import type { ByteStream, Bytes } from '../../util/bytes.ts';
import { decompress, detectCompression } from '../../util/compression/index.ts';
import { PlimsollError } from '../../util/errors.ts';
import { TAR_BLOCK, TarWalker } from '../../util/tar/index.ts';
import type { ContentTarget, PlatformsTarget, Target } from '../types.ts';
import { walkTar, walkText, walkZip } from '../walk/content.ts';
import { openImageArchive, spoolSettings } from './archive.ts';
import { openTargets } from './index.ts';
import type { OpenOptions } from './options.ts';
import { parseSpec, pathType } from './spec.ts';

type Opened = Target | PlatformsTarget | ContentTarget;

/**
 * As `openTargets`, for those who read any file: a path of a file, or `-`, is an image only where nothing but an image looks like it,
 * else an archive (tar, compressed or not, or zip) or one text.
 */
export async function openContent(spec: string, options: OpenOptions): Promise<Opened> {
  const { kind } = parseSpec(spec);
  if (kind === 'stdin') return openStdin(spec, options);
  if (kind !== 'auto' || (await pathType(spec)) !== 'file') return openTargets(spec, options);
  return openFile(spec, await openArchiveFile(spec, spoolSettings(options)), options);
}

/** A text is read as it comes, whatever its length; an archive is read more than once, so it is kept in a file without a name. */
async function openStdin(spec: string, options: OpenOptions): Promise<Opened> {
  const { head, whole } = await peeked(options.stdin ?? process.stdin);
  if (isZip(head) || isTar(head) || detectCompression(head) !== 'none') {
    return openFile(spec, await spoolArchive(whole, { ...spoolSettings(options), path: spec }), options);
  }
  const walk: ContentTarget['read'] = (receiver, how) => walkText(whole, { path: spec, size: 0 }, receiver, how);
  return content(spec, { single: true, read: walk, close: async () => undefined });
}

async function openFile(spec: string, file: ArchiveFile, options: OpenOptions): Promise<Opened> {
  const { path, size } = file;
  const close = () => file.close();
  try {
    if (isZip(await file.read(0, TAR_BLOCK))) {
      return content(spec, { single: false, read: (receiver, how) => walkZip(file, path, receiver, how), close });
    }
    const open = () => decompress(file.stream(), { what: path });
    if (!isTar(await headOf(open()))) {
      return content(spec, { single: true, read: (receiver, how) => walkText(open(), { path: spec, size }, receiver, how), close });
    }
    if (!(await isImageTar(open(), path))) {
      return content(spec, { single: false, read: (receiver, how) => walkTar(open(), path, receiver, how), close });
    }
  } catch (error) {
    await close();
    throw error;
  }
  return openImageArchive(spec, file, undefined, options);
}

function content(spec: string, rest: Pick<ContentTarget, 'single' | 'read' | 'close'>): ContentTarget {
  const info: TargetInfo = { kind: 'file', spec, name: spec };
  return { kind: 'content', info, ...rest };
}

function isZip(head: Bytes): boolean {
  return head.length >= 4 && (head.readUInt32LE(0) === 0x04034b50 || head.readUInt32LE(0) === 0x06054b50);
}

/** True where the first block is a tar's header, which carries a checksum. */
function isTar(head: Bytes): boolean {
  const walker = new TarWalker('', { entry: () => false, data: () => undefined, end: () => undefined });
  try {
    if (head.length >= TAR_BLOCK) walker.push(head.subarray(0, TAR_BLOCK));
  } catch (error) {
    if (error instanceof PlimsollError) return false;
    throw error;
  }
  return walker.entries > 0 || PAX.has(head[156] ?? 0);
}

/** Headers in front of the first entry: `g` and `x` of PAX, `L` and `K` of GNU. Other bytes there fail by their checksum. */
const PAX: ReadonlySet<number> = new Set([0x67, 0x78, 0x4c, 0x4b]);

/** The first bytes of a stream, which is closed then. */
async function headOf(stream: ByteStream): Promise<Bytes> {
  let head: Bytes = Buffer.alloc(0);
  for await (const chunk of stream) {
    head = Buffer.concat([head, chunk.subarray(0, TAR_BLOCK)]);
    if (head.length >= TAR_BLOCK) break;
  }
  return head;
}

/** The first bytes of a stream, a tar's block of them where it has so many, and the stream with them in front again. */
async function peeked(stream: ByteStream): Promise<{ readonly head: Bytes; readonly whole: ByteStream }> {
  const iterator = stream[Symbol.asyncIterator]();
  let head: Bytes = Buffer.alloc(0);
  while (head.length < TAR_BLOCK) {
    const next = await iterator.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  async function* whole(): ByteStream {
    try {
      if (head.length > 0) yield head;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { head, whole: whole() };
}
