import type { Change, Report } from '../model/index.ts';
import type { Compared, Rendering, Reporter, Writer } from './types.ts';

/**
 * A comparison in any format. Those that say what is inside get the whole target, whose packages and baseline tell what changed; all others
 * that have no way of their own get a report of what was added.
 */
export async function writeComparison(reporter: Reporter, compared: Compared, out: Writer, how: Rendering): Promise<void> {
  if (reporter.writeComparison) await reporter.writeComparison(compared, out, how);
  else await reporter.write(reporter.sbom ? compared.report : addedOf(compared.report), out, how);
}

/** The report with nothing but the findings that were added. */
export function addedOf(report: Report): Report {
  const { secrets, checks, imported } = report;
  return {
    ...report,
    findings: report.findings.filter(isAdded),
    ...(secrets ? { secrets: { ...secrets, findings: secrets.findings.filter(isAdded) } } : {}),
    ...(checks ? { checks: { ...checks, findings: checks.findings.filter(isAdded) } } : {}),
    ...(imported ? { imported: { ...imported, findings: imported.findings.filter(isAdded) } } : {}),
  };
}

/** What is suppressed, or does not apply, has no change. */
function isAdded({ change }: { readonly change?: Change }): boolean {
  return change !== undefined && change !== 'unchanged';
}
