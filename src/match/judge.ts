import type { Advisory, RangeEvent } from '../model/index.ts';
import type { VersionScheme } from '../versions/types.ts';

/** What one statement says of one version. */
export interface Judgement {
  readonly kind: 'affected' | 'not-affected' | 'undecided';
  readonly rule: 'range' | 'version-list' | 'all-versions' | 'vendor-status' | 'unparsable';
  readonly detail: string;
  /** Fixed versions above the judged one: that of its own range first, then those of later ranges, ascending. */
  readonly fixes: readonly string[];
}

/** A version with its parsed form; `parsed` is undefined where its scheme does not know it. */
export interface Subject {
  readonly text: string;
  readonly parsed: unknown;
  readonly scheme: VersionScheme;
}

export function subject(text: string, scheme: VersionScheme): Subject {
  return { text, scheme, parsed: scheme.parse(text) };
}

/**
 * Holds a statement against a version: affected if it is listed in `versions` or inside any range. A statement without
 * either speaks of every version. What cannot be compared is undecided, unless another range or the list says affected.
 * Source: OSV schema, "Evaluation"; `status` is what the vendor adds to it.
 */
export function judge(advisory: Advisory, version: Subject): Judgement {
  if (advisory.status === 'not-affected')
    return { kind: 'not-affected', rule: 'vendor-status', detail: 'the vendor says not affected', fixes: [] };
  const found = judgeVersion(advisory, version);
  if (found.kind === 'affected' && advisory.status === 'under-investigation')
    return { kind: 'undecided', rule: 'vendor-status', detail: 'the vendor is still investigating', fixes: found.fixes };
  return found;
}

function judgeVersion(advisory: Advisory, version: Subject): Judgement {
  if (advisory.ranges.length === 0 && !advisory.versions)
    return { kind: 'affected', rule: 'all-versions', detail: 'every version', fixes: [] };

  let undecided: string | undefined;
  let outside: string | undefined;
  for (const range of advisory.ranges) {
    const place = placeIn(range, version);
    if (place.kind === 'inside')
      return { kind: 'affected', rule: 'range', detail: place.detail, fixes: fixesAbove(advisory, version, place.closedBy) };
    if (place.kind === 'undecided') undecided ??= place.detail;
    else outside ??= place.detail;
  }
  const listed = advisory.versions && inList(advisory.versions, version, advisory.ranges.length === 0);
  if (listed?.kind === 'affected')
    return { kind: 'affected', rule: 'version-list', detail: listed.detail, fixes: fixesAbove(advisory, version, undefined) };
  if (undecided !== undefined || listed?.kind === 'undecided')
    return { kind: 'undecided', rule: 'unparsable', detail: undecided ?? listed?.detail ?? '', fixes: [] };
  if (outside !== undefined) return { kind: 'not-affected', rule: 'range', detail: outside, fixes: [] };
  return { kind: 'not-affected', rule: 'version-list', detail: `${version.text} is not listed`, fixes: [] };
}

type Place =
  | { readonly kind: 'inside'; readonly detail: string; readonly closedBy: RangeEvent | undefined }
  | { readonly kind: 'outside' | 'undecided'; readonly detail: string };

/** Where a version lies in one range; events are taken in version order, as the specification says. */
function placeIn(range: readonly RangeEvent[], version: Subject): Place {
  const { scheme, text } = version;
  if (version.parsed === undefined) {
    if (range.length === 1 && range[0] && 'introduced' in range[0] && range[0].introduced === '0')
      return { kind: 'inside', detail: 'every version', closedBy: undefined };
    return { kind: 'undecided', detail: `"${text}" is not a version (${scheme.id})` };
  }
  const usual = fixedSince(range);
  if (usual) return beforeOrAfter(usual, version);
  const events = inOrder(range, scheme);
  if (typeof events === 'string') return { kind: 'undecided', detail: events };

  const above = limitReached(events, version);
  if (above) return { kind: 'outside', detail: `${text} >= ${above.text}, the limit of what is known (${scheme.id})` };
  let opened: Bound | undefined;
  let closed: Bound | undefined;
  let next: Bound | undefined;
  for (const bound of events) {
    if ('limit' in bound.event) continue;
    const order = bound.parsed === undefined ? 1 : scheme.compare(version.parsed, bound.parsed);
    if (order === undefined || Number.isNaN(order))
      return { kind: 'undecided', detail: `"${text}" and "${bound.text}" have no agreed order (${scheme.id})` };
    if ('introduced' in bound.event) {
      if (order >= 0) [opened, closed] = [bound, undefined];
    } else if ('fixed' in bound.event ? order >= 0 : order > 0) {
      if (opened) closed = bound;
    } else next ??= bound;
  }
  if (!opened) return { kind: 'outside', detail: `${text} < ${events[0]?.text ?? '0'}, where it was introduced (${scheme.id})` };
  if (closed) return { kind: 'outside', detail: `${text} ${'fixed' in closed.event ? '>=' : '>'} ${closed.text} (${scheme.id})` };
  if (!next) return { kind: 'inside', detail: `${since(opened)}${text}, no fixed version is known (${scheme.id})`, closedBy: undefined };
  const sign = 'fixed' in next.event ? '<' : '<=';
  return { kind: 'inside', detail: `${since(opened)}${text} ${sign} ${next.text} (${scheme.id})`, closedBy: next.event };
}

