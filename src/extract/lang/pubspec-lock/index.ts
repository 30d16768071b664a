import { mapAt, parseBlockYaml, textAt } from '../../block-yaml.ts';
import { isVersion, type LockedPackage, lockFileExtractor } from '../../lock-file.ts';

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
    const { documents, odd } = parseBlockYaml(text);
    if (!documents[0]?.has('packages')) return undefined;
    let broken = odd > 0 || documents.length > 1;
    const found: LockedPackage[] = [];
    for (const [name, fields] of mapAt(documents[0], 'packages')) {
      const one = fields instanceof Map ? fields : undefined;
      const source = textAt(one, 'source');
      if (source === 'path' || source === 'sdk') continue;
      const version = textAt(one, 'version');
      const dependency = textAt(one, 'dependency');
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
