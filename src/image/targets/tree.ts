import { resolve } from 'node:path';
import type { TreeTarget } from '../types.ts';
import { pathType } from './spec.ts';

/** What only the root of an installed system has. */
const ROOT_MARKS = [
  'etc/os-release',
  'usr/lib/os-release',
  'lib/apk',
  'usr/lib/apk/db',
  'var/lib/dpkg',
  'var/lib/rpm',
  'usr/lib/sysimage/rpm',
];

/** A folder, taken as it stands. */
export function treeTarget(kind: 'rootfs' | 'dir', spec: string, path: string): TreeTarget {
  return { kind: 'tree', info: { kind, spec, name: path }, root: resolve(path), close: async () => undefined };
}

/** True where the folder is the root of an installed system, not somebody's project. */
export async function looksLikeRoot(path: string): Promise<boolean> {
  for (const mark of ROOT_MARKS) {
    if ((await pathType(`${path}/${mark}`)) !== undefined) return true;
  }
  return false;
}
