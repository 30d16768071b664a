import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ByteRange, ByteStream, Bytes } from '../util/bytes.ts';
import { PlimsollError } from '../util/errors.ts';

/** Bytes per read: large enough that a read costs nothing beside the hashing of what it brought. */
const CHUNK = 512 << 10;

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
  const stream = await store.stream(name);
  if (stream === undefined) return undefined;
  const chunks: Bytes[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > limit) throw new PlimsollError('manifest-too-large', { what: `${store.path}/${name}`, limit });
    chunks.push(Buffer.from(chunk));
  }
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

/**
 * Part of an open file, which stays open; a file that ends early ends the stream early. Two buffers take turns: one is filled while
 * the other is used, and the garbage collector never hears of the hundreds of megabytes that pass through.
 */
export async function* handleStream(file: FileHandle, range?: ByteRange): ByteStream {
  const end = range?.end ?? Number.MAX_SAFE_INTEGER;
  let at = range?.start ?? 0;
  async function read(buffer: Bytes): Promise<Bytes> {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, end - at), at);
    at += bytesRead;
    return buffer.subarray(0, bytesRead);
  }
  const room = Math.min(CHUNK, end - at);
  const buffers = [Buffer.allocUnsafeSlow(room), Buffer.allocUnsafeSlow(room)] as const;
  let ahead = read(buffers[0]);
  try {
    for (let turn = 1; ; turn ^= 1) {
      const chunk = await ahead;
      if (chunk.length === 0) return;
      ahead = read(buffers[turn as 0 | 1]);
      ahead.catch(() => undefined); // it is told when the next chunk is asked for
      yield chunk;
    }
  } finally {
    await ahead.catch(() => undefined);
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
