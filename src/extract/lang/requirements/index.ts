import type { FoundPackage, Gap } from '../../../model/index.ts';
import { pypiPurl } from '../../library-purl.ts';
import { isOfProject, lockedPackage, textOf } from '../../lock-file.ts';
import { readWithin } from '../../read-within.ts';
import type { Extractor, MergedView } from '../../types.ts';
import { parseRequirements, type Requirements } from './parse.ts';

const ID = 'lang/requirements';
const WHAT = 'requirements';
const LIMIT = 8 << 20;
const DEV = /(^|[-_.])(dev|develop|development|tests?|testing|lint|docs?|typing|ci)([-_.]|$)/i;

/**
 * requirements.txt and its kin (`requirements-dev.txt`, `requirements/base.txt`, `constraints.txt`), by name, since any text file may be
 * one. A line is a package where it pins one version, or where a constraints file does for it; other lines become a gap. Included files
 * are packages of their own path, and one that is not there is a gap. `dev` goes by the file's name, which is all that tells.
 */
export const requirements: Extractor<Requirements> = {
  id: ID,
  version: 1,
  class: 'library',
  appliesTo: 'project',
  wants: { suffixes: ['.txt'], accept: (_head, file) => isNamedSo(file.path) && isOfProject(file.path) },

  async extract(file, ctx) {
    const bytes = await readWithin(file, LIMIT, ctx, { what: WHAT, incomplete: true });
    if (!bytes) return undefined;
    const parsed = parseRequirements(textOf(bytes), file.path);
    if (parsed.odd > 0) ctx.gap({ code: 'malformed', params: { what: `${parsed.odd} lines of ${WHAT}` }, incomplete: true });
    return parsed;
  },

  settle(view) {
    const constraints = constraintsOf(view);
    const known = new Set(view.visible.map(({ path }) => path));
    const packages: FoundPackage[] = [];
    const gaps: Gap[] = [];
    for (const entry of view.visible) {
      const { path, partial } = entry;
      if (isConstraints(path) || constraints.used.has(path)) continue;
      const rest = DEV.test(path.slice(path.lastIndexOf('/') + 1)) ? { dev: true as const } : {};
      const pinned = partial.unpinned.map((name) => ({ name, version: constraints.pin(path, name) }));
      for (const one of [...partial.packages, ...pinned]) {
        if (one.version !== undefined) {
          packages.push(lockedPackage(entry, 'pypi', { ...one, version: one.version, ...rest }, pypiPurl(one.name, one.version)));
        }
      }
      gaps.push(
        ...gapsOf(
          path,
          pinned.flatMap((one) => (one.version === undefined ? [one.name] : [])),
          'no-version',
        ),
      );
      const missing = [...partial.includes, ...partial.constraints].filter((other) => !known.has(other));
      gaps.push(...gapsOf(path, missing, 'not-here'));
    }
    return { packages, gaps };
  },
};

function isNamedSo(path: string): boolean {
  const [name = '', folder = ''] = path.split('/').reverse();
  return /(^|[-_.])(requirements?|constraints?|reqs?)([-_.]|$)/i.test(name) || /^(requirements|constraints|reqs)$/i.test(folder);
}

function isConstraints(path: string): boolean {
  return /(^|[-_.])constraints?([-_.]|$)/i.test(path.slice(path.lastIndexOf('/') + 1));
}

/** Up to five names, and how many more there are. */
function gapsOf(path: string, names: readonly string[], code: 'no-version' | 'not-here'): Gap[] {
  if (names.length === 0) return [];
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  return [{ code, params: { what: `${names.slice(0, 5).join(', ')}${more}` }, stage: ID, path, incomplete: true }];
}

/** Constraints hold for the file that names them and for what it includes. */
function constraintsOf(view: MergedView<Requirements>): { used: ReadonlySet<string>; pin(path: string, name: string): string | undefined } {
  const files = new Map(view.visible.map(({ path, partial }) => [path, partial]));
  const byFile = new Map<string, Set<string>>();
  for (const [path, { constraints }] of files) {
    if (constraints.length === 0) continue;
    for (const reached of included(path, files)) {
      const known = byFile.get(reached) ?? new Set();
      for (const one of constraints) for (const each of included(one, files)) known.add(each);
      byFile.set(reached, known);
    }
  }
  const used = [...byFile.values()].flatMap((each) => [...each]);
  const pins = new Map(used.map((path) => [path, new Map(files.get(path)?.packages.map((one) => [normal(one.name), one.version]))]));
  return {
    used: new Set([...files.values()].flatMap(({ constraints }) => constraints)),
    pin(path, name) {
      for (const file of byFile.get(path) ?? []) {
        const pin = pins.get(file)?.get(normal(name));
        if (pin !== undefined) return pin;
      }
      return undefined;
    },
  };
}

/** The file and all that it includes. */
function included(path: string, files: ReadonlyMap<string, Requirements>): ReadonlySet<string> {
  const seen = new Set([path]);
  for (const one of seen) for (const other of files.get(one)?.includes ?? []) seen.add(other);
  return seen;
}

function normal(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}
