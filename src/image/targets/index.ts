import { folderStore } from '../../oci/file-store.ts';
import { PlimsollError } from '../../util/errors.ts';
import type { Target } from '../types.ts';
import { openLayoutTarget } from './layout.ts';
import type { OpenOptions } from './options.ts';
import { looksLikePath, parseSpec, pathType, splitSelector } from './spec.ts';
import { looksLikeRoot, treeTarget } from './tree.ts';

export type { OpenOptions } from './options.ts';

/**
 * Opens what the user named: `registry:`, `oci:`, `oci-archive:`, `docker-archive:`, `rootfs:`, `dir:` or `-`; without a
 * prefix a path that exists is told apart by what is there, and all else is a reference. Nothing is unpacked; close the
 * target when done.
 */
export async function openTarget(spec: string, options: OpenOptions): Promise<Target> {
  const { kind, rest } = parseSpec(spec);
  const found = await splitSelector(rest);
  if (found === undefined || kind !== 'oci') {
    if (found?.type === 'folder')
      return (kind === 'auto' ? await looksLikeRoot(found.path) : kind === 'rootfs')
        ? treeTarget('rootfs', spec, found.path)
        : treeTarget('dir', spec, found.path);
    throw new PlimsollError('target-missing', { path: rest });
  }
  if (looksLikePath(rest) || (await pathType(found.path))) return openLayoutTarget(spec, folderStore(found.path), found.selector, options);
  throw new PlimsollError('target-missing', { path: rest });
}
