import type { HostileCase } from '../case.ts';
import { COMPRESSION } from './compression.ts';
import { CONTENT } from './content.ts';
import { MANIFESTS } from './manifests.ts';
import { NETWORK } from './network.ts';
import { PATHS } from './paths.ts';
import { TARS } from './tars.ts';

/** Every hostile case, by the part of docs/safety.md that it stands in. */
export const HOSTILE: readonly { readonly title: string; readonly cases: readonly HostileCase[] }[] = [
  { title: 'Paths and links', cases: PATHS },
  { title: 'Archives', cases: TARS },
  { title: 'Compressed streams', cases: COMPRESSION },
  { title: 'Manifests and digests', cases: MANIFESTS },
  { title: 'Files inside', cases: CONTENT },
  { title: 'Registries', cases: NETWORK },
];
