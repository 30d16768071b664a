/** The names of every flaw, closed over the alias graph. */
export interface AliasClosure {
  /** The flaws a name belongs to; the name itself where nobody calls it otherwise. */
  flawsOf(name: string): readonly string[];
  /** Every other name of each flaw that has any, sorted. */
  readonly aliases: ReadonlyMap<string, readonly string[]>;
  /** Names that belong to several flaws (an advisory on two CVEs), each with its flaws. */
  readonly shared: ReadonlyMap<string, readonly string[]>;
}

const CVE = /^CVE-\d{4}-\d{4,}$/;
/** The order in which a name leads a flaw that has no CVE. */
const LEADERS = ['GHSA-', 'GO-', 'PYSEC-', 'RUSTSEC-', 'PSF-', 'BIT-', 'MAL-'];

/**
 * Closes the graph of `edges` (two names of one flaw). Two CVEs are never one flaw: a CVE stands for itself, every other
 * name belongs to the CVEs it is an alias of, and names without a CVE of their own follow their neighbours, those that know
 * one CVE first. The outcome does not depend on the order of the edges.
 */
export function closeAliases(edges: Iterable<readonly [string, string]>): AliasClosure {
  const cvesOf = new Map<string, Set<string>>();
  const others: (readonly [string, string])[] = [];
  for (const [a, b] of edges) {
    if (a === b || (CVE.test(a) && CVE.test(b))) continue;
    if (CVE.test(a)) add(cvesOf, b, a);
    else if (CVE.test(b)) add(cvesOf, a, b);
    else others.push([a, b]);
  }
  const groups = groupsWithoutCve(others.filter(([a, b]) => !cvesOf.has(a) && !cvesOf.has(b)));
  for (const [a, b] of others) {
    if (cvesOf.has(a) !== cvesOf.has(b)) groups.touch(cvesOf.has(a) ? b : a, cvesOf.has(a) ? a : b);
  }
  const flaws = new Map<string, readonly string[]>();
  for (const [name, cves] of cvesOf) flaws.set(name, [...cves].sort());
  for (const { members, neighbours } of groups.all()) {
    const known = inherited(neighbours, cvesOf);
    const leader = known.length > 0 ? known : [lead(members)];
    for (const member of members) if (leader.length > 1 || leader[0] !== member) flaws.set(member, leader);
  }
  return closureOf(flaws);
}

function closureOf(flaws: ReadonlyMap<string, readonly string[]>): AliasClosure {
  const aliases = new Map<string, string[]>();
  const shared = new Map<string, readonly string[]>();
  for (const [name, of] of flaws) {
    if (of.length > 1) shared.set(name, of);
    for (const flaw of of) {
      const list = aliases.get(flaw);
      if (list === undefined) aliases.set(flaw, [name]);
      else list.push(name);
    }
  }
  for (const list of aliases.values()) list.sort();
  return { flawsOf: (name) => flaws.get(name) ?? [name], aliases, shared };
}

/** The CVEs of neighbours that know exactly one; where none does, of all of them. */
function inherited(neighbours: Iterable<string>, cvesOf: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const single = new Set<string>();
  const all = new Set<string>();
  for (const neighbour of neighbours) {
    const cves = cvesOf.get(neighbour) ?? new Set<string>();
    for (const cve of cves) {
      all.add(cve);
      if (cves.size === 1) single.add(cve);
    }
  }
  return [...(single.size > 0 ? single : all)].sort();
}

interface Group {
  readonly members: string[];
  readonly neighbours: Set<string>;
}

/** Connected groups of names none of which is an alias of a CVE. */
function groupsWithoutCve(edges: Iterable<readonly [string, string]>) {
  const parents = new Map<string, string>();
  const root = (name: string): string => {
    let at = name;
    for (let parent = parents.get(at); parent !== undefined && parent !== at; parent = parents.get(at)) at = parent;
    for (let on = name; on !== at; ) {
      const next = parents.get(on) ?? at;
      parents.set(on, at);
      on = next;
    }
    if (!parents.has(at)) parents.set(at, at);
    return at;
  };
  for (const [a, b] of edges) parents.set(root(a), root(b));
  const touched = new Map<string, Set<string>>();
  return {
    /** Notes that `name` is an alias of `neighbour`, which has CVEs. */
    touch: (name: string, neighbour: string) => add(touched, root(name), neighbour),
    all: (): Iterable<Group> => {
      const groups = new Map<string, Group>();
      for (const name of parents.keys()) {
        const top = root(name);
        const group = groups.get(top);
        if (group === undefined) groups.set(top, { members: [name], neighbours: new Set() });
        else group.members.push(name);
      }
      for (const [name, neighbours] of touched) for (const neighbour of neighbours) groups.get(root(name))?.neighbours.add(neighbour);
      return groups.values();
    },
  };
}

function lead(members: readonly string[]): string {
  const rank = (name: string) => (LEADERS.findIndex((prefix) => name.startsWith(prefix)) + LEADERS.length + 1) % (LEADERS.length + 1);
  return [...members].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))[0]!;
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  if (set === undefined) map.set(key, new Set([value]));
  else set.add(value);
}
