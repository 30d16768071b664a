import type { Distro, Inventory } from '../../model/index.ts';
import { almalinux } from './almalinux/index.ts';
import { alpine } from './alpine/index.ts';
import { amazon } from './amazon/index.ts';
import { arch } from './arch/index.ts';
import { azurelinux } from './azurelinux/index.ts';
import { debian } from './debian/index.ts';
import { parentOf } from './derivatives.ts';
import { gentoo } from './gentoo/index.ts';
import { oracle } from './oracle/index.ts';
import { redhat } from './redhat/index.ts';
import { rocky } from './rocky/index.ts';
import { suse } from './suse/index.ts';
import type { DistroImage, DistroPlugin } from './types.ts';
import { ubuntu } from './ubuntu/index.ts';

/** Every distribution whose statements the engine can read; a test compares this list with the folders. */
const distroPlugins: readonly DistroPlugin[] = [
  debian,
  ubuntu,
  alpine,
  redhat,
  almalinux,
  rocky,
  oracle,
  amazon,
  suse,
  azurelinux,
  arch,
  gentoo,
];

const byId = new Map(distroPlugins.flatMap((plugin) => plugin.ids.map((id) => [id, plugin] as const)));

/** The plug-in of a distribution; undefined where the engine reads no data about it. */
export function pluginFor(distro: Distro): DistroPlugin | undefined {
  return byId.get(distro.id);
}

/** What an inventory says of its distribution; a derivative that installs its parent's packages is taken for the parent. */
export function imageOf({ distro, repositories = [] }: Inventory): DistroImage | undefined {
  const parent = distro && parentOf(distro);
  if (!distro || !parent) return distro && { distro, repositories };
  return { distro: parent.distro, repositories, derivative: { distro, source: parent.source } };
}

export type { DistroImage, DistroPlugin, Lookup } from './types.ts';
