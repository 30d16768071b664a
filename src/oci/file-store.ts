import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ByteRange, ByteStream, Bytes } from '../util/bytes.ts';
import { PlimsollError } from '../util/errors.ts';

/** Bytes per read: large enough that a read costs nothing beside the hashing of what it brought. */
const CHUNK = 256 << 10;

/** Files by name (relative, `/` between parts), of a folder or of an archive. */
export interface FileStore {
  /** For messages: the path of the folder or archive. */
  readonly path: string;
  /** Undefined where there is no such regular file. */
  size(name: string): Promise<number | undefined>;
  /** Undefined where there is no such regular file. */
  stream(name: string): Promise<ByteStream | undefined>;
  close(): Promise<void>;
}

/** Names come from us (`index.json`) or from digests, which cannot be paths; content is checked against its digest, so links do no harm. */
export function folderStore(path: string): FileStore {
  async function size(name: string): Promise<number | undefined> {
    try {
      const info = await stat(join(path, name));
      return info.isFile() ? info.size : undefined;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw unreadable(join(path, name), error);
    }
  }
  return {
    path,
    size,
    async stream(name) {
      return (await size(name)) === undefined ? undefined : fileStream(join(path, name));
    },
    close: async () => undefined,
  };
}

/** The whole file where it is there; throws `manifest-too-large` beyond `limit` bytes. */
export async function readWhole(store: FileStore, name: string, limit: number): Promise<Bytes | undefined> {
  const size = await store.size(name);
  if (size === undefined) return undefined;
  if (size > limit) throw new PlimsollError('manifest-too-large', { what: `${store.path}/${name}`, limit });
  const stream = await store.stream(name);
  if (stream === undefined) return undefined;
  const chunks: Bytes[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A file from its beginning to its end; opened when the first chunk is asked for. */
export async function* fileStream(path: string): ByteStream {
  let file: FileHandle;
  try {
    file = await open(path);
  } catch (error) {
    throw unreadable(path, error);
  }
  try {
    yield* handleStream(file);
  } finally {
    await file.close();
  }
}

/** Part of an open file, which stays open; a file that ends early ends the stream early. */
export async function* handleStream(file: FileHandle, range?: ByteRange): ByteStream {
  const end = range?.end ?? Number.MAX_SAFE_INTEGER;
  for (let at = range?.start ?? 0; at < end; ) {
    const length = Math.min(CHUNK, end - at);
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield bytesRead === length ? buffer : buffer.subarray(0, bytesRead);
  }
}

export function isAbsent(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

export function unreadable(path: string, error: unknown): PlimsollError {
  if (error instanceof PlimsollError) return error;
  if (isAbsent(error)) return new PlimsollError('target-missing', { path }, { cause: error });
  const detail = (error as NodeJS.ErrnoException | undefined)?.code ?? String(error);
  return new PlimsollError('target-unreadable', { path, detail }, { cause: error });
}
