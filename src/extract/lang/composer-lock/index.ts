import { isObject, strings } from '../../../util/fields.ts';
import { isVersion, jsonObject, type LockedPackage, type LockGap, lockFileExtractor } from '../../lock-file.ts';

const NAME = /^[a-z0-9][\w.-]{0,255}\/[a-z0-9][\w.-]{0,255}$/i;

/** composer.lock: `packages`, and `packages-dev` for development. Versions are as tagged: `v5.4.0`, `dev-main`. */
export const composerLock = lockFileExtractor({
  id: 'lang/composer-lock',
  version: 1,
  type: 'composer',
  what: 'composer.lock',
  wants: { basenames: ['composer.lock'] },
  parse(text, gap) {
    const lock = jsonObject(text);
    if (!lock || !Array.isArray(lock.packages)) return undefined;
    const dev = Array.isArray(lock['packages-dev']) ? lock['packages-dev'] : [];
    return [...packagesOf(lock.packages, gap), ...packagesOf(dev, gap).map((one): LockedPackage => ({ ...one, dev: true }))];
  },
});

function packagesOf(list: readonly unknown[], gap: LockGap): LockedPackage[] {
  const found: LockedPackage[] = [];
  for (const one of list) {
    if (!isObject(one) || typeof one.name !== 'string' || !NAME.test(one.name) || !isVersion(one.version)) {
      gap({ code: 'malformed', params: { what: 'a package of a composer.lock' }, incomplete: true });
      continue;
    }
    const licenses = strings(one.license);
    found.push({ name: one.name, version: one.version, ...(licenses.length > 0 ? { licenses } : {}) });
  }
  return found;
}
