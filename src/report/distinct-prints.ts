import { createHash } from 'node:crypto';
import type { Report } from '../model/index.ts';
import type { Issue } from './issues.ts';
import { platformName } from './platform-name.ts';

/** How an alert is recognised from build to build, for consumers that take two with one fingerprint for the same. */
export interface DistinctPrint {
  readonly issue: Issue;
  /** That of the finding; `platform` is mixed into it where a document is of several, and it is of one of them. */
  readonly print: string;
  /** 1, and 2 for the second with the same print: two versions of one package in one lock file, say. */
  readonly number: number;
  /** The platform that it is of, where a document is of several; empty for what is in a file of the user's, which all of them have. */
  readonly platform: string;
  /** Of both, in hex: different for every alert of the document; see {@link once}. */
  readonly hash: string;
}

/** In the order of `issues`. Those with one print are numbered by version, so that a third one of them leaves the others as they are more often than not. */
export function distinctPrints(issues: readonly Issue[], report: Report, several: boolean): readonly DistinctPrint[] {
  const own = several ? platformName(report.inventory.target) : '';
  const numbers = new Map<Issue, number>();
  for (const alike of Map.groupBy(issues, (issue) => issue.fingerprint).values()) {
    const sorted = alike.length > 1 ? [...alike].sort((a, b) => orderOf(a, b)) : alike;
    for (const [i, issue] of sorted.entries()) numbers.set(issue, i + 1);
  }
  return issues.map((issue) => {
    const platform = isOfAll(issue) ? '' : own;
    const number = numbers.get(issue) ?? 1;
    const print = platform === '' ? issue.fingerprint : sha256(issue.fingerprint, platform);
    return { issue, print, number, platform, hash: number === 1 && /^[0-9a-f]{64}$/.test(print) ? print : sha256(print, String(number)) };
  });
}

/** Not in the image: what other tools found in files of the user's, what is wrong in a Dockerfile. */
function isOfAll({ check, imported, places }: Issue): boolean {
  return (
    (check !== undefined || imported !== undefined) &&
    places.every(({ inImage, path }) => !inImage && (imported !== undefined || path !== undefined))
  );
}

/** What the reports of several platforms say of all of them stands once. */
export function once<T>(alerts: readonly T[], key: (alert: T) => string): readonly T[] {
  const told = new Set<string>();
  return alerts.filter((alert) => {
    const isNew = !told.has(key(alert));
    told.add(key(alert));
    return isNew;
  });
}

function orderOf(a: Issue, b: Issue): number {
  const [left, right] = [a, b].map(({ rule, finding, places }) =>
    JSON.stringify([rule, finding?.package.version, places[0]?.path, places[0]?.line]),
  );
  return (left ?? '') < (right ?? '') ? -1 : left === right ? 0 : 1;
}

function sha256(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex');
}
