import { type Evr, parseEvr } from '../evr.ts';
import type { VersionScheme } from '../types.ts';
import { comparePacman } from './compare.ts';

/** Versions of Arch Linux packages, `[epoch:]version[-release]`. The order is that of vercmp(8). OSV has no name for Arch: this one is ours. */
export const pacman: VersionScheme<Evr> = {
  id: 'pacman',
  ecosystems: ['Arch'],
  parse: parseEvr,
  compare: comparePacman,
};