type Fixed = Extract<RangeEvent, { readonly fixed: string }>;

/** The end of a range that is "all before this version", as nearly all of them are. */
function fixedSince([first, second, third]: readonly RangeEvent[]): Fixed | undefined {
  if (!first || !second || third || !('introduced' in first) || first.introduced !== '0') return undefined;
  return 'fixed' in second && second.fixed !== '0' ? second : undefined;
}

/** The place in a range of {@link fixedSince}: what {@link placeIn} says of it, at a fraction of the cost. */
function beforeOrAfter(event: Fixed, { text, parsed, scheme }: Subject): Place {
  const { fixed } = event;
  const bound = scheme.parse(fixed);
  if (bound === undefined) return { kind: 'undecided', detail: `"${fixed}" is not a version (${scheme.id})` };
  const order = scheme.compare(parsed, bound);
  if (order === undefined || Number.isNaN(order))
    return { kind: 'undecided', detail: `"${text}" and "${fixed}" have no agreed order (${scheme.id})` };
  if (order >= 0) return { kind: 'outside', detail: `${text} >= ${fixed} (${scheme.id})` };
  return { kind: 'inside', detail: `${text} < ${fixed} (${scheme.id})`, closedBy: event };
}

/** A `limit` that the version has reached, where the range has limits and it is below none of them. */
function limitReached(events: readonly Bound[], version: Subject): Bound | undefined {
  const limits = events.filter((bound) => 'limit' in bound.event);
  const below = limits.some((bound) => bound.parsed === undefined || (version.scheme.compare(version.parsed, bound.parsed) ?? -1) < 0);
  return below ? undefined : limits.at(-1);
}

interface Bound {
  readonly event: RangeEvent;
  readonly text: string;
  /** Undefined for `0` (below every version) and for the limit `*`. */
  readonly parsed: unknown;
}

/** The events in version order, those of equal versions as the record has them; or why there is no order. */
function inOrder(range: readonly RangeEvent[], scheme: VersionScheme): readonly Bound[] | string {
  const bounds: Bound[] = [];
  for (const event of range) {
    const text = Object.values(event)[0] as string;
    const everything = text === '0' || ('limit' in event && text === '*');
    const parsed = everything ? undefined : scheme.parse(text);
    if (!everything && parsed === undefined) return `"${text}" is not a version (${scheme.id})`;
    bounds.push({ event, text, parsed });
  }
  if (bounds.length <= 1 || (bounds.length === 2 && bounds[0]?.parsed === undefined)) return bounds;
  let problem: string | undefined;
  bounds.sort((a, b) => {
    if (a.parsed === undefined || b.parsed === undefined) return Number(a.parsed !== undefined) - Number(b.parsed !== undefined);
    const order = scheme.compare(a.parsed, b.parsed);
    if (order === undefined) problem ??= `"${a.text}" and "${b.text}" have no agreed order (${scheme.id})`;
    return order ?? 0;
  });
  return problem ?? bounds;
}

function since(opened: Bound): string {
  return opened.parsed === undefined ? '' : `${opened.text} <= `;
}

/** The `fixed` that closes the version's own range first, then all other ones above it in version order. */
function fixesAbove(advisory: Advisory, version: Subject, closedBy: RangeEvent | undefined): readonly string[] {
  const own = closedBy && 'fixed' in closedBy ? closedBy.fixed : undefined;
  const others: { text: string; parsed: unknown }[] = [];
  for (const event of advisory.ranges.flat()) {
    if (!('fixed' in event) || event.fixed === own || version.parsed === undefined) continue;
    const parsed = version.scheme.parse(event.fixed);
    if (parsed !== undefined && (version.scheme.compare(parsed, version.parsed) ?? 0) > 0) others.push({ text: event.fixed, parsed });
  }
  others.sort((a, b) => version.scheme.compare(a.parsed, b.parsed) ?? 0);
  return [...new Set([...(own === undefined ? [] : [own]), ...others.map((each) => each.text)])];
}

/**
 * The list is compared as text; where a statement has nothing but a list, other spellings of a version count as well
 * (`1.0` and `1.0.0` on PyPI).
 */
function inList(list: readonly string[], version: Subject, alone: boolean): { kind: 'affected' | 'undecided'; detail: string } | undefined {
  if (list.includes(version.text)) return { kind: 'affected', detail: `${version.text} is listed` };
  if (!alone) return undefined;
  if (version.parsed === undefined) return { kind: 'undecided', detail: `"${version.text}" is not a version (${version.scheme.id})` };
  for (const text of list) {
    const parsed = version.scheme.parse(text);
    if (parsed !== undefined && version.scheme.compare(parsed, version.parsed) === 0)
      return { kind: 'affected', detail: `${version.text} = ${text}, which is listed` };
  }
  return undefined;
}
