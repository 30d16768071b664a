import type { Knowledge } from '../src/match/types.ts';
import { type Advisory, type AdvisoryKey, type Flaw, normaliseName } from '../src/model/index.ts';

/** What a test has to say of a statement; the rest is plain. */
export type Statement = Partial<Advisory> & Pick<Advisory, 'id' | 'feed' | 'ecosystem' | 'name'>;

/** A whole statement: affects every version before `fixed`, or what `rest` says. */
export function statement(part: Statement & { readonly fixed?: string }): Advisory {
  const { fixed, ...rest } = part;
  return {
    kind: 'vulnerability',
    form: 'flaw',
    aliases: [],
    flaws: [],
    ranges: fixed === undefined ? [] : [[{ introduced: '0' }, { fixed }]],
    status: 'affected',
    cvss: [],
    ...rest,
  };
}

/**
 * A working database in memory: looks up by normalised name, closes names over `aliases` (two CVEs never become one) and
 * covers the ecosystems of its statements and those in `covers`.
 */
export function fakeDb(
  statements: readonly Advisory[],
  flaws: readonly Flaw[] = [],
  covers: readonly string[] = [],
  repositories: Readonly<Record<string, readonly string[]>> = {},
): Knowledge & { lookups: number } {
  const byKey = new Map<string, Advisory[]>();
  for (const each of statements) {
    const key = keyOf(each);
    byKey.set(key, [...(byKey.get(key) ?? []), each]);
  }
  const ecosystems = new Set([...statements.map((each) => each.ecosystem), ...covers]);
  const groups = [...flaws.map((flaw) => [flaw.id, ...flaw.aliases]), ...statements.map((each) => [each.id, ...each.aliases])];
  return {
    lookups: 0,
    covers: (ecosystem) => ecosystems.has(ecosystem),
    ecosystemsOf: (family) => [...ecosystems].filter((each) => each.startsWith(`${family}:`)),
    productsOf: (repository) => repositories[repository],
    lookup(key) {
      this.lookups += 1;
      return byKey.get(keyOf(key)) ?? [];
    },
    flaw: (id) => flaws.find((flaw) => flaw.id === id || flaw.aliases.includes(id)),
    names(id) {
      const known = closure(id, groups);
      const cves = known.filter((name) => name.startsWith('CVE-')).sort();
      return cves.length > 0 ? cves : [known.sort()[0] ?? id];
    },
  };
}

function keyOf({ ecosystem, name }: AdvisoryKey): string {
  return `${ecosystem}\0${normaliseName(ecosystem, name)}`;
}

/** Every name connected with `id` without passing through a CVE. */
function closure(id: string, groups: readonly (readonly string[])[]): string[] {
  const found = new Set([id]);
  for (const name of found) {
    if (name !== id && name.startsWith('CVE-')) continue;
    for (const group of groups) if (group.includes(name)) for (const other of group) found.add(other);
  }
  return [...found];
}
