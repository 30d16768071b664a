import type { RangeEvent } from '../../model/index.ts';
import { schemeFor } from '../../versions/index.ts';
import { complement, type Interval, intersection } from '../intervals.ts';
import type { Atom } from './schema.ts';

const gentoo = schemeFor('Gentoo')!;

/** Above every revision that a version has. */
const LAST_REVISION = 999_999_999;

/**
 * What is vulnerable and not unaffected, as ranges. Where a fixed version ends none of them (`le 3.1.3` and `ge 3.1.4`), it is
 * appended as an empty range, and so becomes the fix to offer.
 */
export function vulnerableRanges(vulnerable: readonly Atom[], unaffected: readonly Atom[]): readonly (readonly RangeEvent[])[] {
  const open = complement(unaffected.map(intervalOf), gentoo) ?? [{}];
  const ranges = vulnerable.flatMap((atom) => open.flatMap((gap) => intersection([intervalOf(atom), gap], gentoo) ?? [])).map(eventsOf);
  if (ranges.length === 0 || ranges.some((range) => range.some((event) => 'fixed' in event))) return ranges;
  const fixes = unaffected.filter(({ range }) => range === 'ge');
  return [...ranges, ...fixes.map(({ version }) => [{ introduced: version }, { fixed: version }])];
}

/** Source: glsa.dtd, "range". */
function intervalOf({ range, version }: Atom): Interval {
  const stem = version.replace(/-r\d+$/, '');
  const [first, last] = [
    { version: stem, above: false },
    { version: `${stem}-r${LAST_REVISION}`, above: true },
  ];
  const [below, above] = [
    { version, above: false },
    { version, above: true },
  ];
  switch (range) {
    case 'lt':
      return { to: below };
    case 'le':
      return { to: above };
    case 'eq':
      return { from: below, to: above };
    case 'ge':
      return { from: below };
    case 'gt':
      return { from: above };
    case 'rlt':
      return { from: first, to: below };
    case 'rle':
      return { from: first, to: above };
    case 'rge':
      return { from: below, to: last };
    case 'rgt':
      return { from: above, to: last };
  }
}

function eventsOf({ from, to }: Interval): readonly RangeEvent[] {
  const introduced = from ? (from.above ? nextRevision(from.version) : from.version) : '0';
  if (!to) return [{ introduced }];
  return [{ introduced }, to.above ? { lastAffected: to.version } : { fixed: to.version }];
}

/** Revisions are whole numbers, so nothing lies between a version and this. */
function nextRevision(version: string): string {
  const revision = /-r(\d+)$/.exec(version)?.[1] ?? '0';
  return `${version.replace(/-r\d+$/, '')}-r${BigInt(revision) + 1n}`;
}
