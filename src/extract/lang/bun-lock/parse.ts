import { isObject } from '../../../util/fields.ts';
import { isNpmName } from '../../library-purl.ts';
import { isVersion, type LockedPackage, type LockGap, reachable } from '../../lock-file.ts';

type Entries = Readonly<Record<string, unknown>>;

/**
 * `packages` holds, by the way to the package (`name`, or `parent/name` where a parent needs another version), lists that begin with
 * `name@version`; what stands behind depends on where it comes from. Source: Bun documentation, "Lockfile"; oven-sh/bun, bun.lock types.
 */
export function parseBunLock(text: string, gap: LockGap, path: string): readonly LockedPackage[] | undefined {
  if (path.endsWith('.lockb')) {
    gap({
      code: 'unsupported',
      params: { what: 'the binary bun.lockb (bun install --save-text-lockfile writes bun.lock)' },
      incomplete: true,
    });
    return [];
  }
  const json = parseLoose(text);
  if (!isObject(json) || typeof json.lockfileVersion !== 'number') return undefined;
  const entries = isObject(json.packages) ? json.packages : {};
  const { direct, production } = askedFor(isObject(json.workspaces) ? json.workspaces : {}, entries);
  let odd = 0;
  const packages = Object.entries(entries).flatMap(([key, entry]): LockedPackage[] => {
    const spec: unknown = Array.isArray(entry) ? entry[0] : undefined;
    const at = typeof spec === 'string' ? spec.indexOf('@', 1) : -1;
    const name = typeof spec === 'string' ? spec.slice(0, at) : '';
    const ref = typeof spec === 'string' ? spec.slice(at + 1) : '';
    if (at < 0 || !isNpmName(name) || key.split('/').length > MAX_LEVELS) odd++;
    else if (!/^(workspace|link|root):/.test(ref) && !isFolder(ref)) {
      const version = isVersion(ref) && !/[:/]/.test(ref) ? ref : '';
      return [{ name, version, ...(production.has(key) ? {} : { dev: true }), role: direct.has(key) ? 'direct' : 'indirect' }];
    }
    return [];
  });
  if (odd > 0) gap({ code: 'malformed', params: { what: `${odd} entries of bun.lock` }, incomplete: true });
  return packages;
}

function isFolder(ref: string): boolean {
  return ref.startsWith('file:') && !/\.(tgz|tar\.gz)$/.test(ref);
}

/** JSON with commas behind the last of a list or an object, which is how Bun writes it. */
function parseLoose(text: string): unknown {
  try {
    return JSON.parse(text.replace(/"(?:[^"\\]|\\.)*"|,(?=\s*[\]}])/g, (token) => (token === ',' ? '' : token)));
  } catch {
    return undefined;
  }
}

/** Keys of what the workspaces ask for, and of all that is needed for more than development. */
function askedFor(workspaces: Entries, entries: Entries): { direct: ReadonlySet<string>; production: ReadonlySet<string> } {
  const needed = new Set<string>();
  const direct = new Set<string>();
  for (const workspace of Object.values(workspaces)) {
    if (!isObject(workspace)) continue;
    const from = typeof workspace.name === 'string' ? workspace.name : '';
    for (const key of keysOf(workspace, NEEDED, from, entries)) direct.add(key) && needed.add(key);
    for (const key of keysOf(workspace, ['devDependencies'], from, entries)) direct.add(key);
  }
  const next = (key: string) => {
    const entry = entries[key];
    const details = Array.isArray(entry) ? entry.find(isObject) : undefined;
    return details ? keysOf(details, NEEDED, key, entries) : [];
  };
  return { direct, production: reachable(needed, next) };
}

/** Parents in parents; every one of them is looked at, for each dependency. */
const MAX_LEVELS = 64;

const NEEDED = ['dependencies', 'optionalDependencies', 'peerDependencies'];

/** A name means the entry below `from`, or below what `from` is below, up to that of all. */
function keysOf(owner: Entries, kinds: readonly string[], from: string, entries: Entries): string[] {
  const isTooDeep = from.split('/').length > MAX_LEVELS;
  return kinds.flatMap((kind) => {
    const asked = owner[kind];
    return (isObject(asked) ? Object.keys(asked) : []).flatMap((name) => {
      for (let at = isTooDeep ? '' : from; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
        if (Object.hasOwn(entries, `${at}/${name}`)) return [`${at}/${name}`];
      }
      return Object.hasOwn(entries, name) ? [name] : [];
    });
  });
}
