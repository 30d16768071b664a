import type { VersionScheme } from '../types.ts';
import { comparePacman, type PacmanVersion, parsePacman } from './parse.ts';

/** Versions of Arch Linux packages, `[epoch:]version[-release]`. The order is that of vercmp(8). OSV has no name for Arch: this one is ours. */
export const pacman: VersionScheme<PacmanVersion> = {
  id: 'pacman',
  ecosystems: ['Arch'],
  parse: parsePacman,
  compare: comparePacman,
};
