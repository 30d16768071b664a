import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import type { Descriptor } from '../../../model/index.ts';
import { openArchiveFile, tarStore } from '../../../oci/archive/file.ts';
import { digestParts } from '../../../oci/digest.ts';
import { type FileStore, folderStore } from '../../../oci/file-store.ts';
import { openLayout, selectFromIndex } from '../../../oci/layout.ts';
import { MEDIA } from '../../../oci/media-types.ts';
import type { ByteStream, Bytes } from '../../../util/bytes.ts';
import { PlimsollError } from '../../../util/errors.ts';
import { fileHeader, padding, TAR_END } from '../../../util/tar/write.ts';
import { artifactForm } from './form.ts';
import { type LocalDatabase, shardStream } from './local.ts';
import { type Received, type ReceiveOptions, receiveDatabase, type TransferProgress } from './receive.ts';

/** Bytes of an archive that is no regular file and is copied first. */
const MAX_ARCHIVE = 8 * 1024 ** 3;
const REF_NAME = 'org.opencontainers.image.ref.name';

interface Member {
  readonly name: string;
  readonly size: number;
  content(): ByteStream;
}

/**
 * Writes the database as one OCI archive, the same artifact that is pushed: the same database gives the same bytes. The file
 * appears when it is complete. Throws `database-archive-unwritable`, `database-damaged`.
 */
export async function exportDatabase(
  database: LocalDatabase,
  path: string,
  onProgress?: (progress: TransferProgress) => void,
): Promise<{ readonly descriptor: Descriptor; readonly size: number }> {
  const { members, descriptor } = membersOf(database);
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
  const store = await openStore(path);
  try {
    const layout = await openLayout(store);
    const [descriptor, ...others] = selectFromIndex(layout.index, undefined, path);
    if (descriptor === undefined || others.length > 0)
      throw new PlimsollError('database-artifact-invalid', { source: path, reason: `it holds ${others.length + 1} artifacts` });
    return await receiveDatabase(layout, descriptor, options);
  } finally {
    await store.close();
  }
}

async function openStore(path: string): Promise<FileStore> {
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

/** Source: OCI image specification, image-layout.md. */
function membersOf(database: LocalDatabase): { readonly members: readonly Member[]; readonly descriptor: Descriptor } {
  const { config, layers, bytes, descriptor } = artifactForm(database.manifest, database.text);
  const named = { ...descriptor, annotations: { [REF_NAME]: 'latest' } };
  const index = JSON.stringify({ schemaVersion: 2, mediaType: MEDIA.ociIndex, manifests: [named] });
  const shards = new Map(layers.map(({ shard, descriptor: layer }) => [layer.digest, shard]));
  const members = [
    inMemory('oci-layout', '{"imageLayoutVersion":"1.0.0"}'),
    inMemory('index.json', index),
    inMemory(blobName(descriptor), bytes),
    inMemory(blobName(config), database.text),
    ...[...shards].map(([digest, shard]) => ({
      name: blobName({ digest }),
      size: shard.size,
      content: () => shardStream(database, shard),
    })),
  ];
  return { members, descriptor };
}

function inMemory(name: string, content: Bytes | string): Member {
  const bytes = Buffer.from(content);
  return {
    name,
    size: bytes.length,
    content: async function* () {
      yield bytes;
    },
  };
}

function blobName({ digest }: Pick<Descriptor, 'digest'>): string {
  const { algorithm, hex } = digestParts(digest);
  return `blobs/${algorithm}/${hex}`;
}

async function append(file: FileHandle, bytes: Bytes): Promise<number> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
  return bytes.length;
}
