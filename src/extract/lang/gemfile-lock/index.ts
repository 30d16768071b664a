import { lockFileExtractor } from '../../lock-file.ts';
import { parseGemfileLock } from './parse.ts';

/**
 * Gemfile.lock, or gems.locked beside a gems.rb. Gems of PATH sections are the project's own and are left out; a gem for several
 * platforms is one gem. The file tells what the Gemfile asks for, and not for which of its groups.
 */
export const gemfileLock = lockFileExtractor({
  id: 'lang/gemfile-lock',
  version: 1,
  type: 'gem',
  what: 'Gemfile.lock',
  wants: { basenames: ['Gemfile.lock', 'gems.locked'] },
  parse: parseGemfileLock,
});
