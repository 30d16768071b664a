import type { Report } from '../../model/index.ts';
import { VERSION } from '../version.ts';
import type { LintResult } from './index.ts';

/** What looking at configuration came to as a report, for formats that know reports only. `spec`: what was looked at, in the user's words. */
export function lintReport(
  { checks, gaps, decision, exceptions, baseline }: Pick<LintResult, 'checks' | 'gaps' | 'decision' | 'exceptions' | 'baseline'>,
  spec: string,
  now: Date,
): Report {
  return {
    schemaVersion: 1,
    tool: { name: 'plimsoll', version: VERSION },
    createdAt: now.toISOString(),
    inventory: { schemaVersion: 1, target: { kind: 'dir', spec, name: spec }, layers: [], packages: [], gaps },
    findings: [],
    unassessed: [],
    checks,
    ...(exceptions ? { exceptions } : {}),
    ...(baseline ? { baseline } : {}),
    warnings: [],
    decision,
  };
}
