import { isObject } from '../../../util/fields.ts';
import { isNpmName } from '../../library-purl.ts';
import { isVersion, type LockedPackage, type LockGap } from '../../lock-file.ts';

type Entries = Readonly<Record<string, unknown>>;

const WHAT = 'package-lock.json';
/** npm itself nests as deep as packages depend on each other in different versions. */
const MAX_DEPTH = 64;

/** Source: npm documentation, "package-lock.json". Version 2 holds both forms; the newer tells more. */
export function parsePackageLock(text: string, gap: LockGap): readonly LockedPackage[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(json)) return undefined;
  const { packages, dependencies, lockfileVersion } = json;
  const found = isObject(packages) ? ofPackages(packages) : isObject(dependencies) ? ofDependencies(dependencies) : undefined;
  if (!found) return packages === undefined && dependencies === undefined && typeof lockfileVersion === 'number' ? [] : undefined;
  if (found.odd > 0) gap({ code: 'malformed', params: { what: `${found.odd} entries of ${WHAT}` }, incomplete: true });
  return found.packages;
}

interface Found {
  readonly packages: LockedPackage[];
  odd: number;
}

/** Versions 2 and 3: by folder. Folders that are not in a node_modules are the project's own. */
function ofPackages(entries: Entries): Found {
  const found: Found = { packages: [], odd: 0 };
  const direct = directFolders(entries);
  for (const [folder, entry] of Object.entries(entries)) {
    const at = folder.lastIndexOf(MODULES);
    if (at < 0) continue;
    if (!isObject(entry)) found.odd++;
    else if (entry.link !== true) {
      const name = entry.name ?? folder.slice(at + MODULES.length);
      const licenses = typeof entry.license === 'string' && entry.license.length <= 500 ? [entry.license] : undefined;
      add(found, name, entry.version, {
        ...(entry.dev === true ? { dev: true } : {}),
        role: direct.has(folder) ? 'direct' : 'indirect',
        ...(licenses ? { licenses } : {}),
      });
    }
  }
  return found;
}

const MODULES = 'node_modules/';
/** Every level of a workspace's path is looked at, for each of its dependencies. */
const MAX_LEVELS = 32;

/** Where the packages lie that the project or one of its workspaces asks for: the nearest node_modules that has the name. */
function directFolders(entries: Entries): ReadonlySet<string> {
  const direct = new Set<string>();
  for (const [folder, entry] of Object.entries(entries)) {
    if (folder.includes(MODULES) || !isObject(entry) || folder.split('/').length > MAX_LEVELS) continue;
    for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']) {
      const asked = entry[kind];
      for (const name of isObject(asked) ? Object.keys(asked) : []) {
        for (let at = folder; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
          const candidate = `${at === '' ? '' : `${at}/`}${MODULES}${name}`;
          if (Object.hasOwn(entries, candidate)) direct.add(candidate);
          if (at === '' || Object.hasOwn(entries, candidate)) break;
        }
      }
    }
  }
  return direct;
}

/** Version 1: a tree of names. A version may be a place instead: `npm:name@version`, a folder, an archive or a repository. */
function ofDependencies(entries: Entries): Found {
  const found: Found = { packages: [], odd: 0 };
  walk(entries, 0);
  return found;

  function walk(level: Entries, depth: number): void {
    for (const [name, entry] of Object.entries(level)) {
      if (!isObject(entry) || depth === MAX_DEPTH) {
        found.odd++;
        continue;
      }
      const stated = entry.version;
      const alias = typeof stated === 'string' ? /^npm:(@?[^@]+)@(.+)$/.exec(stated) : undefined;
      const isPlace = typeof stated === 'string' && !alias && /[:/]/.test(stated);
      const dev: Partial<LockedPackage> = entry.dev === true ? { dev: true } : {};
      if (alias) add(found, alias[1], alias[2], dev);
      else if (!isPlace) add(found, name, stated, dev);
      else if (!/^(file|link):/.test(stated)) add(found, name, '', dev);
      if (isObject(entry.dependencies)) walk(entry.dependencies, depth + 1);
    }
  }
}

function add(found: Found, name: unknown, version: unknown, rest: Partial<LockedPackage>): void {
  if (isNpmName(name) && (version === '' || isVersion(version))) found.packages.push({ name, version, ...rest });
  else found.odd++;
}
