import { lockFileExtractor } from '../../lock-file.ts';
import { parsePodfileLock } from './parse.ts';

/**
 * Podfile.lock. Subspecs (`Firebase/Core`) are parts of one pod at one version and are given as that; pods of a folder
 * (`:path:`) are the project's own and are left out.
 */
export const podfileLock = lockFileExtractor({
  id: 'lang/podfile-lock',
  version: 1,
  type: 'cocoapods',
  what: 'Podfile.lock',
  wants: { basenames: ['Podfile.lock'] },
  parse: parsePodfileLock,
});
