import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import type { Descriptor } from '../../../model/index.ts';
import type { Bytes } from '../../../util/bytes.ts';
import { PlimsollError } from '../../../util/errors.ts';
import { fileHeader, padding, TAR_END } from '../../../util/tar/write.ts';
import { layoutArtifact, openLayoutFiles } from './layout.ts';
import { layoutMembers } from './layout-members.ts';
import type { LocalDatabase } from './local.ts';
import { type Received, type ReceiveOptions, receiveDatabase, type TransferProgress } from './receive.ts';

/**
 * Writes the database as one OCI archive, the same artifact that is pushed: the same database gives the same bytes. The file
 * appears when it is complete. Throws `database-archive-unwritable`, `database-damaged`.
 */
export async function exportDatabase(
  database: LocalDatabase,
  path: string,
  onProgress?: (progress: TransferProgress) => void,
): Promise<{ readonly descriptor: Descriptor; readonly size: number }> {
  const { members, descriptor } = layoutMembers(database);
  const total = members.reduce((sum, { size }) => sum + size, 0);
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  let size = 0;
  let done = 0;
  try {
    const file = await open(temporary, 'wx');
    try {
      for (const member of members) {
        size += await append(file, fileHeader(member.name, member.size));
        for await (const chunk of member.content()) {
          size += await append(file, chunk);
          onProgress?.({ done: (done += chunk.length), total });
        }
        size += await append(file, padding(member.size));
      }
      size += await append(file, TAR_END);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    return { descriptor, size };
  } catch (error) {
    if (error instanceof PlimsollError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new PlimsollError('database-archive-unwritable', { path, detail: code ?? message }, { cause: error });
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Takes the database of an OCI archive or layout folder: as {@link receiveDatabase}, and throws what opening a layout throws. */
export async function importDatabase(path: string, options: ReceiveOptions): Promise<Received> {
  const { source, descriptor, close } = await layoutArtifact(await openLayoutFiles(path));
  try {
    return await receiveDatabase(source, descriptor, options);
  } finally {
    await close();
  }
}

async function append(file: FileHandle, bytes: Bytes): Promise<number> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
  return bytes.length;
}
