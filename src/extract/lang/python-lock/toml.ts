import { isObject } from '../../../util/fields.ts';
import { parseToml } from '../../../util/toml.ts';
import { isPypiName } from '../../library-purl.ts';
import { isVersion, type LockedPackage, type LockGap } from '../../lock-file.ts';

type Entry = Readonly<Record<string, unknown>>;

/**
 * Lock files that list packages without the way to them: `package` of Poetry and PDM, `packages` of pylock.toml. Source: Poetry and
 * PDM documentation and what they write; PEP 751.
 */
export function parsePythonToml(text: string, gap: LockGap, file: string): readonly LockedPackage[] | undefined {
  const document = parseToml(text);
  const isPylock = file.startsWith('pylock');
  const stamp = isPylock ? document?.['lock-version'] : document?.metadata;
  const listed = (isPylock ? document?.packages : document?.package) ?? [];
  if (stamp === undefined || !Array.isArray(listed)) return undefined;
  return packagesOf(listed, gap, file, (entry) => !isLocal(entry), isDev);
}

/** Entries as packages; those that have no name or whose version is none are counted in a gap. */
export function packagesOf(
  listed: readonly unknown[],
  gap: LockGap,
  file: string,
  include: (entry: Entry) => boolean,
  dev: (entry: Entry) => boolean,
): LockedPackage[] {
  let odd = 0;
  const packages = listed.flatMap((entry): LockedPackage[] => {
    const version = isObject(entry) ? (entry.version ?? '') : undefined;
    if (!isObject(entry) || !isPypiName(entry.name) || (version !== '' && !isVersion(version))) odd++;
    else if (include(entry)) return [{ name: entry.name, version, ...(dev(entry) ? { dev: true } : {}) }];
    return [];
  });
  if (odd > 0) gap({ code: 'malformed', params: { what: `${odd} entries of ${file}` }, incomplete: true });
  return packages;
}

/** A folder of this machine: Poetry's `source.type`, PDM's `path` and `editable`, pylock's `directory`. */
function isLocal(entry: Entry): boolean {
  const folder = isObject(entry.source) && entry.source.type === 'directory';
  return (
    folder ||
    entry.editable === true ||
    isObject(entry.directory) ||
    (typeof entry.path === 'string' && !/\.(whl|gz|zip)$/.test(entry.path))
  );
}

/**
 * Poetry until 1.4 wrote a `category`. Poetry since 2.0 and PDM write `groups`, which are dependency groups and, with PDM, extras: only the
 * usual names of development groups count.
 */
function isDev(entry: Entry): boolean {
  if (entry.category !== undefined) return entry.category === 'dev';
  const groups = Array.isArray(entry.groups) ? entry.groups : [];
  return groups.length > 0 && groups.every((group) => typeof group === 'string' && DEV_GROUPS.has(group));
}

const DEV_GROUPS = new Set(['dev', 'develop', 'development', 'test', 'tests', 'testing', 'lint', 'linting', 'doc', 'docs', 'typing', 'ci']);
