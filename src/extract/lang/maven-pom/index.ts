import type { FoundPackage, Gap } from '../../../model/index.ts';
import { mavenPurl } from '../../library-purl.ts';
import { isOfProject, lockedPackage, textOf } from '../../lock-file.ts';
import { readWithin } from '../../read-within.ts';
import type { Extractor } from '../../types.ts';
import { type Pom, parsePom } from './parse.ts';
import { Poms } from './resolve.ts';

const ID = 'lang/maven-pom';
const LIMIT = 8 << 20;

/**
 * The dependencies that a pom.xml and the parents of it in the same folder name, as Maven merges them: properties, dependencyManagement and
 * its imports, by relativePath or coordinates. Profiles and plug-ins are left out, and the project's own modules. A version that is a
 * range, or that a parent elsewhere would give, is not known. What the dependencies themselves depend on stands in none of these files:
 * one gap says so, since the inventory of a project with nothing but pom.xml is always incomplete.
 */
export const mavenPom: Extractor<Pom> = {
  id: ID,
  version: 1,
  class: 'library',
  appliesTo: 'project',
  wants: { basenames: ['pom.xml'], accept: (_head, file) => isOfProject(file.path) && !BUILT.test(file.path) },

  async extract(file, ctx) {
    const bytes = await readWithin(file, LIMIT, ctx, { what: 'pom.xml', incomplete: true });
    if (!bytes) return undefined;
    const pom = parsePom(textOf(bytes));
    if (!pom || pom.odd > 0) {
      const what = pom ? `${pom.odd} dependencies of pom.xml` : 'pom.xml';
      ctx.gap({ code: 'malformed', params: { what }, incomplete: true });
    }
    return pom;
  },

  settle(view) {
    const poms = new Poms(new Map(view.visible.map(({ path, partial }) => [path, partial])));
    const packages: FoundPackage[] = [];
    const gaps: Gap[] = [];
    for (const entry of view.visible) {
      const { dependencies, missing } = poms.effective(entry.path);
      for (const what of missing) gaps.push({ code: 'not-here', params: { what }, stage: ID, path: entry.path, incomplete: true });
      for (const { name, version, test } of dependencies) {
        const one = { name, version, role: 'direct' as const, ...(test ? { dev: true as const } : {}) };
        packages.push({ ...lockedPackage(entry, 'maven', one, mavenPurl(name, version)), evidence: EVIDENCE });
      }
    }
    const first = packages[0];
    if (first) gaps.push({ code: 'not-here', params: { what: TRANSITIVE }, stage: ID, path: first.path, incomplete: true });
    return { packages, gaps };
  },
};

const EVIDENCE = { kind: 'package-metadata', confidence: 'medium', detail: 'dependency of pom.xml' } as const;
const TRANSITIVE = 'what the dependencies of pom.xml depend on (scan what the build makes of it)';
/** Copies that a build left behind. */
const BUILT = /(^|\/)(target\/classes|META-INF\/maven)\//;
