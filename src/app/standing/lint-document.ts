import schema from '../../../schema/lint.json' with { type: 'json' };
import type { CheckFinding, Report } from '../../model/index.ts';
import type { LintDocument } from '../../report/checks/json.ts';
import { PlimsollError } from '../../util/errors.ts';
import { conform, type JsonSchema } from '../../util/json-schema.ts';
import { lintReport } from '../lint/report.ts';

/**
 * What `plimsoll lint -f json` wrote, as a report. Documents of older versions do not say when they were written: `written` is the file's own time.
 *
 * @throws PlimsollError `stored-report-malformed`, `stored-report-version`
 */
export function storedLint(bytes: Uint8Array, path: string, written: Date): Report {
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new PlimsollError('stored-report-malformed', { path, at: '/', expected: 'JSON' }, { cause });
  }
  const { schemaVersion: version } = document as { readonly schemaVersion?: unknown };
  if (version !== 1) throw new PlimsollError('stored-report-version', { path, version: String(version) });
  const mismatch = conform(document, schema as JsonSchema);
  if (mismatch) throw new PlimsollError('stored-report-malformed', { path, at: mismatch.at, expected: mismatch.expected });
  const { files, findings, gaps, decision, createdAt } = document as Pick<LintDocument, 'gaps' | 'decision'> & {
    readonly files: number;
    readonly findings: readonly Omit<CheckFinding, 'kind'>[];
    readonly createdAt?: string;
  };
  const checks = { files, findings: findings.map((finding): CheckFinding => ({ ...finding, kind: 'misconfiguration' })) };
  return lintReport({ checks, gaps, decision }, path, createdAt === undefined ? written : new Date(createdAt));
}
