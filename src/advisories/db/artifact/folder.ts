import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Descriptor } from '../../../model/index.ts';
import { folderStore } from '../../../oci/file-store.ts';
import { PlimsollError } from '../../../util/errors.ts';
import { artifactForm } from './form.ts';
import { layoutArtifact } from './layout.ts';
import { blobName, layoutMembers, type Member } from './layout-members.ts';
import { isShardFile, type LocalDatabase } from './local.ts';
import { readArtifact } from './read.ts';
import type { TransferProgress } from './receive.ts';

const BLOBS = 'blobs/sha256';

/**
 * Writes the database into a folder as an image layout, the same artifact that is pushed: for a web server, a bucket, a share.
 * Names of blobs are their digests and never change their content; `index.json` says what is current and is replaced last, so that
 * the folder may be read while it is written. Blobs that neither this database nor the one before needs are removed.
 *
 * @throws PlimsollError database-archive-unwritable (also where the folder holds something else), database-damaged
 */
export async function exportToFolder(
  database: LocalDatabase,
  path: string,
  onProgress?: (progress: TransferProgress) => void,
): Promise<{ readonly descriptor: Descriptor; readonly size: number }> {
  const { members, descriptor } = layoutMembers(database);
  const total = members.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  try {
    await mkdir(join(path, BLOBS), { recursive: true });
    const before = existsSync(join(path, 'index.json')) ? await blobsOf(path) : [];
    for (const member of blobsFirst(members)) {
      if (!(await isThere(path, member))) await write(path, member);
      onProgress?.({ done: (done += member.size), total });
    }
    await removeOthers(path, new Set([...before, ...members.map(({ name }) => name)]));
    return { descriptor, size: total };
  } catch (error) {
    if (error instanceof PlimsollError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new PlimsollError('database-archive-unwritable', { path, detail: code ?? message }, { cause: error });
  }
}

/** `index.json` comes last: whoever reads it finds everything that it leads to. */
function blobsFirst(members: readonly Member[]): readonly Member[] {
  return [...members.filter(({ name }) => name !== 'index.json'), ...members.filter(({ name }) => name === 'index.json')];
}

/** Names of what the database that is there now consists of. Nothing is written into a folder that holds anything else. */
async function blobsOf(path: string): Promise<readonly string[]> {
  try {
    const { source, descriptor } = await layoutArtifact(folderStore(path));
    const { manifest, text } = await readArtifact(source, descriptor);
    const { config, layers } = artifactForm(manifest, text);
    return [descriptor, config, ...layers.map((layer) => layer.descriptor)].map(blobName);
  } catch (cause) {
    if (!(cause instanceof PlimsollError)) throw cause;
    throw new PlimsollError('database-archive-unwritable', { path, detail: 'its index.json is not that of a database' }, { cause });
  }
}

async function isThere(path: string, { name, size }: Member): Promise<boolean> {
  if (!name.startsWith(BLOBS)) return false;
  return isShardFile(join(path, name), { size, sha256: name.slice(BLOBS.length + 1) });
}

async function write(path: string, { name, content }: Member): Promise<void> {
  const temporary = join(path, `${name}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      for await (const chunk of content()) for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten;
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(path, name));
  } finally {
    await rm(temporary, { force: true });
  }
}

async function removeOthers(path: string, keep: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(join(path, BLOBS))) {
    if (/^[0-9a-f]{64}$/.test(name) && !keep.has(`${BLOBS}/${name}`)) await rm(join(path, BLOBS, name), { force: true });
  }
}
