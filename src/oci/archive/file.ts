import { type FileHandle, open } from 'node:fs/promises';
import type { ByteStream, RandomAccess } from '../../util/bytes.ts';
import { type FileStore, handleStream, unreadable } from '../file-store.ts';
import { type SpoolOptions, spool } from './spool.ts';
import { indexTar } from './tar-index.ts';

/** An open file that can be read anywhere. */
export interface ArchiveFile extends RandomAccess {
  /** For messages. */
  readonly path: string;
  stream(): ByteStream;
  readonly handle: FileHandle;
  close(): Promise<void>;
}

/** Opens a file; what is not a regular file (a pipe) is copied first. Throws `target-missing` or `target-unreadable`. */
export async function openArchiveFile(path: string, options: Omit<SpoolOptions, 'path'>): Promise<ArchiveFile> {
  try {
    const handle = await open(path);
    const info = await handle.stat();
    if (info.isFile()) return archiveFile(path, handle, info.size);
    try {
      return await spoolArchive(handleChunks(handle), { ...options, path });
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** A copy of the stream. */
export async function spoolArchive(stream: ByteStream, options: SpoolOptions): Promise<ArchiveFile> {
  const { file, size } = await spool(stream, options);
  return archiveFile(options.path, file, size);
}

/** The files of a tar. Closing the store closes the file. */
export async function tarStore(file: ArchiveFile): Promise<FileStore> {
  const index = await indexTar(file, file.path);
  return {
    path: file.path,
    size: async (name) => {
      const range = index.find(name);
      return range === undefined ? undefined : range.end - range.start;
    },
    stream: async (name) => {
      const range = index.find(name);
      return range === undefined ? undefined : handleStream(file.handle, range);
    },
    close: () => file.close(),
  };
}

function archiveFile(path: string, handle: FileHandle, size: number): ArchiveFile {
  return {
    path,
    size,
    handle,
    async read(offset, length) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    },
    stream: () => handleStream(handle),
    close: () => handle.close(),
  };
}

/** From where the handle stands, for files that have no positions. */
async function* handleChunks(handle: FileHandle): ByteStream {
  for (;;) {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(256 << 10), 0, 256 << 10, null);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}
