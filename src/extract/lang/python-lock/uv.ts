import { isObject } from '../../../util/fields.ts';
import { parseToml } from '../../../util/toml.ts';
import { type LockedPackage, type LockGap, reachable } from '../../lock-file.ts';
import { packagesOf } from './toml.ts';

type Entry = Readonly<Record<string, unknown>>;

/**
 * uv.lock: packages with what each depends on, the project and the members of its workspace among them. What they reach by other ways
 * than their development groups is not for development only. Source: uv documentation, "Locking and syncing"; what uv writes.
 */
export function parseUvLock(text: string, gap: LockGap): readonly LockedPackage[] | undefined {
  const document = parseToml(text);
  const listed = document?.package ?? [];
  if (typeof document?.version !== 'number' || !Array.isArray(listed)) return undefined;
  const entries = listed.filter((entry): entry is Entry => isObject(entry) && typeof entry.name === 'string');
  const byName = Map.groupBy(entries, (entry) => String(entry.name));
  const byKey = new Map(entries.map((entry) => [keyOf(entry), entry]));

  // A dependency of any version is a node of its own, `name\0*`: followed once, however many ask for it.
  const needed = reachable(entries.filter(isLocal).map(keyOf), (key) => {
    if (!key.endsWith(ANY)) return dependencies(byKey.get(key));
    return (byName.get(key.slice(0, -ANY.length)) ?? []).map(keyOf);
  });
  return packagesOf(
    listed,
    gap,
    'uv.lock',
    (entry) => !isLocal(entry),
    (entry) => !needed.has(keyOf(entry)),
  );
}

const ANY = '\0*';

function keyOf(entry: Entry): string {
  return `${String(entry.name)}\0${String(entry.version ?? '')}`;
}

/**
 * Keys of `dependencies` and of all extras: that may be more than is needed, but nothing that is needed is called development's.
 * The version is named where the lock file has several of a name.
 */
function dependencies(entry: Entry | undefined): string[] {
  const extras = entry && isObject(entry['optional-dependencies']) ? Object.values(entry['optional-dependencies']) : [];
  return [entry?.dependencies, ...extras].flatMap((list) =>
    (Array.isArray(list) ? list : []).flatMap((one) => {
      if (!isObject(one) || typeof one.name !== 'string') return [];
      return [one.version === undefined ? `${one.name}${ANY}` : keyOf(one)];
    }),
  );
}

function isLocal({ source }: Entry): boolean {
  return isObject(source) && ['virtual', 'editable', 'directory'].some((kind) => kind in source);
}
