import type { Language } from '../../messages/fill.ts';
import type { BaselineReport, CheckFinding, ChecksReport, Decision, ExceptionsReport, Gap } from '../../model/index.ts';
import { findingText, lintLevel } from '../check-sentences.ts';
import { safeJson } from '../safe-json.ts';
import type { Writer } from '../types.ts';

export interface LintDocument {
  readonly checks: ChecksReport;
  readonly gaps: readonly Gap[];
  readonly decision: Decision;
  readonly version: string;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly exceptions?: ExceptionsReport;
  readonly baseline?: BaselineReport;
}

/** What `plimsoll lint --format json` writes, by schema/lint.json; docs/lint.md says what is promised about it. */
export function writeChecksJson(
  { checks, gaps, decision, version, createdAt, exceptions, baseline }: LintDocument,
  out: Writer,
  language: Language,
): void {
  const document = {
    schemaVersion: 1,
    tool: { name: 'plimsoll', version },
    createdAt,
    files: checks.files,
    findings: checks.findings.map((finding) => jsonFinding(finding, language)),
    gaps,
    ...(exceptions ? { exceptions } : {}),
    ...(baseline ? { baseline } : {}),
    decision,
  };
  for (const piece of safeJson(document)) out.write(piece);
}

function jsonFinding(finding: CheckFinding, language: Language) {
  const { kind: _kind, text: _text, severity, ...rest } = finding;
  return { ...rest, severity, level: lintLevel(severity), ...findingText(finding, language) };
}
