/** More sets than this that overlap are not looked through: what a greedy choice gives is taken. */
export const MAX_OVERLAPPING = 500;
/** Choices that are followed to prove that there is no smaller cover. */
export const MAX_CHOICES = 20_000;

export interface Cover {
  /** Indices of the sets, ascending. */
  readonly chosen: readonly number[];
  /** True: no fewer of them have all elements. */
  readonly smallest: boolean;
}

/** For one element, or several that are in the same sets: which sets have it. */
type Row = readonly number[];

/**
 * Pure. The fewest sets that together have every element of all of them, by branch and bound; of several such covers always the same one.
 * Within {@link MAX_OVERLAPPING} and {@link MAX_CHOICES} it is proven to be the smallest, beyond them it is the best that was found.
 * Source: R. M. Karp, "Reducibility among Combinatorial Problems" (set covering), and its usual reductions: sets that are the only ones to have something
 * are taken, and what another row or set makes needless is dropped.
 */
export function smallestCover(sets: readonly ReadonlySet<unknown>[], maxChoices = MAX_CHOICES): Cover {
  const { rows, chosen } = essential(rowsOf(sets), []);
  if (rows.length === 0) return { chosen: ascending(chosen), smallest: true };
  const first = greedy(rows);
  if (new Set(rows.flat()).size > MAX_OVERLAPPING) return { chosen: ascending([...chosen, ...first]), smallest: false };
  const search: Search = { best: first, choices: maxChoices };
  branch(rows, [], search);
  return { chosen: ascending([...chosen, ...search.best]), smallest: search.choices > 0 };
}

interface Search {
  best: readonly number[];
  choices: number;
}

function rowsOf(sets: readonly ReadonlySet<unknown>[]): readonly Row[] {
  const having = new Map<unknown, number[]>();
  for (const [i, set] of sets.entries()) for (const element of set) having.set(element, [...(having.get(element) ?? []), i]);
  return [...new Map([...having.values()].map((row) => [row.join(), row])).values()];
}

/** Takes sets that are the only ones to have something, until there is none. */
function essential(rows: readonly Row[], chosen: readonly number[]): { readonly rows: readonly Row[]; readonly chosen: readonly number[] } {
  const only = new Set(rows.flatMap((row) => (row.length === 1 ? row : [])));
  if (only.size === 0) return { rows, chosen };
  return { rows: rows.filter((row) => !row.some((set) => only.has(set))), chosen: [...chosen, ...only] };
}

/** Leaves out rows that are covered with another one, and sets that have no more than another one. */
function reduced(rows: readonly Row[]): readonly Row[] {
  const shortest = [...rows].sort((a, b) => a.length - b.length);
  const needed: Row[] = [];
  for (const row of shortest) {
    const has = new Set(row);
    if (!needed.some((other) => other.every((set) => has.has(set)))) needed.push(row);
  }
  const members = membersOf(needed);
  const needless = new Set<number>();
  for (const [set, own] of members) {
    const row = needed[own[0] as number] as Row;
    const better = (other: number): boolean => {
      const theirs = new Set(members.get(other));
      return own.every((one) => theirs.has(one)) && (theirs.size > own.length || other < set);
    };
    if (row.some((other) => other !== set && !needless.has(other) && better(other))) needless.add(set);
  }
  return needless.size === 0 ? needed : needed.map((row) => row.filter((set) => !needless.has(set)));
}

/** By set the indices of the rows that it is in. */
function membersOf(rows: readonly Row[]): ReadonlyMap<number, readonly number[]> {
  const members = new Map<number, number[]>();
  for (const [i, row] of rows.entries()) for (const set of row) members.set(set, [...(members.get(set) ?? []), i]);
  return members;
}

function branch(all: readonly Row[], taken: readonly number[], search: Search): void {
  if (search.choices <= 0) return;
  search.choices--;
  let state = { rows: all, chosen: taken };
  for (let before = -1; before !== state.rows.flat().length; ) {
    before = state.rows.flat().length;
    state = essential(reduced(state.rows), state.chosen);
  }
  const { rows, chosen } = state;
  if (chosen.length + apart(rows) >= search.best.length) return;
  if (rows.length === 0) {
    search.best = chosen;
    return;
  }
  const members = membersOf(rows);
  const narrow = rows.reduce((a, b) => (b.length < a.length ? b : a));
  const order = [...narrow].sort((a, b) => (members.get(b)?.length ?? 0) - (members.get(a)?.length ?? 0) || a - b);
  const tried = new Set<number>();
  for (const set of order) {
    // What was tried without success before is not part of a smaller cover.
    const rest = rows.filter((row) => !row.includes(set)).map((row) => row.filter((each) => !tried.has(each)));
    tried.add(set);
    if (rest.every((row) => row.length > 0)) branch(rest, [...chosen, set], search);
  }
}

/** Rows that share no set: each of them needs one of its own. */
function apart(rows: readonly Row[]): number {
  const used = new Set<number>();
  let count = 0;
  for (const row of rows) {
    if (row.some((set) => used.has(set))) continue;
    for (const set of row) used.add(set);
    count++;
  }
  return count;
}

/** The set with most of what is left, until nothing is. */
function greedy(rows: readonly Row[]): readonly number[] {
  const chosen: number[] = [];
  let open = rows;
  while (open.length > 0) {
    const members = membersOf(open);
    const [best] = [...members].reduce((a, b) => (b[1].length > a[1].length || (b[1].length === a[1].length && b[0] < a[0]) ? b : a));
    chosen.push(best);
    open = open.filter((row) => !row.includes(best));
  }
  return chosen;
}

function ascending(chosen: readonly number[]): readonly number[] {
  return [...chosen].sort((a, b) => a - b);
}
