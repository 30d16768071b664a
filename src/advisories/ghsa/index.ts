import type { RangeEvent } from '../../model/index.ts';
import { inThreeParts } from '../composer-version.ts';
import { flawSeverity } from '../labels.ts';
import type { OsvAffected } from '../osv-record.ts';
import { osvSource } from '../osv-source.ts';

/** GitHub's reviewed advisories, all ecosystems. The label is GitHub's own; a range without a fix may have its end in `database_specific`. */
export const ghsa = osvSource({
  id: 'ghsa',
  title: 'GitHub Advisory Database',
  licence: 'CC-BY-4.0',
  homepage: 'https://github.com/github/advisory-database',
  file: /^ghsa(-[a-z]+)?$/,
  // `advisories/unreviewed` repeats the NVD without naming packages.
  records: /(?<!\/unreviewed\/.*)\/GHSA-[^/]+\.json$/,
  accepts: () => true,
  cvssSource: 'ghsa',
  detail: (affected, record) => {
    const label = record.database.severity;
    const ranges = affected.ecosystem === 'Packagist' ? composerRanges(affected) : knownEnd(affected);
    return { ...(typeof label === 'string' ? { severityLabel: label.toLowerCase() } : {}), ...(ranges ? { ranges } : {}) };
  },
  severity: flawSeverity,
});

/**
 * GitHub knows affected versions up to one (`<= 1.2`) where OSV's one open range would say "all, for ever". Source: the
 * advisory database's export, `last_known_affected_version_range`.
 */
function knownEnd(affected: OsvAffected) {
  const known = affected.database.last_known_affected_version_range;
  const [range] = affected.ranges;
  if (typeof known !== 'string' || affected.ranges.length !== 1 || range?.events.length !== 1) return undefined;
  const end = /^(<=?)\s*(\S+)$/.exec(known);
  if (end === null) return undefined;
  return [[range.events[0]!, end[1] === '<' ? { limit: end[2]! } : { lastAffected: end[2]! }]];
}

function composerRanges(affected: OsvAffected): readonly (readonly RangeEvent[])[] {
  const ranges = knownEnd(affected) ?? affected.ranges.filter((range) => range.type !== 'GIT').map((range) => range.events);
  return ranges.map((events) => events.map(inThree));
}

function inThree(event: RangeEvent): RangeEvent {
  if ('introduced' in event) return { introduced: inThreeParts(event.introduced) };
  if ('fixed' in event) return { fixed: inThreeParts(event.fixed) };
  return 'lastAffected' in event ? { lastAffected: inThreeParts(event.lastAffected) } : { limit: inThreeParts(event.limit) };
}
