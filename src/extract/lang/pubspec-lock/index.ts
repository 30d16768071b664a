import { isVersion, type LockedPackage, lockFileExtractor } from '../../lock-file.ts';
import { readPubspecLock } from './parse.ts';

const NAME = /^\w{1,256}$/;

/**
 * pubspec.lock of Dart and Flutter. Packages of the SDK and of folders (`source: sdk`, `path`) are not in any registry and are left
 * out. A direct development dependency is told as such; what only it needs is `transitive` as all others are.
 */
export const pubspecLock = lockFileExtractor({
  id: 'lang/pubspec-lock',
  version: 1,
  type: 'pub',
  what: 'pubspec.lock',
  wants: { basenames: ['pubspec.lock'] },
  parse(text, gap) {
    const read = readPubspecLock(text);
    if (!read) return undefined;
    let { broken } = read;
    const found: LockedPackage[] = [];
    for (const [name, { source, version, dependency }] of read.packages) {
      if (source === 'path' || source === 'sdk') continue;
      if (!NAME.test(name) || !isVersion(version)) broken = true;
      else {
        const role = dependency?.startsWith('direct') ? 'direct' : 'indirect';
        found.push({ name, version, role, ...(dependency === 'direct dev' ? { dev: true } : {}) });
      }
    }
    if (broken) gap({ code: 'malformed', params: { what: 'part of a pubspec.lock' }, incomplete: true });
    return found;
  },
});
