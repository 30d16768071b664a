import { npmPurl } from '../../library-purl.ts';
import { lockFileExtractor } from '../../lock-file.ts';
import { parsePnpmLock } from './parse.ts';

/**
 * pnpm-lock.yaml of the versions 5, 6 and 9 (pnpm 3 to 11). The last states no longer what is for development only: it is told by
 * what the importers reach.
 */
export const pnpmLock = lockFileExtractor({
  id: 'lang/pnpm-lock',
  version: 1,
  type: 'npm',
  what: 'pnpm-lock.yaml',
  wants: { basenames: ['pnpm-lock.yaml'] },
  parse: parsePnpmLock,
  purl: ({ name, version }) => npmPurl(name, version),
});
