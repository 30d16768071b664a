import type { FileInfo, LayerContext, LayerPartial, MergedView, OpenFile, Wants } from '../src/extract/types.ts';
import type { Gap, LayerInfo } from '../src/model/index.ts';
import { PlimsollError } from '../src/util/errors.ts';
import { type Bytes, memoryAccess } from './memory-access.ts';

/** A file in memory, as the walk would open it. */
export function openFile(path: string, content: Uint8Array | string, info: Partial<FileInfo> = {}): OpenFile {
  const bytes: Bytes =
    typeof content === 'string' ? Buffer.from(content) : Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  return {
    path,
    size: bytes.length,
    mode: 0o644,
    uid: 0,
    gid: 0,
    ...info,
    head: async (n) => bytes.subarray(0, Math.min(n, 65_536)),
    bytes: async (limit) => {
      if (bytes.length > limit) throw new PlimsollError('file-too-large', { what: path, limit });
      return bytes;
    },
    stream: async function* () {
      for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
    },
    random: async () => memoryAccess(bytes),
  };
}

type GapReport = Parameters<LayerContext['gap']>[0];

/** A context that keeps the reported gaps. */
export function gapRecorder(): LayerContext & { readonly gaps: GapReport[] } {
  const gaps: GapReport[] = [];
  return { gaps, gap: (gap: Omit<Gap, 'stage' | 'layer'>) => void gaps.push(gap) };
}

/** `count` layers, bottom first, with made-up digests. */
function someLayers(count = 1): LayerInfo[] {
  return Array.from({ length: count }, (_, index) => ({
    index,
    digest: `sha256:${index.toString(16).padStart(64, '0')}` as const,
    mediaType: 'application/vnd.oci.image.layer.v1.tar',
    size: 1024,
  }));
}

/**
 * The merged view of partials given bottom layer first: the topmost of a path is visible. Paths in `removed` are gone in the
 * final file system.
 */
export function mergedView<P>(
  partials: readonly LayerPartial<P>[],
  options: { removed?: readonly string[]; layers?: number } = {},
): MergedView<P> {
  const gone = new Set(options.removed);
  const top = new Map<string, LayerPartial<P>>();
  for (const entry of partials) top.set(entry.path, entry);
  const sorted = [...top.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return {
    layers: someLayers(options.layers ?? Math.max(1, ...partials.map((entry) => entry.layer + 1))),
    visible: sorted.filter((entry) => !gone.has(entry.path)),
    history: (path) => partials.filter((entry) => entry.path === path),
    removed: sorted.filter((entry) => gone.has(entry.path)),
  };
}

/** Whether the dispatch table would hand this file to the extractor; a slow and plain reading of {@link Wants}. */
export function isWanted(wants: Wants, file: FileInfo, head: Bytes): boolean {
  const slash = file.path.lastIndexOf('/');
  const base = file.path.slice(slash + 1);
  const dir = file.path.slice(0, Math.max(0, slash));
  const named =
    wants.basenames?.includes(base) ||
    wants.suffixes?.some((suffix) => base.toLowerCase().endsWith(suffix)) ||
    wants.paths?.includes(file.path) ||
    wants.under?.some((place) => place.dir === dir && base.endsWith(place.suffix ?? '')) ||
    ((file.mode & 0o111) !== 0 && (wants.executable === true || wants.executableNames?.test(base)));
  return Boolean(named) && (wants.accept === undefined || wants.accept(head.subarray(0, 4096), file));
}
