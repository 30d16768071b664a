import type { WholeReason } from '../../image/lazy/index.ts';
import type { Inventory, Report, ReportWarning, Unassessed } from '../../model/index.ts';
import { present } from '../../util/present.ts';
import { VERSION } from '../version.ts';

/** What the stages of a scan came to: a report without what is said of all of it. */
export interface Parts
  extends Omit<Report, 'schemaVersion' | 'tool' | 'createdAt' | 'warnings' | 'score' | 'recommendations' | 'licenses'> {
  /** Why layers had to be read whole although lazy reading was asked for, one a layer. */
  readonly whole: readonly WholeReason[];
  /** What a reader must know of the database. */
  readonly aboutDatabase: readonly ReportWarning[];
  /** What a reader must know of what is beside inventory and database: a shared cache, exceptions, a baseline. */
  readonly aboutOthers: readonly ReportWarning[];
  readonly now: Date;
}

/** The report of a scan: its parts, in the order of the report's schema, and what a reader must know before trusting them. */
export function assemble(parts: Parts): Report {
  const { inventory, database, findings, unassessed, decision, whole, aboutDatabase, aboutOthers, now } = parts;
  const { secrets, checks, imported, wasted, exceptions, baseline, dockerfile, base } = parts;
  return {
    schemaVersion: 1,
    tool: { name: 'plimsoll', version: VERSION },
    createdAt: now.toISOString(),
    inventory,
    ...present({ database }),
    findings,
    unassessed,
    ...present({ secrets, checks, imported, wasted, exceptions, baseline, dockerfile, base }),
    warnings: [
      ...aboutDatabase,
      ...lazyWarnings(inventory.layers, whole),
      ...aboutOthers,
      ...inventoryWarnings(inventory, unassessed, database !== undefined),
    ],
    decision,
  };
}

function lazyWarnings(layers: Inventory['layers'], whole: readonly WholeReason[]): ReportWarning[] {
  const warnings: ReportWarning[] = [];
  const lazy = layers.filter((layer) => layer.readMode === 'lazy');
  if (lazy.length > 0) {
    const fetched = lazy.reduce((sum, layer) => sum + (layer.bytesFetched ?? 0), 0);
    const size = lazy.reduce((sum, layer) => sum + layer.size, 0);
    const percent = Math.round((100 * fetched) / size);
    warnings.push({ code: 'lazy-layers', params: { count: lazy.length, layers: layers.length, fetched, size, percent } });
  }
  if (whole.includes('no-registry')) warnings.push({ code: 'lazy-no-registry', params: {} });
  for (const reason of ['no-table', 'no-ranges', 'bad-table'] as const) {
    const count = whole.filter((one) => one === reason).length;
    if (count > 0) warnings.push({ code: `lazy-${reason}`, params: { count } });
  }
  return warnings;
}

function inventoryWarnings({ packages, gaps, target }: Inventory, unassessed: readonly Unassessed[], judged: boolean): ReportWarning[] {
  const warnings: ReportWarning[] = [];
  if (judged && packages.length === 0) warnings.push({ code: 'no-packages', params: { target: target.name } });
  if (unassessed.length > 0) warnings.push({ code: 'unassessed-packages', params: { count: unassessed.length } });
  if (gaps.length > 0) {
    warnings.push({ code: 'inventory-gaps', params: { count: gaps.length, incomplete: gaps.filter((gap) => gap.incomplete).length } });
  }
  return warnings;
}
