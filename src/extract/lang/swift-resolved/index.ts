import { repositoryOf } from '../../../model/ecosystem.ts';
import { isObject } from '../../../util/fields.ts';
import { isVersion, jsonObject, type LockedPackage, lockFileExtractor } from '../../lock-file.ts';

/**
 * Package.resolved, versions 1 to 3. A Swift package is named by its repository's host and path, as advisories name it; one of a
 * package registry by `scope/name` of its identity. Pins to a branch or a commit have no version; packages in local repositories are
 * the project's own and are left out.
 */
export const swiftResolved = lockFileExtractor({
  id: 'lang/swift-resolved',
  version: 1,
  type: 'swift',
  what: 'Package.resolved',
  wants: { basenames: ['Package.resolved'] },
  parse(text, gap) {
    const file = jsonObject(text);
    const pins = isObject(file?.object) ? file.object.pins : file?.pins;
    if (!Array.isArray(pins)) return undefined;
    const found: LockedPackage[] = [];
    for (const pin of pins as readonly unknown[]) {
      if (isObject(pin) && pin.kind === 'localSourceControl') continue;
      const one = isObject(pin) ? packageOf(pin) : undefined;
      if (one) found.push(one);
      else gap({ code: 'malformed', params: { what: 'a pin of a Package.resolved' }, incomplete: true });
    }
    return found;
  },
});

function packageOf(pin: Record<string, unknown>): LockedPackage | undefined {
  const name = pin.kind === 'registry' ? registryName(pin.identity) : repositoryName(pin.location ?? pin.repositoryURL);
  const state = isObject(pin.state) ? pin.state : {};
  const { version } = state;
  const isPinned = typeof state.revision === 'string' || typeof state.branch === 'string';
  if (name === undefined || !(isVersion(version) || isPinned)) return undefined;
  return { name, version: isVersion(version) ? version : '' };
}

/** `mona.LinkedList` of the registry is `mona/LinkedList`: the purl type wants a namespace. */
function registryName(identity: unknown): string | undefined {
  const [, scope, name] = typeof identity === 'string' ? (/^([\w-]{1,39})\.([\w-]{1,100})$/.exec(identity) ?? []) : [];
  return scope === undefined ? undefined : `${scope}/${name}`;
}

function repositoryName(address: unknown): string | undefined {
  const repository = isVersion(address) ? repositoryOf(address) : '';
  return /^[^/]+\/.*[^/]$/.test(repository) ? repository : undefined;
}
