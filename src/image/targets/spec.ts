import { stat } from 'node:fs/promises';
import { isAbsent, unreadable } from '../../oci/file-store.ts';

/** What the user says a target is; `auto` where nothing is said. */
export type SpecKind =
  | 'auto'
  | 'registry'
  | 'docker'
  | 'podman'
  | 'containerd'
  | 'oci'
  | 'oci-archive'
  | 'docker-archive'
  | 'rootfs'
  | 'dir'
  | 'sbom'
  | 'stdin';

export interface Spec {
  readonly kind: SpecKind;
  /** What follows the prefix. */
  readonly rest: string;
}

const PREFIXES: readonly Exclude<SpecKind, 'auto' | 'stdin'>[] = [
  'registry',
  'docker',
  'podman',
  'containerd',
  'oci',
  'oci-archive',
  'docker-archive',
  'rootfs',
  'dir',
  'sbom',
];
/** What may be a host too. */
const HOSTS: ReadonlySet<string> = new Set(['registry', 'docker', 'podman', 'containerd']);

/** Splits off the prefix. A host that happens to be called `registry` keeps its port: `registry:5000/app` is a reference. */
export function parseSpec(text: string): Spec {
  if (text === '-') return { kind: 'stdin', rest: text };
  const prefix = PREFIXES.find((one) => text.startsWith(`${one}:`));
  if (prefix === undefined) return { kind: 'auto', rest: text };
  const rest = text.slice(prefix.length + 1);
  if (HOSTS.has(prefix) && /^[0-9]+\//.test(rest)) return { kind: 'auto', rest: text };
  return { kind: prefix, rest };
}

/** True for what can only be meant as a path: references never begin like this, and nobody calls a repository `app.tar`. */
export function looksLikePath(text: string): boolean {
  return /^(?:\.{0,2}\/|\.{1,2}$|~)|\.(?:tar|tgz|tar\.[a-z0-9]+|json|xml|spdx|cdx|cyclonedx|sbom|bom)$/.test(text);
}

/** True for what may be meant as a path, though an image could be called so: it has an extension, or folders that Docker Hub has not. */
export function mayBePath(text: string): boolean {
  const last = text.slice(text.lastIndexOf('/') + 1);
  return /^[^:@]+\.[A-Za-z][A-Za-z0-9]{0,11}$/.test(last) || (!namesRegistry(text) && text.split('/').length > 2);
}

/** True where the first part can only be a registry, in distribution's rules: it has a dot or a port, or is `localhost`. */
export function namesRegistry(text: string): boolean {
  const [first = '', ...rest] = text.split('/');
  return rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
}

export interface PathAndSelector {
  readonly path: string;
  /** What follows the `:` or `@` behind the path. */
  readonly selector?: string;
  readonly type: 'file' | 'folder';
}

/**
 * Splits `path[:selector]` or `path[@digest]` at the longest path that exists; a path may contain colons itself.
 * Undefined where nothing of it exists.
 */
export async function splitSelector(text: string): Promise<PathAndSelector | undefined> {
  for (let end = text.length; end > 0; end = Math.max(text.lastIndexOf(':', end - 1), text.lastIndexOf('@', end - 1))) {
    const path = text.slice(0, end);
    const type = await pathType(path);
    if (type !== undefined) return { path, type, ...(end === text.length ? {} : { selector: text.slice(end + 1) }) };
  }
  return undefined;
}

/** Undefined where nothing is there. Everything that is not a folder counts as a file: pipes can be read as well. */
export async function pathType(path: string): Promise<'file' | 'folder' | undefined> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (isAbsent(error) || (error as NodeJS.ErrnoException).code === 'ENAMETOOLONG') return undefined;
    throw unreadable(path, error);
  }
}
