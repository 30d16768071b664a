import type { CheckFinding, Report } from '../../model/index.ts';
import { findingText } from '../check-sentences.ts';
import type { DisplayFilter } from '../types.ts';
import type { TrivyMisconfiguration, TrivyResult } from './schema.ts';
import { TRIVY_SEVERITY } from './vulnerability.ts';

/**
 * One result for each file with something wrong in it. Trivy's own id stands first where the rule has one, so that scripts which look for
 * it find it. Rules that found nothing are not counted: a success is what nobody looked at, too.
 */
export function misconfigurationResults({ checks }: Report, { severities }: DisplayFilter): readonly TrivyResult[] {
  const counted = (checks?.findings ?? []).filter(
    ({ suppressed, severity }) => suppressed === undefined && (severities?.includes(severity) ?? true),
  );
  const files = Map.groupBy(counted, ({ location: { file } }) => file);
  return [...files].map(([file, findings]) => ({
    Target: file,
    Class: 'config',
    Type: typeOf(findings[0]),
    MisconfSummary: { Successes: 0, Failures: findings.length },
    Vulnerabilities: [],
    Misconfigurations: findings.map(misconfiguration),
  }));
}

/** `DS-0002`, `KSV-0012`; Trivy wrote them without the hyphen before 2025. */
const TRIVY_ID = /^(?:AVD-)?(?:DS|KSV|KCV)-?\d{3,4}$/;

function misconfiguration(finding: CheckFinding): TrivyMisconfiguration {
  const { id, aliases, severity, location, references, snippet } = finding;
  const { title, message, why, remedy } = findingText(finding, 'en');
  const [reference] = references;
  const line = location.line ?? 0;
  return {
    Type: `${typeOf(finding)} check`,
    ID: aliases.find((alias) => TRIVY_ID.test(alias)) ?? id,
    Title: title,
    Description: why,
    Message: message,
    Namespace: `plimsoll.${id}`,
    Resolution: remedy,
    Severity: TRIVY_SEVERITY[severity],
    ...(reference === undefined ? {} : { PrimaryURL: reference }),
    References: references,
    Status: 'FAIL',
    CauseMetadata: {
      Provider: PROVIDERS[finding.domain] ?? 'Generic',
      Service: 'general',
      ...(line === 0 ? {} : { StartLine: line, EndLine: location.endLine ?? line }),
      ...(finding.resource === undefined ? {} : { Resource: finding.resource }),
      ...(line === 0 || snippet === undefined ? {} : { Code: { Lines: [{ Number: line, Content: snippet, IsCause: true }] } }),
    },
  };
}

const PROVIDERS: Partial<Record<CheckFinding['domain'], string>> = { dockerfile: 'Dockerfile', kubernetes: 'Kubernetes' };

function typeOf(finding: CheckFinding | undefined): string {
  return finding?.domain ?? 'custom';
}
