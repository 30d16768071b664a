import type { WholeReason } from '../../image/lazy/index.ts';
import type {
  BaseImage,
  BaselineReport,
  ChecksReport,
  Decision,
  DockerfileLines,
  ExceptionsReport,
  Finding,
  ImportedReport,
  Inventory,
  Report,
  ReportWarning,
  SecretsReport,
  Unassessed,
  WastedSpace,
} from '../../model/index.ts';
import type { StatedDatabase } from '../db/database-age.ts';
import { VERSION } from '../version.ts';

/** What the stages of a scan came to. */
export interface Parts {
  readonly inventory: Inventory;
  /** Why layers had to be read whole although lazy reading was asked for, one a layer. */
  readonly whole: readonly WholeReason[];
  /** What a reader must know of what is beside the inventory: a shared cache, exceptions, a baseline. */
  readonly shared: readonly ReportWarning[];
  /** Undefined where vulnerabilities were not looked for. */
  readonly database?: StatedDatabase | undefined;
  readonly findings: readonly Finding[];
  readonly unassessed: readonly Unassessed[];
  /** Undefined where secrets were not looked for. */
  readonly secrets?: SecretsReport;
  /** Undefined where configuration was not looked at. */
  readonly checks?: ChecksReport;
  /** Undefined where no file of another tool was read. */
  readonly imported?: ImportedReport;
  /** Undefined where there are no files of exceptions. */
  readonly exceptions?: ExceptionsReport;
  /** Undefined where there is no baseline. */
  readonly baseline?: BaselineReport;
  readonly decision: Decision;
  readonly now: Date;
  readonly wasted?: WastedSpace | undefined;
  readonly dockerfile?: DockerfileLines | undefined;
  readonly base?: BaseImage | undefined;
}

/** The report of a scan: its parts, and what a reader must know before trusting them. */
export function assemble({
  inventory,
  whole,
  shared,
  database,
  findings,
  unassessed,
  secrets,
  checks,
  imported,
  exceptions,
  baseline,
  decision,
  now,
  wasted,
  dockerfile,
  base,
}: Parts): Report {
  return {
    schemaVersion: 1,
    tool: { name: 'plimsoll', version: VERSION },
    createdAt: now.toISOString(),
    inventory,
    ...(database ? { database: database.database } : {}),
    findings,
    unassessed,
    ...(secrets ? { secrets } : {}),
    ...(checks ? { checks } : {}),
    ...(imported ? { imported } : {}),
    ...(wasted ? { wasted } : {}),
    ...(exceptions ? { exceptions } : {}),
    ...(baseline ? { baseline } : {}),
    ...(dockerfile ? { dockerfile } : {}),
    ...(base ? { base } : {}),
    warnings: [
      ...(database?.warnings ?? []),
      ...lazyWarnings(inventory.layers, whole),
      ...shared,
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
