import { npmPurl } from '../../library-purl.ts';
import { lockFileExtractor } from '../../lock-file.ts';
import { parseBunLock } from './parse.ts';

/** bun.lock, the text form. The binary bun.lockb of Bun before 1.2 is not read, and a gap says so. */
export const bunLock = lockFileExtractor({
  id: 'lang/bun-lock',
  version: 1,
  type: 'npm',
  what: 'bun.lock',
  wants: { basenames: ['bun.lock', 'bun.lockb'] },
  parse: parseBunLock,
  purl: ({ name, version }) => npmPurl(name, version),
});
