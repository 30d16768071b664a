import { type CheckFinding, SEVERITIES } from '../../model/index.ts';
import { compareText } from '../../util/compare-text.ts';

/** Worst first, then by file, line, column and rule, as code units compare: the same on every machine. */
export function worstFirst(a: CheckFinding, b: CheckFinding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compareText(a.location.file, b.location.file) ||
    (a.location.line ?? 0) - (b.location.line ?? 0) ||
    (a.location.column ?? 0) - (b.location.column ?? 0) ||
    compareText(a.id, b.id) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}
