import { type Finding, type Report, SEVERITIES, type SecretsReport, type SeverityLevel } from '../model/index.ts';
import { passesOrigin } from './origin.ts';
import type { DisplayFilter, Shown } from './types.ts';

/** Lets everything through. */
export const NO_FILTER: DisplayFilter = { ignoreUnfixed: false };

/** The findings of a report that `filter` lets through, in display order. Changes nothing about the gate's decision. */
export function shown(report: Report, filter: DisplayFilter): Shown {
  const ofTheOrigin = ({ locations }: Finding): boolean =>
    passesOrigin(
      locations.map(({ layer }) => layer),
      report,
      filter,
    );
  const applicable = report.findings.filter((finding) => finding.verdict !== 'not-applicable');
  const passing = applicable.filter((finding) => passes(finding, filter) && ofTheOrigin(finding)).sort(byDisplayOrder);
  const findings = passing.filter((finding) => finding.suppressed === undefined);
  const suppressed = passing.filter((finding) => finding.suppressed !== undefined);
  const notApplicable = report.findings
    .filter((finding) => finding.verdict === 'not-applicable' && passes(finding, filter) && ofTheOrigin(finding))
    .sort(byDisplayOrder);
  const counted = applicable.filter((finding) => finding.suppressed === undefined);
  return { findings, suppressed, notApplicable, hidden: counted.length - findings.length };
}

/** What a display filter leaves of a report's secrets: those that count, and those that are known or ignored. */
export function shownSecrets({ findings }: SecretsReport, { severities }: DisplayFilter) {
  const passing = findings.filter(({ severity }) => !severities || severities.includes(severity));
  const open = passing.filter(({ suppressed }) => suppressed === undefined);
  const suppressed = passing.filter((finding) => finding.suppressed !== undefined);
  const hidden = findings.filter((finding) => finding.suppressed === undefined).length - open.length;
  return { open, suppressed, hidden };
}

/** How many findings there are of each severity; a severity without any is 0. */
export function countBySeverity(findings: readonly Finding[]): Record<SeverityLevel, number> {
  const counts = Object.fromEntries(SEVERITIES.map((level) => [level, 0])) as Record<SeverityLevel, number>;
  for (const finding of findings) counts[finding.severity] += 1;
  return counts;
}

/** Whether a filter lets a finding of any kind through, but for its origin. */
export function passesFilter(finding: Finding | { readonly severity: SeverityLevel }, filter: DisplayFilter): boolean {
  if ('package' in finding) return passes(finding, filter);
  return filter.severities?.includes(finding.severity) ?? true;
}

function passes(finding: Finding, filter: DisplayFilter): boolean {
  if (filter.severities && !filter.severities.includes(finding.severity)) return false;
  if (filter.classes && !filter.classes.includes(finding.package.class)) return false;
  // Malware is removed and a dead release replaced: neither waits for a fixed version, so neither is "unfixed".
  return !filter.ignoreUnfixed || finding.kind !== 'vulnerability' || finding.fix.versions.length > 0;
}

function byDisplayOrder(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compareNames(a.id, b.id) ||
    compareNames(a.package.name, b.package.name) ||
    compareNames(a.package.version, b.package.version) ||
    compareNames(a.fingerprint, b.fingerprint)
  );
}

/** By UTF-16 code unit: the same on every machine, whatever its locale; runs of digits by value, so CVE-2021-9 is before CVE-2021-10. */
export function compareNames(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const x = left[i] ?? '';
    const y = right[i] ?? '';
    if (x === y) continue;
    const numeric = /^\d/.test(x) && /^\d/.test(y) ? Number(x) - Number(y) : 0;
    return numeric || (x < y ? -1 : 1);
  }
  return left.length - right.length;
}
