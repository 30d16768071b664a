import { stat } from 'node:fs/promises';
import type { Descriptor } from '../../../model/index.ts';
import { openArchiveFile, tarStore } from '../../../oci/archive/file.ts';
import { type FileStore, folderStore } from '../../../oci/file-store.ts';
import { openLayout, selectFromIndex } from '../../../oci/layout.ts';
import type { BlobSource } from '../../../oci/source.ts';
import { PlimsollError } from '../../../util/errors.ts';

/** Bytes of an archive that is no regular file and is copied first. */
const MAX_ARCHIVE = 8 * 1024 ** 3;

/** What is offered somewhere: which artifact it is now, and where its parts come from. */
export interface OfferedArtifact {
  readonly source: BlobSource;
  readonly descriptor: Descriptor;
  close(): Promise<void>;
}

/** The one artifact of an image layout; closes the store where there is none. Throws what opening a layout throws. */
export async function layoutArtifact(store: FileStore): Promise<OfferedArtifact> {
  try {
    const layout = await openLayout(store);
    const [descriptor, ...others] = selectFromIndex(layout.index, undefined, store.path);
    if (descriptor === undefined || others.length > 0)
      throw new PlimsollError('database-artifact-invalid', { source: store.path, reason: `it holds ${others.length + 1} artifacts` });
    return { source: layout, descriptor, close: () => store.close() };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The files of an image layout: a folder, or an archive of one. */
export async function openLayoutFiles(path: string): Promise<FileStore> {
  const info = await stat(path).catch(() => undefined);
  if (info?.isDirectory() === true) return folderStore(path);
  const file = await openArchiveFile(path, { limit: MAX_ARCHIVE });
  try {
    return await tarStore(file);
  } catch (error) {
    await file.close();
    throw error;
  }
}
