import type { VersionScheme } from '../versions/types.ts';

/** A place between two versions: right below `version`, or right above it. */
export interface Cut {
  readonly version: string;
  readonly above: boolean;
}

/** The versions between two places; without end where one is missing. */
export interface Interval {
  readonly from?: Cut;
  readonly to?: Cut;
}

/** An event of an OSV range, as the schema spells it. */
export type OsvEvent = Readonly<Record<'introduced' | 'fixed' | 'last_affected', string>>;

/** What lies in all of them; undefined where their versions have no order, null where nothing does. */
export function intersection(intervals: readonly Interval[], scheme: VersionScheme): Interval | null | undefined {
  const order = orderOf(intervals, scheme);
  if (!order) return undefined;
  const from = intervals
    .flatMap((each) => each.from ?? [])
    .sort(order)
    .at(-1);
  const to = intervals.flatMap((each) => each.to ?? []).sort(order)[0];
  if (from && to && order(from, to) >= 0) return null;
  return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
}

/** What lies in none of them, lowest first; undefined where their versions have no order. */
export function complement(intervals: readonly Interval[], scheme: VersionScheme): readonly Interval[] | undefined {
  const order = orderOf(intervals, scheme);
  if (!order) return undefined;
  const sorted = [...intervals].sort((a, b) => (a.from && b.from ? order(a.from, b.from) : Number(!!a.from) - Number(!!b.from)));
  const gaps: Interval[] = [];
  let reached: Cut | undefined;
  for (const { from, to } of sorted) {
    if (from && (!reached || order(reached, from) < 0)) gaps.push(reached ? { from: reached, to: from } : { to: from });
    if (!to) return gaps;
    if (!reached || order(reached, to) < 0) reached = to;
  }
  return [...gaps, reached ? { from: reached } : {}];
}

/**
 * As an OSV range, which cannot begin right above a version: `next` names the smallest version there. A bound `0` would mean "below every
 * version" and is written in full.
 */
export function rangeOf({ from, to }: Interval, next: (version: string) => string): readonly Partial<OsvEvent>[] {
  const introduced = from ? (from.above ? next(from.version) : inFull(from.version)) : '0';
  if (!to) return [{ introduced }];
  return [{ introduced }, to.above ? { last_affected: inFull(to.version) } : { fixed: inFull(to.version) }];
}

function inFull(version: string): string {
  return version === '0' ? '0.0.0' : version;
}

/** An order of all places that `intervals` name; undefined where the scheme has none. */
function orderOf(intervals: readonly Interval[], scheme: VersionScheme): ((a: Cut, b: Cut) => number) | undefined {
  const parsed = new Map(
    intervals.flatMap(({ from, to }) => [from, to]).map((cut) => [cut?.version ?? '', cut && scheme.parse(cut.version)]),
  );
  parsed.delete('');
  const compare = (a: string, b: string) => scheme.compare(parsed.get(a), parsed.get(b));
  const names = [...parsed.keys()];
  if ([...parsed.values()].includes(undefined)) return undefined;
  if (names.some((a) => names.some((b) => compare(a, b) === undefined))) return undefined;
  return (a, b) => compare(a.version, b.version) || Number(a.above) - Number(b.above);
}
