import type { Decision, Finding, Inventory, Report, ReportWarning, Unassessed } from '../model/index.ts';
import type { StatedDatabase } from './database-age.ts';
import { VERSION } from './version.ts';

/** What the stages of a scan came to. */
export interface Parts {
  readonly inventory: Inventory;
  readonly database: StatedDatabase;
  readonly findings: readonly Finding[];
  readonly unassessed: readonly Unassessed[];
  readonly decision: Decision;
  readonly now: Date;
}

/** The report of a scan: its parts, and what a reader must know before trusting them. */
export function assemble({ inventory, database, findings, unassessed, decision, now }: Parts): Report {
  return {
    schemaVersion: 1,
    tool: { name: 'plimsoll', version: VERSION },
    createdAt: now.toISOString(),
    inventory,
    database: database.database,
    findings,
    unassessed,
    warnings: [...database.warnings, ...inventoryWarnings(inventory, unassessed)],
    decision,
  };
}

function inventoryWarnings({ packages, gaps, target }: Inventory, unassessed: readonly Unassessed[]): ReportWarning[] {
  const warnings: ReportWarning[] = [];
  if (packages.length === 0) warnings.push({ code: 'no-packages', params: { target: target.name } });
  if (unassessed.length > 0) warnings.push({ code: 'unassessed-packages', params: { count: unassessed.length } });
  if (gaps.length > 0) {
    warnings.push({ code: 'inventory-gaps', params: { count: gaps.length, incomplete: gaps.filter((gap) => gap.incomplete).length } });
  }
  return warnings;
}
