import { folderStore } from '../../oci/file-store.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import type { PlatformsTarget, Target } from '../types.ts';
import { openArchiveTarget, openStreamTarget } from './archive.ts';
import { openLayoutTarget } from './layout.ts';
import { type ImageSource, type OpenOptions, surroundings } from './options.ts';
import { openRegistryTarget } from './registry.ts';
import { looksLikePath, mayBePath, namesRegistry, type PathAndSelector, parseSpec, pathType, splitSelector } from './spec.ts';
import { looksLikeRoot, treeTarget } from './tree.ts';

export type { ImageSource, OpenOptions } from './options.ts';

/** One target: {@link openTargets} with a platform that is one. */
export async function openTarget(spec: string, options: OpenOptions): Promise<Target> {
  return onlyOne(await openTargets(spec, options), options);
}

/** What was opened, unless it is several: the platform `all` is none. */
export async function onlyOne<T extends { readonly kind: string }>(opened: T | PlatformsTarget, options: OpenOptions): Promise<T> {
  if (!isSeveral(opened)) return opened;
  await opened.close();
  throw new PlimsollError('platform-invalid', { platform: options.platform ?? '' }, { exitCode: EXIT.usage });
}

function isSeveral(opened: { readonly kind: string } | PlatformsTarget): opened is PlatformsTarget {
  return opened.kind === 'platforms';
}

/**
 * Opens what the user named: `registry:`, `docker:`, `podman:`, `containerd:`, `oci:`, `oci-archive:`,
 * `docker-archive:`, `rootfs:`, `dir:`, `sbom:` or `-`; without a prefix a path that exists is told apart by what is there, and all else is a reference. A path of an image may end in `:tag`
 * or `@digest`. Nothing is unpacked to disk but image archives that come compressed or through a pipe. Close the target when
 * done. Throws coded errors. The platform `all` opens every image of a multi-platform one, and all else as it is.
 */
export async function openTargets(spec: string, options: OpenOptions): Promise<Target | PlatformsTarget> {
  const { kind, rest } = parseSpec(spec);
  switch (kind) {
    case 'stdin':
      return openStreamTarget(spec, options.stdin ?? process.stdin, 'auto', options);
    case 'registry':
    case 'docker':
    case 'podman':
    case 'containerd':
      return openFrom(kind, spec, rest, options);
    case 'oci': {
      const found = await existing(rest);
      if (found.type === 'file') return openArchiveTarget(spec, found.path, 'image', found.selector, options);
      return openLayoutTarget(spec, folderStore(found.path), found.selector, options);
    }
    case 'oci-archive':
    case 'docker-archive': {
      const found = await existing(rest);
      if (found.type === 'folder') throw new PlimsollError('target-not-file', { path: found.path });
      return openArchiveTarget(spec, found.path, 'image', found.selector, options);
    }
    case 'rootfs':
      return (await existingPath(rest)) === 'folder'
        ? treeTarget('rootfs', spec, rest)
        : openArchiveTarget(spec, rest, 'root', undefined, options);
    case 'dir':
      if ((await existingPath(rest)) === 'folder') return treeTarget('dir', spec, rest);
      throw new PlimsollError('target-not-folder', { path: rest });
    case 'sbom':
      if ((await existingPath(rest)) === 'folder') throw new PlimsollError('target-not-file', { path: rest });
      return openArchiveTarget(spec, rest, 'sbom', undefined, options);
    case 'auto':
      return openUnnamed(spec, options);
  }
}

/** A path wins over a reference of the same spelling, as in every tool that takes both. */
async function openUnnamed(spec: string, options: OpenOptions): Promise<Target | PlatformsTarget> {
  const type = await pathType(spec);
  const found: PathAndSelector | undefined =
    type !== undefined ? { path: spec, type } : looksLikePath(spec) ? await existing(spec) : undefined;
  if (found === undefined) return openNamed(spec, options).catch((error: unknown) => Promise.reject(nowhere(spec, error)));
  if (found.type === 'file') return openArchiveTarget(spec, found.path, 'auto', found.selector, options);
  if (found.selector !== undefined || (await pathType(`${found.path}/oci-layout`)) === 'file') {
    return openLayoutTarget(spec, folderStore(found.path), found.selector, options);
  }
  return treeTarget((await looksLikeRoot(found.path)) ? 'rootfs' : 'dir', spec, found.path);
}

/** A name without a registry may be a mistyped path as well as an image, and so may one with an extension: both are said. */
function nowhere(spec: string, error: unknown): unknown {
  if (!(error instanceof PlimsollError)) return error;
  const { code, params, exitCode } = error;
  const likely = mayBePath(spec);
  if (code === 'reference-invalid') {
    return new PlimsollError('target-neither', { path: spec, reason: params.reason ?? '' }, { exitCode, cause: error });
  }
  const told = { path: spec, host: params.host ?? params.registry ?? params.what ?? '' };
  if (code === 'network-failed' && (likely || !namesRegistry(spec)))
    return new PlimsollError('target-nowhere', { ...told, ...params }, { cause: error });
  if (!likely || !REFUSED.has(code)) return error;
  const detail = code === 'offline' ? 'this run is offline' : 'it has none, or hides it';
  return new PlimsollError('target-nowhere', { ...told, detail }, { exitCode, cause: error });
}

/** What registries answer for a repository that nobody has, and what is answered for all of them. */
const REFUSED: ReadonlySet<string> = new Set(['offline', 'registry-unauthorized', 'registry-forbidden', 'registry-repository-unknown']);

/** From the first source that has it: daemons that are not here, do not let us in or do not have it are passed over. */
async function openNamed(spec: string, options: OpenOptions): Promise<Target | PlatformsTarget> {
  const { imageSources: [...before] = [] } = options;
  const last = before.pop() ?? 'registry';
  for (const source of before) {
    try {
      return await openFrom(source, spec, spec, options);
    } catch (error) {
      if (!(error instanceof PlimsollError && PASSED_OVER.has(error.code))) throw error;
    }
  }
  return openFrom(last, spec, spec, options);
}

const PASSED_OVER: ReadonlySet<string> = new Set([
  'daemon-missing',
  'daemon-denied',
  'daemon-image-unknown',
  'containerd-image-unknown',
  'containerd-other-namespace',
  // A reference that a daemon cannot have, though a registry may.
  'reference-invalid',
]);

async function openFrom(source: ImageSource, spec: string, name: string, options: OpenOptions): Promise<Target | PlatformsTarget> {
  switch (source) {
    case 'registry':
      return openRegistryTarget(spec, name, options);
    case 'containerd':
      return (await import('./daemon/containerd.ts')).openContainerdTarget(spec, name, options, surroundings(options));
    default:
      return (await import('./daemon/engine.ts')).openEngineTarget(source, spec, name, options, surroundings(options));
  }
}

async function existing(text: string): Promise<PathAndSelector> {
  const found = await splitSelector(text);
  if (found === undefined) throw new PlimsollError('target-missing', { path: text });
  return found;
}

async function existingPath(path: string): Promise<'file' | 'folder'> {
  const type = await pathType(path);
  if (type === undefined) throw new PlimsollError('target-missing', { path });
  return type;
}
