import { TAR_LIMITS, type TarEntry, type TarLimits, type TarType, TarWalker } from '../../src/util/tar/index.ts';

/** An entry as the walker gave it, its content with the holes filled. */
export interface ReadEntry {
  readonly name: string;
  readonly type: TarType;
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly linkName: string;
  readonly content: Buffer;
}

/** Everything in `archive`, pushed in chunks of `chunkSize` bytes. */
export function readTar(archive: Buffer, chunkSize = archive.length || 1, limits: TarLimits = TAR_LIMITS): ReadEntry[] {
  const entries: ReadEntry[] = [];
  const walker = new TarWalker(
    'the test tar',
    {
      entry(entry: TarEntry) {
        const { name, type, size, mode, uid, gid, linkName } = entry;
        entries.push({ name, type, size, mode, uid, gid, linkName, content: Buffer.alloc(type === 'file' ? size : 0) });
        return type === 'file';
      },
      data(bytes, offset) {
        bytes.copy(entries[entries.length - 1]?.content ?? Buffer.alloc(0), offset);
      },
      end() {},
    },
    limits,
  );
  for (let at = 0; at < archive.length; at += chunkSize) walker.push(Buffer.from(archive.subarray(at, at + chunkSize)));
  walker.finish();
  return entries;
}
