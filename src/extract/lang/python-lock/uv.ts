import { parseToml } from '../../../util/toml.ts';
import { isObject, type LockedPackage, type LockGap, reachable } from '../../lock-file.ts';
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

  const needed = reachable(entries.filter(isLocal).map(keyOf), (key) => {
    const [name = '', version] = key.split('\0');
    const entry = byName.get(name)?.find((one) => String(one.version ?? '') === version);
    return dependencies(entry).flatMap((one) => (byName.get(one.name) ?? []).filter((each) => one.accepts(each)).map(keyOf));
  });
  return packagesOf(
    listed,
    gap,
    'uv.lock',
    (entry) => !isLocal(entry),
    (entry) => !needed.has(keyOf(entry)),
  );
}

function keyOf(entry: Entry): string {
  return `${String(entry.name)}\0${String(entry.version ?? '')}`;
}

/** `dependencies` and all extras: that may be more than is needed, but nothing that is needed is called development's. */
function dependencies(entry: Entry | undefined): { readonly name: string; accepts(other: Entry): boolean }[] {
  const extras = entry && isObject(entry['optional-dependencies']) ? Object.values(entry['optional-dependencies']) : [];
  return [entry?.dependencies, ...extras].flatMap((list) =>
    (Array.isArray(list) ? list : []).flatMap((one) => {
      if (!isObject(one) || typeof one.name !== 'string') return [];
      // The version is named where the lock file has several of that name.
      return { name: one.name, accepts: (other: Entry) => one.version === undefined || one.version === other.version };
    }),
  );
}

function isLocal({ source }: Entry): boolean {
  return isObject(source) && ['virtual', 'editable', 'directory'].some((kind) => kind in source);
}
