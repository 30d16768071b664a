import { type Advice, listed } from './advice.ts';
import { type InstallFacts, isNpmRoot, type NpmManifest } from './facts.ts';
import { npmAdmits } from './ranges.ts';

/** A package inside of one that npm installed globally came in its archive, and goes with it. */
const BUNDLED = /^(?:.*\/)?lib\/node_modules\/((?:@[^/]+\/)?[^/]+)\/node_modules\//;

/** Packages that are looked at on the way up to what a project asks for. */
const MOST_VISITED = 300;

/** A flaw is gone where it is gone from all places: what came within others goes with them, the rest by itself. */
export function npmAdvice(name: string, version: string, places: readonly string[], facts: InstallFacts): readonly Advice[] {
  const bundled = [...new Set(places.flatMap((path) => BUNDLED.exec(path)?.[1] ?? []))].sort();
  const own = places.filter((path) => !BUNDLED.test(path));
  return [
    ...(bundled.length > 0 ? [install('npm-parent', latest(bundled), { parents: listed(bundled) }, '--global ')] : []),
    ...(own.length > 0 ? ownAdvice(name, version, own, facts) : []),
  ];
}

function ownAdvice(name: string, version: string, places: readonly string[], { npm }: InstallFacts): readonly Advice[] {
  const folders = new Set(places.map((path) => path.slice(0, Math.max(0, path.lastIndexOf('/')))));
  const parents = consumers(name, folders, npm);
  const admits = ({ dependencies }: NpmManifest): boolean => npmAdmits(dependencies[name] ?? '', version);
  const roots = parents.filter(({ folder }) => isNpmRoot(folder));
  const others = parents.filter(({ folder }) => !isNpmRoot(folder));
  const blocking = others.filter((each) => !admits(each));
  const mayUpdate = roots.every(admits);
  if (blocking.length > 0) {
    const own = mayUpdate ? [] : [install('npm-direct', [`${name}@${version}`])];
    return [parentAdvice({ name, version }, blocking, npm), ...own];
  }
  if (parents.length > 0 && mayUpdate) return [{ code: 'npm-refresh', command: `npm update ${name}`, words: [name] }];
  const global = places.some((path) => /(?:^|\/)lib\/node_modules\//.test(path)) ? '--global ' : '';
  return [install('npm-direct', [`${name}@${version}`], {}, global)];
}

/**
 * What a project asks for itself is updated. For what others bring `npm install` would only put another copy beside the one that is asked for, and
 * make it the project's own: an override gives the version to those alone that keep it back. Source: npm, package.json, "overrides"; npm pkg, "set".
 */
function parentAdvice(
  { name, version }: { readonly name: string; readonly version: string },
  blocking: readonly NpmManifest[],
  npm: readonly NpmManifest[],
): Advice {
  const names = [...new Set(blocking.map((each) => each.name))].sort();
  const direct = [...new Set(blocking.flatMap((each) => broughtBy(each, npm)))].sort();
  if (blocking.every((each) => isAskedFor(each, npm)) || direct.length === 0)
    return install('npm-parent', latest(names), { parents: listed(names), brings: names });
  const words = names.map((parent) => `overrides.${parent}.${name}=${version}`);
  return {
    code: 'npm-override',
    parents: listed(names),
    direct: listed(direct),
    command: `npm pkg set ${words.join(' ')} && npm install`,
    // A dot in a name would be a step of the path.
    words: [name, ...names].some((each) => each.includes('.')) ? undefined : words,
  };
}

function isAskedFor({ name, folder }: NpmManifest, npm: readonly NpmManifest[]): boolean {
  return consumers(name, new Set([folder]), npm).some((each) => isNpmRoot(each.folder));
}

/** The packages that a project asks for itself and through which this one comes; itself where it does so. */
function broughtBy(from: NpmManifest, npm: readonly NpmManifest[]): readonly string[] {
  const seen = new Set([from]);
  const direct = new Set<string>();
  for (const each of seen) {
    for (const above of consumers(each.name, new Set([each.folder]), npm)) {
      if (isNpmRoot(above.folder)) direct.add(each.name);
      else if (seen.size < MOST_VISITED) seen.add(above);
    }
  }
  return [...direct];
}

/** Those that ask for a package and find it in one of these folders. */
function consumers(name: string, folders: ReadonlySet<string>, npm: readonly NpmManifest[]): readonly NpmManifest[] {
  return npm.filter(({ folder, dependencies }) => dependencies[name] !== undefined && folders.has(resolved(folder, name, folders) ?? ''));
}

/** Where Node finds a package from a folder, among `folders`: in the nearest node_modules upwards. */
function resolved(from: string, name: string, folders: ReadonlySet<string>): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const candidate = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (folders.has(candidate)) return candidate;
    if (folder === '') return undefined;
  }
}

function latest(names: readonly string[]): readonly string[] {
  return names.map((each) => `${each}@latest`);
}

function install(
  code: 'npm-parent' | 'npm-direct',
  words: readonly string[],
  more: Pick<Advice, 'parents' | 'brings'> = {},
  global: '--global ' | '' = '',
): Advice {
  return { code, ...more, command: `npm install ${global}${words.join(' ')}`, words };
}
