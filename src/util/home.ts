import os from 'node:os';
import { isAbsolute } from 'node:path';

/** What Debian gives to users that have no home (Debian Policy 9.2.1): nothing is ever found there, or written. */
const NOWHERE = '/nonexistent';

/**
 * The user's home folder. In containers the user may be a bare number without an entry in /etc/passwd, and HOME unset or empty:
 * that is no reason to fail, nor to write into the working directory.
 */
export function homeFolder(system: Pick<typeof os, 'homedir' | 'userInfo'> = os): string {
  try {
    const home = system.homedir();
    return isAbsolute(home) ? home : system.userInfo().homedir || NOWHERE;
  } catch {
    return NOWHERE;
  }
}
