import { strings } from '../util/fields.ts';
import type { VersionScheme } from '../versions/types.ts';
import { complement, type Interval, intersection, type OsvEvent, rangeOf } from './intervals.ts';
import type { RecordSink } from './types.ts';

/** How one ecosystem writes which versions it means: `>= 1.2, < 2`, `~> 1.2.3`, `^1`. */
export interface RequirementLanguage {
  readonly scheme: VersionScheme;
  /** The versions that one comparison admits; undefined where they are no interval, or the operator is unknown. */
  readonly admits: (operator: string, version: string) => Interval | undefined;
  /** The smallest version above `version` that anyone could publish. */
  readonly next: (version: string) => string;
}

/** Ranges as the OSV schema has them. */
export type OsvRanges = readonly { readonly type: 'ECOSYSTEM'; readonly events: readonly Partial<OsvEvent>[] }[];

/** The requirements in fields that may be absent; undefined where one holds anything but a list of texts. */
export function requirementsIn(...lists: readonly unknown[]): readonly string[] | undefined {
  const all: string[] = [];
  for (const list of lists) {
    if (list === undefined || list === null) continue;
    const texts = strings(list);
    if (!Array.isArray(list) || texts.length < list.length) return undefined;
    all.push(...texts);
  }
  return all;
}

/** Every version that none of the requirements admits; undefined where that cannot be said in ranges. */
export function rangesOutside(requirements: readonly string[] | undefined, language: RequirementLanguage): OsvRanges | undefined {
  const intervals = requirements && intervalsOf(requirements, language);
  const affected = intervals && complement(intervals, language.scheme);
  return affected && ranges(affected, language);
}

/** Every version that one of the requirements admits, in as few ranges as it takes; undefined where that cannot be said. */
export function rangesInside(requirements: readonly string[] | undefined, language: RequirementLanguage): OsvRanges | undefined {
  const intervals = requirements && intervalsOf(requirements, language);
  const others = intervals && complement(intervals, language.scheme);
  const affected = others && complement(others, language.scheme);
  return affected && ranges(affected, language);
}

/** The ranges, or undefined and counted where there are none to go by. */
export function countedRanges(ranges: OsvRanges | undefined, sink: RecordSink, id: string): OsvRanges | undefined {
  if (ranges === undefined) sink.problem('requirement that is no range', id);
  else if (ranges.length === 0) sink.leftOut('affects no version', id);
  return ranges?.length ? ranges : undefined;
}

/** What the operators mean on which all ecosystems agree. */
export function plainInterval(operator: string, version: string): Interval | undefined {
  switch (operator) {
    case '>=':
      return { from: { version, above: false } };
    case '>':
      return { from: { version, above: true } };
    case '<':
      return { to: { version, above: false } };
    case '<=':
      return { to: { version, above: true } };
    case '=':
      return { from: { version, above: false }, to: { version, above: true } };
    default:
      return undefined;
  }
}

function intervalsOf(requirements: readonly string[], language: RequirementLanguage): readonly Interval[] | undefined {
  const all: Interval[] = [];
  for (const requirement of requirements) {
    const parts = requirement.split(',').map((comparison) => comparisonOf(comparison.trim(), language));
    const known = parts.filter((part) => part !== undefined);
    const interval = known.length === parts.length ? intersection(known, language.scheme) : undefined;
    if (interval === undefined) return undefined;
    if (interval) all.push(interval);
  }
  return all;
}

function comparisonOf(text: string, language: RequirementLanguage): Interval | undefined {
  const [, operator = '', version = ''] = /^([<>=!~^]*)\s*([^\s<>=!~^]+)$/.exec(text) ?? [];
  return language.scheme.parse(version) === undefined ? undefined : language.admits(operator, version);
}

function ranges(intervals: readonly Interval[], { scheme, next }: RequirementLanguage): OsvRanges | undefined {
  const unnamed = intervals.some(({ from }) => from?.above && scheme.parse(next(from.version)) === undefined);
  return unnamed ? undefined : intervals.map((interval) => ({ type: 'ECOSYSTEM', events: rangeOf(interval, next) }));
}
