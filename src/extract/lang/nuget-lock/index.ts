import { isObject } from '../../../util/fields.ts';
import { isVersion, jsonObject, type LockedPackage, lockFileExtractor } from '../../lock-file.ts';

const NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,255}$/u;

/**
 * packages.lock.json: packages by target framework, and by runtime where the project names some; a package of several is one.
 * Projects that the project refers to are its own and are left out.
 */
export const nugetLock = lockFileExtractor({
  id: 'lang/nuget-lock',
  version: 1,
  type: 'nuget',
  what: 'packages.lock.json',
  wants: { basenames: ['packages.lock.json'] },
  parse(text, gap) {
    const frameworks = jsonObject(text)?.dependencies;
    if (!isObject(frameworks)) return undefined;
    const found = new Map<string, LockedPackage>();
    for (const packages of Object.values(frameworks)) {
      for (const [name, one] of Object.entries(isObject(packages) ? packages : { [MISSING]: packages })) {
        if (isObject(one) && one.type === 'Project') continue;
        if (!isObject(one) || !NAME.test(name) || !isVersion(one.resolved)) {
          gap({ code: 'malformed', params: { what: 'a package of a packages.lock.json' }, incomplete: true });
          continue;
        }
        const key = `${name}/${one.resolved}`;
        const role = one.type === 'Direct' || found.get(key)?.role === 'direct' ? 'direct' : 'indirect';
        found.set(key, { name, version: one.resolved, role });
      }
    }
    return [...found.values()];
  },
});

/** No package's name: stands for the packages of a framework that has no list of them. */
const MISSING = '';
