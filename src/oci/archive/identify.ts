import type { ByteStream } from '../../util/bytes.ts';
import { PlimsollError } from '../../util/errors.ts';
import { normalisePath } from '../../util/tar/path.ts';
import { TarWalker } from '../../util/tar/walker.ts';

export type ArchiveContent = 'image' | 'root' | 'unknown';

/** Entries looked at before giving up: the first few tell. */
const MAX_ENTRIES = 10_000;
const IMAGE_FILES = new Set(['oci-layout', 'index.json', 'manifest.json', 'repositories']);
/** Folders at the top of a root file system. Source: Filesystem Hierarchy Standard 3.0, chapter 3. */
const ROOT_FOLDERS = new Set(
  ['bin', 'boot', 'dev', 'etc', 'home', 'lib', 'lib64', 'media', 'mnt', 'opt', 'proc', 'root', 'run', 'sbin', 'srv', 'sys', 'tmp'].concat(
    'usr',
    'var',
  ),
);

/** What an uncompressed tar is, told by its first entries' names. Content that is not a tar is `unknown`. */
export async function identifyTar(stream: ByteStream, path: string): Promise<ArchiveContent> {
  return (await firstTold(stream, path, contentOf)) ?? 'unknown';
}

/** True for a tar that holds what only images hold: anybody's archive may have an `index.json` or an `etc`. */
export async function isImageTar(stream: ByteStream, path: string): Promise<boolean> {
  const tell = (name: string) => (/^(?:\.\/)?(?:oci-layout$|blobs\/|(?:sha256:)?[a-f0-9]{64})/.test(name) ? 'image' : undefined);
  return (await firstTold(stream, path, tell)) === 'image';
}

/** What the first entry that tells anything tells. */
async function firstTold(
  stream: ByteStream,
  path: string,
  tell: (name: string) => ArchiveContent | undefined,
): Promise<ArchiveContent | undefined> {
  let found: ArchiveContent | undefined;
  let entries = 0;
  const walker = new TarWalker(path, {
    entry(entry) {
      found ??= tell(entry.name);
      entries++;
      return false;
    },
    data: () => undefined,
    end: () => undefined,
  });
  try {
    for await (const chunk of stream) {
      walker.push(chunk);
      if (found !== undefined || entries > MAX_ENTRIES) break;
    }
  } catch (error) {
    // A compression that nobody reads is told by name. Else it is not a tar, or damaged behind the entries that have told what they can.
    if (error instanceof PlimsollError && error.code === 'compression-unsupported') throw error;
  }
  return found;
}

/** Image archives hold names of their own, content by its hex digest, and `blobs`. */
function contentOf(name: string): ArchiveContent | undefined {
  const path = normalisePath(name) ?? '';
  const first = path.split('/', 1)[0] ?? '';
  if (IMAGE_FILES.has(path) || first === 'blobs' || /^(?:sha256:)?[a-f0-9]{64}(?:\.(?:json|tar|tar\.gz))?$/.test(first)) return 'image';
  return ROOT_FOLDERS.has(first) ? 'root' : undefined;
}
