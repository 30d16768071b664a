import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ByteStream } from '../../util/bytes.ts';
import { PlimsollError } from '../../util/errors.ts';
import { tempFailed } from '../../util/temp.ts';

export interface SpoolOptions {
  /** For messages. */
  readonly path: string;
  /** The system's folder for temporary files by default. */
  readonly tempDir?: string | undefined;
  /** Bytes; beyond them the archive counts as a decompression bomb. */
  readonly limit: number;
}

/**
 * Writes the stream into a temporary file that has no name any more: the space is free again when the handle is closed or
 * the process ends, however it ends. Throws `archive-too-large` beyond the limit.
 */
export async function spool(stream: ByteStream, options: SpoolOptions): Promise<{ readonly file: FileHandle; readonly size: number }> {
  const file = await namelessFile(options.tempDir ?? tmpdir());
  let size = 0;
  try {
    for await (const chunk of stream) {
      if (size + chunk.length > options.limit) throw new PlimsollError('archive-too-large', { path: options.path, limit: options.limit });
      for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at, chunk.length - at, size + at)).bytesWritten;
      size += chunk.length;
    }
  } catch (error) {
    await file.close();
    throw error;
  }
  return { file, size };
}

async function namelessFile(parent: string): Promise<FileHandle> {
  const folder = await mkdtemp(join(parent, 'plimsoll-')).catch((error: unknown) => {
    throw tempFailed(parent, error);
  });
  try {
    return await open(join(folder, 'archive'), 'wx+', 0o600);
  } finally {
    await rm(folder, { recursive: true });
  }
}
