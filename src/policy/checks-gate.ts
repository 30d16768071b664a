import { type CheckFinding, type Decision, type Gap, SEVERITIES, type SeverityLevel } from '../model/index.ts';

/**
 * Pure. Deny where a finding that nobody suppressed is as severe as `failOn` or worse; otherwise unknown where files could not be read;
 * otherwise allow.
 */
export function decideChecks(findings: readonly CheckFinding[], gaps: readonly Gap[], failOn: SeverityLevel | undefined): Decision {
  if (failOn === undefined) return { outcome: 'allow', reasons: [{ code: 'no-gate', params: {} }] };
  const worst = SEVERITIES.indexOf(failOn);
  const count = findings.filter((each) => each.suppressed === undefined && SEVERITIES.indexOf(each.severity) <= worst).length;
  const incomplete = gaps.filter((gap) => gap.incomplete).length;
  const doubts = incomplete === 0 ? [] : [{ code: 'inventory-incomplete' as const, params: { count: incomplete } }];
  if (count > 0) {
    return { outcome: 'deny', reasons: [{ code: 'severity-threshold', params: { count, threshold: failOn } }, ...doubts] };
  }
  if (doubts.length > 0) return { outcome: 'unknown', reasons: doubts };
  return { outcome: 'allow', reasons: [{ code: 'below-threshold', params: { threshold: failOn, unrated: 0 } }] };
}
