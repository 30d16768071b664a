import type { Distro } from '../../model/index.ts';
import { almalinux } from './almalinux/index.ts';
import { alpine } from './alpine/index.ts';
import { amazon } from './amazon/index.ts';
import { azurelinux } from './azurelinux/index.ts';
import { debian } from './debian/index.ts';
import { oracle } from './oracle/index.ts';
import { redhat } from './redhat/index.ts';
import { rocky } from './rocky/index.ts';
import { suse } from './suse/index.ts';
import type { DistroPlugin } from './types.ts';

/** Every distribution whose statements the engine can read; a test compares this list with the folders. */
export const distroPlugins: readonly DistroPlugin[] = [debian, alpine, redhat, almalinux, rocky, oracle, amazon, suse, azurelinux];

const byId = new Map(distroPlugins.flatMap((plugin) => plugin.ids.map((id) => [id, plugin] as const)));

/** The plug-in of a distribution; undefined where the engine reads no data about it. */
export function pluginFor(distro: Distro): DistroPlugin | undefined {
  return byId.get(distro.id);
}

export type { DistroImage, DistroPlugin, Lookup, Question } from './types.ts';
