import { isObject } from '../../../util/fields.ts';
import { isPypiName } from '../../library-purl.ts';
import { isVersion, type LockedPackage, type LockGap } from '../../lock-file.ts';

/**
 * `default`, `develop` and sections of the user's own, by name: `{ "version": "==1.0" }`, or a place (`git`, `file`, `path`) without a version.
 * Source: Pipenv documentation, "Pipfile.lock".
 */
export function parsePipfileLock(text: string, gap: LockGap): readonly LockedPackage[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(json) || !isObject(json._meta)) return undefined;
  let odd = 0;
  const packages = Object.entries(json).flatMap(([section, entries]) => {
    if (section === '_meta') return [];
    if (!isObject(entries)) {
      odd++;
      return [];
    }
    return Object.entries(entries).flatMap(([name, entry]): LockedPackage[] => {
      const version = isObject(entry) && typeof entry.version === 'string' ? entry.version.replace(/^={2,3}/, '') : '';
      const isPlace = isObject(entry) && ['git', 'hg', 'svn', 'bzr', 'file'].some((kind) => kind in entry);
      if (isObject(entry) && 'path' in entry) return [];
      if (isPypiName(name) && (isVersion(version) || (version === '' && isPlace))) {
        return [{ name, version, ...(section === 'develop' ? { dev: true } : {}) }];
      }
      odd++;
      return [];
    });
  });
  if (odd > 0) gap({ code: 'malformed', params: { what: `${odd} entries of Pipfile.lock` }, incomplete: true });
  return packages;
}
