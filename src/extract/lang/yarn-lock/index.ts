import { npmPurl } from '../../library-purl.ts';
import { lockFileExtractor } from '../../lock-file.ts';
import { parseBerry } from './berry.ts';
import { parseClassic } from './classic.ts';

/**
 * yarn.lock: the format of Yarn 1, and the other one under the same name of Yarn 2 and later. Neither tells what is for development
 * only; Yarn 1's does not tell either what the project itself asks for.
 */
export const yarnLock = lockFileExtractor({
  id: 'lang/yarn-lock',
  version: 1,
  type: 'npm',
  what: 'yarn.lock',
  wants: { basenames: ['yarn.lock'] },
  parse: (text, gap) => (/^__metadata:/m.test(text) ? parseBerry(text, gap) : parseClassic(text, gap)),
  purl: ({ name, version }) => npmPurl(name, version),
});
