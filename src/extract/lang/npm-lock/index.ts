import { npmPurl } from '../../library-purl.ts';
import { lockFileExtractor } from '../../lock-file.ts';
import { parsePackageLock } from './parse.ts';

/**
 * package-lock.json and npm-shrinkwrap.json, versions 1 to 3. What the project itself consists of (workspaces, links, local folders)
 * is left out; aliases are listed under the name of what they stand for.
 */
export const npmLock = lockFileExtractor({
  id: 'lang/npm-lock',
  version: 1,
  type: 'npm',
  what: 'package-lock.json',
  wants: { basenames: ['package-lock.json', 'npm-shrinkwrap.json'] },
  parse: parsePackageLock,
  purl: ({ name, version }) => npmPurl(name, version),
});
