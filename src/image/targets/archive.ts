import { openDockerArchive } from '../../oci/archive/docker.ts';
import { type ArchiveFile, openArchiveFile, spoolArchive, tarStore } from '../../oci/archive/file.ts';
import { identifyTar } from '../../oci/archive/identify.ts';
import type { FileStore } from '../../oci/file-store.ts';
import { repositoryName, tryReference } from '../../oci/reference.ts';
import { checkPlatform } from '../../oci/resolve.ts';
import type { ByteStream } from '../../util/bytes.ts';
import { decompress, detectCompression } from '../../util/compression/index.ts';
import { PlimsollError } from '../../util/errors.ts';
import type { ImageTarget, PlatformsTarget, SbomTarget } from '../types.ts';
import { imageTarget } from './image.ts';
import { openLayoutTarget } from './layout.ts';
import { type OpenOptions, platformChoice } from './options.ts';
import { rootTarTarget } from './root-tar.ts';
import { looksLikeSbom, sbomTarget } from './sbom.ts';

const DEFAULT_MAX_UNPACKED = 2 ** 36;

/** What the prefix says a file is; `auto` looks at its first entries. */
export type ArchiveKind = 'auto' | 'image' | 'root' | 'sbom';

/** An archive, or a document, in a file. Only compressed image archives and pipes are copied, into a temporary file without a name. */
export async function openArchiveTarget(
  spec: string,
  path: string,
  kind: ArchiveKind,
  selector: string | undefined,
  options: OpenOptions,
): Promise<ImageTarget | PlatformsTarget | SbomTarget> {
  return openContent(spec, await openArchiveFile(path, spoolSettings(options)), kind, selector, options);
}

/** An archive that comes as a stream, decompressed while it is copied. */
export async function openStreamTarget(
  spec: string,
  stream: ByteStream,
  kind: ArchiveKind,
  options: OpenOptions,
): Promise<ImageTarget | PlatformsTarget | SbomTarget> {
  const file = await spoolArchive(decompress(stream, { what: spec }), { ...spoolSettings(options), path: spec });
  return openContent(spec, file, kind, undefined, options);
}

async function openContent(
  spec: string,
  file: ArchiveFile,
  kind: ArchiveKind,
  selector: string | undefined,
  options: OpenOptions,
): Promise<ImageTarget | PlatformsTarget | SbomTarget> {
  try {
    if (kind === 'sbom' || (kind === 'auto' && (await looksLikeSbom(file)))) return sbomTarget(spec, file);
    const content = kind === 'auto' ? await identifyTar(decompress(file.stream(), { what: file.path }), file.path) : kind;
    if (content === 'unknown') throw new PlimsollError('target-unrecognised', { path: file.path });
    if (content === 'root') return await rootTarTarget(spec, file);
    return await openImageArchive(spec, file, selector, options);
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The file itself, or where it is compressed a copy that is not; then the original is closed. */
async function plainTar(file: ArchiveFile, options: OpenOptions): Promise<ArchiveFile> {
  if (detectCompression(await file.read(0, 16)) === 'none') return file;
  const plain = await spoolArchive(decompress(file.stream(), { what: file.path }), { ...spoolSettings(options), path: file.path });
  await file.close();
  return plain;
}

/**
 * An image of an archive, compressed or not; `file` is closed with it, and when this throws. Docker writes archives that are a layout and
 * have a `manifest.json` too; the layout has the digests.
 */
export async function openImageArchive(
  spec: string,
  file: ArchiveFile,
  selector: string | undefined,
  options: OpenOptions,
): Promise<ImageTarget | PlatformsTarget> {
  let plain = file;
  try {
    plain = await plainTar(file, options);
    const store = await tarStore(plain);
    if ((await store.size('oci-layout')) !== undefined) return await openLayoutTarget(spec, store, selector, options);
    return await openDockerTarget(spec, store, selector, options);
  } catch (error) {
    await plain.close();
    throw error;
  }
}

async function openDockerTarget(spec: string, store: FileStore, selector: string | undefined, options: OpenOptions): Promise<ImageTarget> {
  const { source, image, repoTags } = await openDockerArchive(store, selector);
  checkPlatform(image.platform, platformChoice(options.platform), store.path);
  const references = repoTags.map(tryReference).filter((one) => one !== undefined);
  const [first] = references;
  const tags = references.filter((one) => first !== undefined && repositoryName(one) === repositoryName(first)).map((one) => one.tag ?? '');
  const named = { spec, name: store.path, ...(first === undefined ? {} : { repository: repositoryName(first), tags }) };
  return imageTarget(source, image, named, () => store.close());
}

export function spoolSettings(options: OpenOptions) {
  return { tempDir: options.tempDir, limit: options.maxUnpacked ?? DEFAULT_MAX_UNPACKED };
}
