import type { Report, SeverityLevel } from '../../model/index.ts';
import { cut } from '../cut.ts';
import { distinctPrints } from '../distinct-prints.ts';
import { type IssuePlace, issues } from '../issues.ts';
import type { Rendering } from '../types.ts';

export { once } from '../distinct-prints.ts';

export interface CodeQualityIssue {
  readonly type: 'issue';
  readonly check_name: string;
  readonly description: string;
  readonly content: { readonly body: string };
  readonly categories: readonly ['Security'];
  readonly severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker';
  readonly fingerprint: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number; readonly end?: number } };
}

const SEVERITY: Readonly<Record<SeverityLevel, CodeQualityIssue['severity']>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
  negligible: 'info',
  unknown: 'info',
};
/** Characters of a text: the widget shows one line of it. */
const MOST_TEXT = 1000;
const MOST_BODY = 10_000;

/** `several`: the platform is part of what an entry is recognised by. */
export async function entries(report: Report, how: Rendering, several: boolean): Promise<readonly CodeQualityIssue[]> {
  const prints = distinctPrints(await issues(report, how.filter, how.language), report, several);
  const counted = prints.filter(({ issue }) => issue.suppressed === undefined);
  return counted.map(({ issue, hash, platform }) => ({
    type: 'issue',
    check_name: cut(issue.rule, MOST_TEXT),
    description: `${cut(issue.message, MOST_TEXT)}${platform === '' ? '' : ` [${platform}]`}`,
    content: { body: cut([issue.why, issue.remedy, ...issue.references].filter(Boolean).join(' '), MOST_BODY) },
    categories: ['Security'],
    severity: SEVERITY[issue.severity],
    fingerprint: hash,
    location: location(issue.places[0], report),
  }));
}

/** A line of the Dockerfile where it is known, else a file of the user's, a path in the image, or the image itself. */
function location(place: IssuePlace | undefined, { inventory: { target } }: Report): CodeQualityIssue['location'] {
  if (place?.dockerfile) return { path: pathText(place.dockerfile.file), lines: { begin: place.dockerfile.line } };
  const begin = place?.line ?? 1;
  const end = place?.endLine;
  return {
    path: pathText(place?.path ?? target.repository ?? target.name),
    lines: { begin, ...(end === undefined || end < begin ? {} : { end }) },
  };
}

/** Relative to the repository, as GitLab links it. */
function pathText(path: string): string {
  return cut(path.replace(/^(\.?\/)+/, '') || '.', MOST_TEXT);
}
